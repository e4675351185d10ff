/// Reads the drawing operators of a content stream (ISO 32000, 8.2 to 8.5) as far as they draw upright rectangles and lines,
/// and counts those that stand like bars.
struct DrawnShapes {
    private let bytes: [UInt8]
    private var at = 0
    private var boxes: [Box] = []
    /// Shapes in a frame that is turned by no multiple of 90 degrees: they have no upright box.
    private var turned = 0

    private struct Frame {
        var a = 1.0, b = 0.0, c = 0.0, d = 1.0, e = 0.0, f = 0.0
        var width = 1.0

        mutating func concat(_ m: [Double]) {
            let n = self
            a = m[0] * n.a + m[1] * n.c
            b = m[0] * n.b + m[1] * n.d
            c = m[2] * n.a + m[3] * n.c
            d = m[2] * n.b + m[3] * n.d
            e = m[4] * n.a + m[5] * n.c + n.e
            f = m[4] * n.b + m[5] * n.d + n.f
        }

        func point(_ x: Double, _ y: Double) -> (x: Double, y: Double) { (a * x + c * y + e, b * x + d * y + f) }

        var isUpright: Bool { (abs(b) < 1e-6 && abs(c) < 1e-6) || (abs(a) < 1e-6 && abs(d) < 1e-6) }
        var size: Double { max(abs(a), abs(b)) }
    }

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// How many shapes stand in rows of five or more of one extent, with gaps no wider than six times the narrowest. A table's cells
    /// and rules are wider or further apart. At most 20,000 shapes are looked at.
    mutating func bars() -> Int {
        read()
        func counted(_ key: (Box) -> (Double, Double), _ from: (Box) -> Double, _ to: (Box) -> Double) -> Int {
            var rows: [[Int]: [Box]] = [:]
            for b in boxes {
                let k = key(b)
                rows[[Int((k.0 * 4).rounded()), Int((k.1 * 4).rounded())], default: []].append(b)
            }
            var n = 0
            for row in rows.values where row.count >= 5 {
                let sorted = row.sorted { from($0) < from($1) }
                let narrowest = max(sorted.map { to($0) - from($0) }.min() ?? 0, 0.05)
                let extent = key(sorted[0]).1 - key(sorted[0]).0
                var run = 0
                var last: Double?
                for b in sorted {
                    let width = to(b) - from(b)
                    let fits =
                        width <= 8.5 * narrowest && (width <= 10 || extent >= 4 * width)
                        && last.map { from(b) - $0 <= 6 * narrowest } ?? true
                    if !fits {
                        if run >= 5 { n += run }
                        run = 0
                    }
                    run += 1
                    last = max(last ?? to(b), to(b))
                }
                if run >= 5 { n += run }
            }
            return n
        }
        return turned
            + max(
                counted({ ($0.y0, $0.y1) }, { $0.x0 }, { $0.x1 }), counted({ ($0.x0, $0.x1) }, { $0.y0 }, { $0.y1 }))
    }

    private mutating func read() {
        var frames = [Frame()]
        var numbers: [Double] = []
        var paths: [[(x: Double, y: Double)]] = []
        while let token = next() {
            guard case .word(let w) = token else {
                if case .number(let n) = token {
                    if numbers.count == 6 { numbers.removeFirst() }
                    numbers.append(n)
                }
                continue
            }
            let frame = frames[frames.count - 1]
            switch w {
            case "q": if frames.count < 64 { frames.append(frame) }
            case "Q": if frames.count > 1 { frames.removeLast() }
            case "cm" where numbers.count == 6: frames[frames.count - 1].concat(numbers)
            case "w": if let n = numbers.last { frames[frames.count - 1].width = n }
            case "re" where numbers.count >= 4:
                let n = Array(numbers.suffix(4))
                let a = frame.point(n[0], n[1])
                let b = frame.point(n[0] + n[2], n[1] + n[3])
                paths.append([a, (a.x, b.y), b, (b.x, a.y)])
            case "m" where numbers.count >= 2: paths.append([frame.point(numbers[0], numbers[1])])
            case "l" where numbers.count >= 2 && !paths.isEmpty:
                paths[paths.count - 1].append(frame.point(numbers[0], numbers[1]))
            case "c", "v", "y": if !paths.isEmpty { paths[paths.count - 1] = [] }
            case "f", "F", "f*", "B", "B*", "b", "b*", "S", "s":
                for p in paths { shape(p, frame, stroked: w == "S" || w == "s") }
                paths = []
            case "n": paths = []
            case "ID": skipPicture()
            default: break
            }
            numbers.removeAll(keepingCapacity: true)
            if boxes.count > 20_000 { return }
        }
    }

