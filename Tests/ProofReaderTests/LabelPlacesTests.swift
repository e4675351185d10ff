import Testing

@testable import ProofReader

@Suite struct LabelPlacesTests {
    private let page = Box(x0: 0, y0: 0, x1: 600, y1: 800)
    private let box = Box(x0: 200, y0: 300, x1: 260, y1: 310)

    /// As much print as of `areas` lies in a box.
    private func place(_ areas: [Box], at box: Box? = nil) -> Box {
        var places = LabelPlaces(page: page, taken: [self.box])
        return places.place(width: 50, at: box ?? self.box) { b in
            areas.reduce(0) { n, a in
                n + max(0, Int(min(a.x1, b.x1) - max(a.x0, b.x0))) * max(0, Int(min(a.y1, b.y1) - max(a.y0, b.y0)))
            }
        }
    }

    @Test func aboveItsBoxWhereNothingIs() {
        #expect(place([]) == Box(x0: 200, y0: 291, x1: 250, y1: 300))
    }

    @Test func belowWherePrintStandsAbove() {
        #expect(place([Box(x0: 100, y0: 285, x1: 500, y1: 299)]) == Box(x0: 200, y0: 310, x1: 250, y1: 319))
    }

    @Test func overTheLeastPrintWhereSomeIsEverywhere() {
        let rows = [Box(x0: 0, y0: 280, x1: 600, y1: 299), Box(x0: 0, y0: 312, x1: 600, y1: 330)]
        let beside = [Box(x0: 262, y0: 302, x1: 600, y1: 308), Box(x0: 0, y0: 300, x1: 198, y1: 310)]
        // Six of nine points right of the box, all of them elsewhere but below, where the first two are free.
        #expect(place(rows + beside).x0 == 260)
    }

    @Test func noTwoLabelsMeet() {
        var places = LabelPlaces(page: page, taken: [box])
        let first = places.place(width: 50, at: box) { _ in 0 }
        let second = places.place(width: 50, at: box) { _ in 0 }
        #expect(!first.meets(second.inset(0.5)))
    }
}
