/// Finds what looks like bars on a painted page whose words were taken away: many short dark runs close together, on many lines.
struct BarSearch {
    let picture: Picture

    /// Boxes, with room for the quiet zone, in which codes may stand. Linear in the pixels; every third line is looked at.
    ///
    /// - Parameter words: boxes of what is text and no bars.
    func regions(without words: [Box]) -> [Box] {
        var ink = picture.gray.map { $0 < 128 }
        for b in words {
            let x0 = max(0, Int((b.x0 * picture.scale).rounded(.down)))
            let x1 = min(picture.width, Int((b.x1 * picture.scale).rounded(.up)))
            for y in max(
                0, Int((b.y0 * picture.scale).rounded(.down)))..<max(
                    0, min(picture.height, Int((b.y1 * picture.scale).rounded(.up))))
            where x0 < x1 {
                for x in x0..<x1 { ink[y * picture.width + x] = false }
            }
        }
        let along = lines(ink, count: picture.height, length: picture.width, line: picture.width, step: 1).map {
            Box(x0: Double($0.from), y0: Double($0.first), x1: Double($0.to), y1: Double($0.last))
        }
        let down = lines(ink, count: picture.width, length: picture.height, line: 1, step: picture.width).map {
            Box(x0: Double($0.first), y0: Double($0.from), x1: Double($0.last), y1: Double($0.to))
        }
        return BarSearch.joined(
            (along + down).map {
                Box(
                    x0: $0.x0 / picture.scale, y0: $0.y0 / picture.scale, x1: $0.x1 / picture.scale,
                    y1: $0.y1 / picture.scale
                ).inset(-14)
            })
    }

    /// Boxes that meet become one.
    static func joined(_ boxes: [Box]) -> [Box] {
        var out: [Box] = []
        for b in boxes {
            var b = b
            while let i = out.firstIndex(where: { $0.meets(b) }) { b = b.union(out.remove(at: i)) }
            out.append(b)
        }
        return out
    }

    private struct Stretch {
        var from: Int
        var to: Int
        var first: Int
        var last: Int
    }

    /// Stretches of lines with six dark runs, none wider than eight points, within fifty points, on at least six points of lines.
    private func lines(_ ink: [Bool], count: Int, length: Int, line: Int, step: Int) -> [Stretch] {
        let widest = Int(8 * picture.scale)
        let window = Int(50 * picture.scale)
        var open: [Stretch] = []
        var done: [Stretch] = []
        ink.withUnsafeBufferPointer { ink in
            var starts: [Int] = []
            var ends: [Int] = []
            for l in stride(from: 0, to: count, by: 3) {
                starts.removeAll(keepingCapacity: true)
                ends.removeAll(keepingCapacity: true)
                var run = 0
                var at = l * line
                for i in 0...length {
                    if i < length, ink[at] {
                        run += 1
                    } else if run > 0 {
                        if run <= widest {
                            starts.append(i - run)
                            ends.append(i)
                        }
                        run = 0
                    }
                    at += step
                }
                var i = 0
                while i + 5 < starts.count {
                    guard ends[i + 5] - starts[i] <= window else {
                        i += 1
                        continue
                    }
                    var last = i + 5
                    while last + 1 < starts.count, ends[last + 1] - starts[last - 4] <= window { last += 1 }
                    let s = Stretch(from: starts[i], to: ends[last], first: l, last: l + 3)
                    if let k = open.firstIndex(where: { $0.from < s.to && s.from < $0.to }) {
                        open[k].from = min(open[k].from, s.from)
                        open[k].to = max(open[k].to, s.to)
                        open[k].last = s.last
                    } else if open.count < 200 {
                        open.append(s)
                    }
                    i = last + 1
                }
                // A line or two may be lost to noise.
                done += open.filter { $0.last + 9 < l }
                open.removeAll { $0.last + 9 < l }
            }
        }
        let least = Int(6 * picture.scale)
        return (done + open).filter { $0.last - $0.first >= least }
    }
}
