/// What is to be drawn over a page of a PDF or a picture: boxes with labels, for somebody who wants to see where it says so.
package struct PageDrawing: Hashable, Sendable {
    /// Red, green and blue, 0 to 255 each.
    package struct Colour: Hashable, Sendable {
        package var red: Int
        package var green: Int
        package var blue: Int

        package init(_ red: Int, _ green: Int, _ blue: Int) {
            self.red = red
            self.green = green
            self.blue = blue
        }
    }

    package struct Mark: Hashable, Sendable {
        /// `[x0, y0, x1, y1]` in points from the page's top left corner, as `Place` has it.
        package var box: [Int]
        package var label: String
        package var colour: Colour
        /// What stands there is not to be seen: the box is filled.
        package var isCovered: Bool

        package init(box: [Int], label: String, colour: Colour, isCovered: Bool = false) {
            self.box = box
            self.label = label
            self.colour = colour
            self.isCovered = isCovered
        }
    }

    /// 1-based.
    package var page: Int
    /// Pixels an inch; fewer are painted where the page is very large.
    package var dpi: Int
    package var marks: [Mark]

    package init(page: Int, dpi: Int, marks: [Mark]) {
        self.page = page
        self.dpi = dpi
        self.marks = marks
    }

    package var json: JSON {
        .object([
            "page": .int(page), "dpi": .int(dpi),
            "marks": .array(
                marks.map {
                    .object([
                        "box": .array($0.box.map(JSON.int)), "label": .string($0.label),
                        "colour": .array([$0.colour.red, $0.colour.green, $0.colour.blue].map(JSON.int)),
                        "covered": .bool($0.isCovered),
                    ])
                }),
        ])
    }

    package init?(json: JSON) {
        guard let page = json["page"]?.int, let dpi = json["dpi"]?.int, let list = json["marks"]?.items else {
            return nil
        }
        self.init(page: page, dpi: dpi, marks: [])
        for m in list {
            let box = m["box"]?.items.compactMap(\.int) ?? []
            let colour = m["colour"]?.items.compactMap(\.int) ?? []
            guard box.count == 4, colour.count == 3 else { return nil }
            marks.append(
                Mark(
                    box: box, label: m["label"]?.string ?? "", colour: Colour(colour[0], colour[1], colour[2]),
                    isCovered: m["covered"]?.bool ?? false))
        }
    }
}

/// What came of a `PageDrawing`.
package enum DrawnPage: Hashable, Sendable {
    case png([UInt8])
    /// Why there is no picture: a sentence for the user.
    case refused(String)

    package var frame: Frame {
        switch self {
        case .png(let bytes): Frame(.object(["drawn": .bool(true)]), bytes)
        case .refused(let words): Frame(.object(["drawn": .bool(false), "words": .string(words)]))
        }
    }

    package init?(frame: Frame) {
        switch frame.header["drawn"]?.bool {
        case true?: self = .png(frame.body)
        case false?: self = .refused(frame.header["words"]?.string ?? "")
        case nil: return nil
        }
    }
}
