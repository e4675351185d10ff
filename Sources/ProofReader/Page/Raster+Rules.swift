extension Raster {
    /// Without straight thin lines of 26 points and more across or down: rules, frames and leaders, which no hand draws so.
    ///
    /// Complexity: O(n) for n pixels.
    func withoutRules() -> Raster {
        let shortest = Int(26 * scale)
        let thickest = max(3, Int(2.2 * scale))
        var out = ink
        // Across, then down: pixels of a line are `step` apart, lines `line`.
        for isDown in [false, true] {
            let (lines, length) = isDown ? (width, height) : (height, width)
            let (line, step) = isDown ? (1, width) : (width, 1)
            for l in 0..<lines {
                var i = 0
                while i < length {
                    var end = i
                    while end < length, ink[l * line + end * step] { end += 1 }
                    if end - i >= shortest {
                        for k in i..<end {
                            let (x, y) = isDown ? (l, k) : (k, l)
                            if thickness(x, y, down: !isDown) <= thickest { out[l * line + k * step] = false }
                        }
                    }
                    i = end + 1
                }
            }
        }
        return Raster(width: width, height: height, scale: scale, ink: out)
    }

    /// How many pixels of ink lie in a row through a pixel, down or across; counted no further than needed.
    private func thickness(_ x: Int, _ y: Int, down: Bool) -> Int {
        var n = 1
        let limit = Int(4 * scale)
        var i = 1
        while n < limit, down ? y + i < height && ink[(y + i) * width + x] : x + i < width && ink[y * width + x + i] {
            n += 1
            i += 1
        }
        i = 1
        while n < limit, down ? y - i >= 0 && ink[(y - i) * width + x] : x - i >= 0 && ink[y * width + x - i] {
            n += 1
            i += 1
        }
        return n
    }
}
