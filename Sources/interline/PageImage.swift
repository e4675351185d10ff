import Pipeline
import Schemas
import Vocabulary

/// A page of a paper with a box around everything that was read from it.
struct PageImage {
    private let inspection: Inspection
    private let file: String
    private let readings: [Reading]
    private let marks: [(page: Int, mark: PageDrawing.Mark)]

    /// Pixels an inch: small print stays legible, and a page of A4 fits a screen's height twice.
    private static let dpi = 150

    init(_ inspection: Inspection, file: String, privacy: Privacy?, names: FactNames) throws(Fault) {
        readings = inspection.paged
        guard !readings.isEmpty else {
            if let f = inspection.readings.lazy.compactMap(\.document.refusal).first {
                throw Fault.usage("no page was painted: \(file): \(f.code): \(f.message)")
            }
            let formats = Set(inspection.readings.map(\.document.format.rawValue)).sorted()
            throw Fault.usage(
                "\(file) has no pages (\(formats.joined(separator: ", "))): --page-image is for PDFs and pictures")
        }
        self.inspection = inspection
        self.file = file
        marks = readings.flatMap { PageImage.marks($0, privacy, names) }
    }

    /// Writes a page and says which, and where else there is something to see.
    ///
    /// - Parameter wanted: 1-based; nil for the first page of which something was read.
    func write(page wanted: Int?, to path: String) throws(Fault) -> String {
        let pages = Set(marks.map(\.page)).sorted()
        let page = wanted ?? pages.first ?? 1
        let shown = marks.filter { $0.page == page }.map(\.mark)
        let drawing = PageDrawing(page: page, dpi: PageImage.dpi, marks: shown)
        let png = try inspection.picture(drawing, of: readings[0].document.source)
        try PageFile.write(png, to: path)
        let others = pages.filter { $0 != page }.map(String.init)
        let more = others.isEmpty ? "" : "; more on page \(others.joined(separator: ", ")) (--page)"
        let part = readings[0].document.locator
        let whose = Locator(path: part.path, part: part.part).description
        return "\(path): page \(page) of \(whose), \(shown.count) places\(more)"
    }

    /// The boxes of a document. What the mask hides in words is covered on the page too.
    private static func marks(
        _ reading: Reading, _ privacy: Privacy?, _ names: FactNames
    ) -> [(page: Int, mark: PageDrawing.Mark)] {
        var out: [(page: Int, mark: PageDrawing.Mark)] = []
        func add(_ f: PaperFact, isCovered: Bool) {
            guard let page = f.at.page, let box = f.at.box, box.count == 4 else { return }
            let value = f.value == f.at.quote && f.group == .party ? "" : f.value
            let label = "\(f.what) \(value)\(f.isDoubtful ? " ?" : "")"
            let mark = PageDrawing.Mark(
                box: box, label: Terminal.cut(Terminal.printable(label), to: 40), colour: colour(f.group),
                isCovered: isCovered)
            if !out.contains(where: { $0.page == page && $0.mark == mark }) { out.append((page, mark)) }
        }
        let shown = reading.masked(privacy)
        for (fact, masked) in zip(reading.paperFacts(names), shown.paperFacts(names)) {
            add(masked, isCovered: fact.value != masked.value)
        }
        for f in shown.document.findings {
            add(PaperFact(group: .finding, what: f.code, value: "", at: f.at), isCovered: false)
        }
        return out
    }

    private static func colour(_ group: PaperFact.Group) -> PageDrawing.Colour {
        switch group {
        case .delivery: .init(0, 130, 60)
        case .reference: .init(20, 80, 200)
        case .party: .init(130, 50, 160)
        case .date: .init(200, 100, 0)
        case .equipment: .init(0, 130, 150)
        case .goods: .init(120, 90, 40)
        case .other: .init(110, 110, 110)
        case .finding: .init(210, 0, 30)
        }
    }
}
