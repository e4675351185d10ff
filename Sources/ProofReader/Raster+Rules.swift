extension Raster {
    /// Without straight thin lines of 26 points and more across or down: rules, frames and leaders, which no hand draws so.
    ///
    /// Complexity: O(n) for n pixels.
    func withoutRules() -> Raster {
        let shortest = Int(26 * scale)
        let thickest = max(3, Int(2.2 * scale))
        var out = ink
        for y in 0..<height {
            var x = 0
            while x < width {
                guard ink[y * width + x] else {
                    x += 1
                    continue
                }
                var end = x
                while end < width, ink[y * width + end] { end += 1 }
                if end - x >= shortest {
                    for c in x..<end where thickness(c, y, down: true) <= thickest { out[y * width + c] = false }
                }
                x = end
            }
        }
        for x in 0..<width {
            var y = 0
            while y < height {
                guard ink[y * width + x] else {
                    y += 1
                    continue
                }
                var end = y
                while end < height, ink[end * width + x] { end += 1 }
                if end - y >= shortest {
                    for r in y..<end where thickness(x, r, down: false) <= thickest { out[r * width + x] = false }
                }
                y = end
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
