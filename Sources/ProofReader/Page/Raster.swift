/// A painted page as ink and paper: for what stands on it without being text, a signature or a cross in a box.
struct Raster {
    let width: Int
    let height: Int
    /// Pixels a point.
    let scale: Double
    private(set) var ink: [Bool]

    init(width: Int, height: Int, scale: Double, ink: [Bool]) {
        self.width = width
        self.height = height
        self.scale = scale
        self.ink = ink
    }

    /// What is darker than a clear gray is ink: right for a page that was painted, not for one that was photographed.
    init(_ picture: Picture) {
        let ink = [Bool](unsafeUninitializedCapacity: picture.gray.count) { out, count in
            count = picture.gray.count
            picture.gray.withUnsafeBufferPointer { gray in for i in 0..<count { out[i] = gray[i] < 160 } }
        }
        self.init(width: picture.width, height: picture.height, scale: picture.scale, ink: ink)
    }

    private func columns(_ b: Box) -> Range<Int> { range(b.x0, b.x1, width) }
    private func rows(_ b: Box) -> Range<Int> { range(b.y0, b.y1, height) }

    private func range(_ a: Double, _ b: Double, _ limit: Int) -> Range<Int> {
        let lo = max(0, min(limit, Int((a * scale).rounded(.down))))
        let hi = max(lo, min(limit, Int((b * scale).rounded(.up))))
        return lo..<hi
    }

    /// Takes the ink of printed words away.
    mutating func erase(_ boxes: [Box]) {
        for b in boxes {
            let columns = columns(b.inset(-0.7))
            for y in rows(b.inset(-0.7)) { for x in columns { ink[y * width + x] = false } }
        }
    }

    /// A connected piece of ink.
    struct Blob {
        /// In points.
        var box: Box
        var pixels: Int
    }

    /// The connected pieces of ink (8 neighbours) that lie in `area` in part, cut to it.
    func blobs(in area: Box) -> [Blob] {
        let columns = columns(area)
        let rows = rows(area)
        guard !columns.isEmpty, !rows.isEmpty else { return [] }
        let w = columns.count
        var seen = [Bool](repeating: false, count: w * rows.count)
        var out: [Blob] = []
        var stack: [(Int, Int)] = []
        for y0 in rows {
            for x0 in columns {
                let at = (y0 - rows.lowerBound) * w + x0 - columns.lowerBound
                guard !seen[at], ink[y0 * width + x0] else { continue }
                seen[at] = true
                stack.append((x0, y0))
                var (minX, maxX, minY, maxY, n) = (x0, x0, y0, y0, 0)
                while let (x, y) = stack.popLast() {
                    n += 1
                    minX = min(minX, x)
                    maxX = max(maxX, x)
                    minY = min(minY, y)
                    maxY = max(maxY, y)
                    for ny in max(y - 1, rows.lowerBound)..<min(y + 2, rows.upperBound) {
                        for nx in max(x - 1, columns.lowerBound)..<min(x + 2, columns.upperBound) {
                            let k = (ny - rows.lowerBound) * w + nx - columns.lowerBound
                            if !seen[k], ink[ny * width + nx] {
                                seen[k] = true
                                stack.append((nx, ny))
                            }
                        }
                    }
                }
                let box = Box(
                    x0: Double(minX) / scale, y0: Double(minY) / scale, x1: Double(maxX + 1) / scale,
                    y1: Double(maxY + 1) / scale)
                out.append(Blob(box: box, pixels: n))
            }
        }
        return out
    }

    /// Part of `area` that is ink, in thousandths.
    func density(_ area: Box) -> Int {
        let columns = columns(area)
        let rows = rows(area)
        guard !columns.isEmpty, !rows.isEmpty else { return 0 }
        var n = 0
        for y in rows { for x in columns where ink[y * width + x] { n += 1 } }
        return n * 1000 / (columns.count * rows.count)
    }

    /// Whether all four sides of a box are drawn: each is ink over most of its length.
    private func isFrame(_ b: Box) -> Bool {
        func covered(_ side: Box, along x: Bool) -> Bool {
            let columns = columns(side)
            let rows = rows(side)
            let outer = x ? columns : rows
            let inner = x ? rows : columns
            guard !outer.isEmpty else { return false }
            let hits = outer.filter { o in inner.contains { i in x ? ink[i * width + o] : ink[o * width + i] } }.count
            return hits * 10 >= outer.count * 8
        }
        let t = 1.5
        // A letter O has no corners.
        let c = 1.0
        let corners = [(b.x0, b.y0), (b.x1 - c, b.y0), (b.x0, b.y1 - c), (b.x1 - c, b.y1 - c)]
        guard corners.allSatisfy({ x, y in density(Box(x0: x, y0: y, x1: x + c, y1: y + c)) > 250 }) else {
            return false
        }
        return covered(Box(x0: b.x0, y0: b.y0, x1: b.x1, y1: b.y0 + t), along: true)
            && covered(Box(x0: b.x0, y0: b.y1 - t, x1: b.x1, y1: b.y1), along: true)
            && covered(Box(x0: b.x0, y0: b.y0, x1: b.x0 + t, y1: b.y1), along: false)
            && covered(Box(x0: b.x1 - t, y0: b.y0, x1: b.x1, y1: b.y1), along: false)
    }

    /// The check boxes in an area, with whether each is ticked: a drawn square of 5 to 22 points, and ink within it.
    func checkBoxes(in area: Box) -> [(box: Box, ticked: Bool)] {
        blobs(in: area).compactMap { b in
            let side = max(b.box.width, b.box.height)
            guard (5...22).contains(side), min(b.box.width, b.box.height) > 0.75 * side else { return nil }
            guard isFrame(b.box) else { return nil }
            return (b.box, density(b.box.inset(side * 0.24)) > 80)
        }
    }

    /// Whether handwriting stands in an area: ink that is neither a rule, a frame, a check box nor a speck.
    func handwriting(in area: Box) -> Box? {
        let strokes = blobs(in: area).filter { b in
            guard b.box.height >= 3, b.box.width >= 3, !isFrame(b.box) else { return false }
            // A frame cut off by the area is a long thin line with corners: little ink in a large box.
            let cells = Int(b.box.width * b.box.height * scale * scale)
            let touches =
                [b.box.x0 - area.x0, b.box.y0 - area.y0, area.x1 - b.box.x1, area.y1 - b.box.y1].filter { $0 < 1 }.count
            if touches >= 2, cells > 0, b.pixels * 100 < cells * 6 { return false }
            return true
        }
        guard let box = Box.around(strokes.map(\.box)) else { return nil }
        return box.width >= 14 && box.height >= 5 ? box : nil
    }
}
