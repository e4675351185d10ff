import CPoppler

/// A PNG's pixels, decoded by cairo.
struct PNGPixels {
    let width: Int
    let height: Int
    private let words: [UInt32]

    /// Nil for what is no PNG.
    init?(_ bytes: [UInt8]) {
        final class Source {
            var rest: ArraySlice<UInt8>
            init(_ bytes: [UInt8]) { rest = bytes[...] }
        }
        let source = Source(bytes)
        let surface = cairo_image_surface_create_from_png_stream(
            { closure, data, length in
                guard let closure, let data else { return CAIRO_STATUS_READ_ERROR }
                let source = Unmanaged<Source>.fromOpaque(closure).takeUnretainedValue()
                guard source.rest.count >= Int(length) else { return CAIRO_STATUS_READ_ERROR }
                for (i, b) in source.rest.prefix(Int(length)).enumerated() { data[i] = b }
                source.rest = source.rest.dropFirst(Int(length))
                return CAIRO_STATUS_SUCCESS
            }, Unmanaged.passUnretained(source).toOpaque())
        defer { cairo_surface_destroy(surface) }
        guard cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS, let data = cairo_image_surface_get_data(surface)
        else { return nil }
        width = Int(cairo_image_surface_get_width(surface))
        height = Int(cairo_image_surface_get_height(surface))
        let stride = Int(cairo_image_surface_get_stride(surface))
        var words: [UInt32] = []
        for y in 0..<height {
            let row = UnsafeRawPointer(data + y * stride)
            for x in 0..<width { words.append(row.load(fromByteOffset: x * 4, as: UInt32.self) & 0xFF_FFFF) }
        }
        self.words = words
    }

    /// Red, green and blue as 0xRRGGBB.
    subscript(_ x: Int, _ y: Int) -> UInt32 { words[y * width + x] }

    /// How many pixels of a colour lie within `[x0, y0, x1, y1]`, in pixels.
    func count(of colour: UInt32, in box: [Int]) -> Int {
        var n = 0
        for y in max(0, box[1])..<min(height, box[3]) {
            for x in max(0, box[0])..<min(width, box[2]) where self[x, y] == colour { n += 1 }
        }
        return n
    }
}
