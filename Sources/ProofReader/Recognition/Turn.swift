import Glibc

/// How a page was turned to stand upright, to find the way back to the page as it was sent.
struct Turn: Hashable, Sendable {
    /// Clockwise quarters, made first.
    var quarters: Int
    /// Clockwise, in radians, about the middle.
    var angle: Double
    /// The upright page's size in points.
    var width: Double
    var height: Double

    /// The box on the page as sent that encloses a box of the upright page.
    func back(_ b: Box) -> Box { Turn.map(b) { back($0, $1) } }

    /// The box on the upright page that encloses a box of the page as sent.
    func forth(_ b: Box) -> Box { Turn.map(b) { forth($0, $1) } }

    private static func map(_ b: Box, _ point: (Double, Double) -> (Double, Double)) -> Box {
        let corners = [point(b.x0, b.y0), point(b.x1, b.y0), point(b.x0, b.y1), point(b.x1, b.y1)]
        let (xs, ys) = (corners.map(\.0), corners.map(\.1))
        return Box(x0: xs.min() ?? 0, y0: ys.min() ?? 0, x1: xs.max() ?? 0, y1: ys.max() ?? 0)
    }

    private func back(_ x: Double, _ y: Double) -> (Double, Double) {
        let (dx, dy) = (x - width / 2, y - height / 2)
        let u = width / 2 + dx * cos(angle) + dy * sin(angle)
        let v = height / 2 - dx * sin(angle) + dy * cos(angle)
        return switch quarters {
        case 1: (v, width - u)
        case 2: (width - u, height - v)
        case 3: (height - v, u)
        default: (u, v)
        }
    }

    private func forth(_ x: Double, _ y: Double) -> (Double, Double) {
        let (u, v) =
            switch quarters {
            case 1: (width - y, x)
            case 2: (width - x, height - y)
            case 3: (y, height - x)
            default: (x, y)
            }
        let (dx, dy) = (u - width / 2, v - height / 2)
        return (width / 2 + dx * cos(angle) - dy * sin(angle), height / 2 + dx * sin(angle) + dy * cos(angle))
    }
}
