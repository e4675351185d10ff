/// Where labels stand on a page with boxes: beside their box, over no other box or label, and over as little print as can be.
struct LabelPlaces {
    let page: Box
    /// Boxes and the labels placed so far.
    private(set) var taken: [Box]

    /// Height of a label, in points.
    static let height = 9.0

    init(page: Box, taken: [Box]) {
        self.page = page
        self.taken = taken
    }

    /// Takes the place of a label: of those above, below, right and left of its box the first that hides nothing, else the
    /// one that hides the least print; above where every one is taken.
    ///
    /// - Parameters:
    ///   - width: of the label, in points.
    ///   - print: how much print an area holds.
    mutating func place(width: Double, at box: Box, print: (Box) -> Int) -> Box {
        let h = LabelPlaces.height
        let corners = [
            (box.x0, box.y0 - h), (box.x0, box.y1), (box.x1, box.midY - h / 2), (box.x1 - width, box.y0 - h),
            (box.x1 - width, box.y1), (box.x0 - width, box.midY - h / 2), (box.x1, box.y0 - h), (box.x1, box.y1),
            (box.x0 - width, box.y0 - h), (box.x0 - width, box.y1),
        ]
        let places = corners.map { x, y in
            let x0 = max(0, min(x, page.width - width))
            let y0 = max(0, min(y, page.height - h))
            return Box(x0: x0, y0: y0, x1: x0 + width, y1: y0 + h)
        }
        var best: (box: Box, print: Int)?
        for p in places where !taken.contains(where: { $0.meets(p.inset(0.5)) }) {
            let hidden = print(p)
            if hidden < best?.print ?? .max { best = (p, hidden) }
            if hidden == 0 { break }
        }
        let room = best?.box ?? places[0]
        taken.append(room)
        return room
    }
}