    private mutating func shape(_ points: [(x: Double, y: Double)], _ frame: Frame, stroked: Bool) {
        guard points.count >= 2, let x0 = points.map(\.x).min(), let x1 = points.map(\.x).max(),
            let y0 = points.map(\.y).min(), let y1 = points.map(\.y).max()
        else { return }
        var box = Box(x0: x0, y0: y0, x1: x1, y1: y1)
        if points.count == 2 || stroked {
            // A line is as thick as its pen.
            guard points.count == 2 else { return }
            let half = max(frame.width * frame.size, 0.1) / 2
            if box.width < box.height {
                box = Box(x0: x0 - half, y0: y0, x1: x1 + half, y1: y1)
            } else {
                box = Box(x0: x0, y0: y0 - half, x1: x1, y1: y1 + half)
            }
        } else if points.count > 6 {
            // An outline of many corners may be a whole matrix code.
            let corners = points.count / 4
            if corners >= 5 { turned += corners }
            return
        }
        guard box.isUsable else { return }
        if !frame.isUpright {
            if max(box.width, box.height) < 150 { turned += 1 }
            return
        }
        boxes.append(box)
    }

    // MARK: Tokens

    private enum Token {
        case number(Double)
        case word(String)
        case other
    }

    private mutating func next() -> Token? {
        while at < bytes.count {
            let b = bytes[at]
            switch b {
            case 0, 9, 10, 12, 13, 32: at += 1
            case UInt8(ascii: "%"):
                while at < bytes.count, bytes[at] != 10, bytes[at] != 13 { at += 1 }
            case UInt8(ascii: "("):
                skipString()
                return .other
            case UInt8(ascii: "/"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "["), UInt8(ascii: "]"),
                UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: ")"):
                at += 1
                if b == UInt8(ascii: "/") { while at < bytes.count, isRegular(bytes[at]) { at += 1 } }
                if b == UInt8(ascii: "<"), at < bytes.count, bytes[at] != b {
                    while at < bytes.count, bytes[at] != UInt8(ascii: ">") { at += 1 }
                }
                return .other
            case 48...57, UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."): return .number(number())
            default:
                let start = at
                while at < bytes.count, isRegular(bytes[at]) { at += 1 }
                if at == start { at += 1 }
                // No operator of ours is longer.
                return .word(at - start <= 3 ? String(decoding: bytes[start..<at], as: UTF8.self) : "")
            }
        }
        return nil
    }

    private func isRegular(_ b: UInt8) -> Bool { b > 32 && !"()<>[]{}/%".utf8.contains(b) }

    private mutating func number() -> Double {
        var value = 0.0
        var scale = 0.0
        var negative = false
        while at < bytes.count {
            let b = bytes[at]
            if (48...57).contains(b) {
                value = value * 10 + Double(b - 48)
                scale *= 10
            } else if b == UInt8(ascii: ".") {
                scale = 1
            } else if b == UInt8(ascii: "-") {
                negative = true
            } else if b != UInt8(ascii: "+") {
                break
            }
            at += 1
        }
        if scale > 1 { value /= scale }
        return negative ? -value : value
    }

    private mutating func skipString() {
        var depth = 0
        while at < bytes.count {
            switch bytes[at] {
            case UInt8(ascii: "\\"): at += 1
            case UInt8(ascii: "("): depth += 1
            case UInt8(ascii: ")"): depth -= 1
            default: break
            }
            at += 1
            if depth <= 0 { return }
        }
    }

    /// An inline picture's data, up to `EI` between blanks. Poppler lists such pictures with the others.
    private mutating func skipPicture() {
        while at + 3 < bytes.count {
            if bytes[at] <= 32, bytes[at + 1] == UInt8(ascii: "E"), bytes[at + 2] == UInt8(ascii: "I"),
                bytes[at + 3] <= 32
            {
                at += 3
                return
            }
            at += 1
        }
        at = bytes.count
    }
}
