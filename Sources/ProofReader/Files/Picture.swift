import CTesseract

/// A page as it looks: 8 bits of gray a pixel, 0 is black.
struct Picture {
    let width: Int
    let height: Int
    /// Pixels a point.
    let scale: Double
    /// Row by row from the top, `width` bytes a row.
    var gray: [UInt8]

    init(width: Int, height: Int, scale: Double, gray: [UInt8]) {
        self.width = width
        self.height = height
        self.scale = scale
        self.gray = gray
    }

    /// The page's size in points.
    var size: (width: Double, height: Double) { (Double(width) / scale, Double(height) / scale) }

    /// Pixels an inch.
    var resolution: Int { Int((scale * 72).rounded()) }

    /// Turned clockwise by quarters.
    func turned(quarters: Int) -> Picture {
        let q = ((quarters % 4) + 4) % 4
        if q == 0 { return self }
        var out = [UInt8](repeating: 255, count: gray.count)
        let w = q == 2 ? width : height
        for y in 0..<height {
            for x in 0..<width {
                let to =
                    switch q {
                    case 1: x * w + height - 1 - y
                    case 2: (height - 1 - y) * w + width - 1 - x
                    default: (width - 1 - x) * w + y
                    }
                out[to] = gray[y * width + x]
            }
        }
        return Picture(width: w, height: q == 2 ? height : width, scale: scale, gray: out)
    }

    /// Turned clockwise by a small angle about its middle, in radians; what comes in at the corners is white.
    func turned(angle: Double) -> Picture {
        guard let pix, let turned = Pix(pixRotateAMGray(pix.pointer, Float(angle), 255)) else { return self }
        return Picture(turned, scale: scale) ?? self
    }

    /// Smaller or larger by a factor.
    func scaled(by factor: Double) -> Picture {
        guard let pix, let scaled = Pix(pixScale(pix.pointer, Float(factor), Float(factor))) else { return self }
        return Picture(scaled, scale: scale * factor) ?? self
    }
}

// MARK: Leptonica

/// A picture of leptonica's, freed with its last user.
final class Pix {
    let pointer: UnsafeMutablePointer<PIX>

    init?(_ pointer: UnsafeMutablePointer<PIX>?) {
        guard let pointer else { return nil }
        self.pointer = pointer
    }

    deinit {
        var p: UnsafeMutablePointer<PIX>? = pointer
        pixDestroy(&p)
    }

    var width: Int { Int(pixGetWidth(pointer)) }
    var height: Int { Int(pixGetHeight(pointer)) }
    var depth: Int { Int(pixGetDepth(pointer)) }
}

extension Picture {
    /// The same as leptonica keeps it: four pixels a word, the first in its highest byte.
    var pix: Pix? {
        guard let pix = Pix(pixCreateNoInit(Int32(width), Int32(height), 8)),
            let data = pixGetData(pix.pointer)
        else { return nil }
        let words = Int(pixGetWpl(pix.pointer))
        pixSetResolution(pix.pointer, Int32(resolution), Int32(resolution))
        data.withMemoryRebound(to: UInt8.self, capacity: words * 4 * height) { bytes in
            for y in 0..<height {
                for x in 0..<width { bytes[y * words * 4 + (x ^ 3)] = gray[y * width + x] }
            }
        }
        return pix
    }

    /// - Parameter pix: of 8 bits.
    init?(_ pix: Pix, scale: Double) {
        guard pix.depth == 8, let data = pixGetData(pix.pointer) else { return nil }
        let (w, h) = (pix.width, pix.height)
        let words = Int(pixGetWpl(pix.pointer))
        let gray = data.withMemoryRebound(to: UInt8.self, capacity: words * 4 * h) { bytes in
            [UInt8](unsafeUninitializedCapacity: w * h) { out, count in
                for y in 0..<h { for x in 0..<w { out[y * w + x] = bytes[y * words * 4 + (x ^ 3)] } }
                count = w * h
            }
        }
        self.init(width: w, height: h, scale: scale, gray: gray)
    }
}
