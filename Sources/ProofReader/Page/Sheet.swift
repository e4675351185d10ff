import Schemas
import Vocabulary

/// What was found on one page: the ground on which a file is split and documents are composed.
struct Sheet {
    let page: Page
    let hits: [Hit]
    let titles: [KindReader.Title]
    let count: (page: Int, of: Int)?
    /// What is known of this partner's paper, where it is one of those.
    let template: ProofTemplate?
    let ticks: [Marks.Tick]
    let marks: Marks
    let fields: [Field]
    let rows: [TableRow]
    /// Lines of the page that belong to tables.
    let tableLines: Set<Int>

    /// - Parameter raster: the page's ink without its words; made only where something depends on it.
    init(_ page: Page, words: ProofWords, raster: @autoclosure @escaping () -> Raster?) {
        self.page = page
        let tokens = words.templates.isEmpty ? [] : page.chunks.flatMap(\.tokens)
        template = words.templates.first { $0.fits(tokens) }
        let finder = LabelFinder(words: words, template: template)
        let kinds = KindReader(words: words)
        var hits = finder.hits(on: page)
        marks = Marks(page: page, words: words, painting: Painting(raster))
        ticks = marks.ticks()
        let taken = Set(ticks.flatMap(\.chunks))
        let (rows, lines) = TableReader(words: words).rows(on: page)
        self.rows = rows
        tableLines = lines
        // Heads and cells of a table are read as a table; only numbers of papers may stand in one as fields.
        hits.removeAll {
            taken.contains($0.chunk)
                || (!$0.colon && lines.contains(page.chunks[$0.chunk].line) && !($0.has("reference") && $0.whole))
        }
        self.hits = hits
        titles = kinds.titles(on: page, hits: hits)
        count = kinds.pageCount(on: page)
        fields =
            (template?.areas ?? []).compactMap { Sheet.field($0, on: page) }
            + FieldReader(page, hits, taken: taken).fields()
    }

    /// What stands in an area of a template, line by line.
    private static func field(_ area: ProofTemplate.Area, on page: Page) -> Field? {
        let inside = page.chunks.filter {
            area.x.contains($0.box.midX * 1000 / max(page.width, 1))
                && area.y.contains($0.box.midY * 1000 / max(page.height, 1))
        }
        guard let first = inside.first, let box = inside.box else { return nil }
        let hit = Hit(
            meaning: area.meaning, chunk: 0, words: 0..<0, box: box, colon: true, whole: true, generic: false)
        return Field(
            hit: hit, page: page.number, text: first.text, lines: inside.map(\.text), box: box, row: first.text)
    }

    /// No text, but pictures: nothing can be said of it without recognising characters.
    var isScan: Bool { !page.hasText && !page.images.isEmpty }

    /// The section of the form that a generic label ("Name", "Date", "Signature") stands in: `receipt`, `carrier`,
    /// `shipper`; nil where the page has no such sections above it.
    func section(of hit: Hit) -> String? {
        // "Consignee signature | Name | Date" on one line, with no other hand on it.
        let beside = hits.filter { abs($0.box.midY - hit.box.midY) < 4 }
        if hit.generic, beside.contains(where: { !$0.generic && $0.meaning.contains("delivery signature") }),
            !beside.contains(where: { $0.has("section") })
        {
            return "receipt"
        }
        var best: (name: String, cost: Double)?
        for s in hits where s.has("section") && !isPassing(s, for: hit) {
            guard s.box.y0 <= hit.box.y0 + 4, s.box.x0 <= hit.box.x0 + 40 || s.box.y1 < hit.box.y0 else { continue }
            let gap = max(0, -s.box.overlapX(Box(x0: hit.box.x0, y0: 0, x1: hit.box.x1, y1: 0)))
            let cost = (hit.box.y0 - s.box.y0) + (abs(s.box.y0 - hit.box.y0) < 4 ? gap * 0.4 : gap)
            if cost < best?.cost ?? .infinity {
                best = (String(s.meaning.first { $0.hasPrefix("section ") }?.dropFirst("section ".count) ?? ""), cost)
            }
        }
        return best?.name
    }

    /// "Driver: R. Vance" in a list of fields names a person and opens no part of the form, unless labels like the one asked
    /// for stand on the page more than once, one for each person.
    private func isPassing(_ section: Hit, for hit: Hit) -> Bool {
        guard section.meaning.contains("term driver"), hits.filter({ $0.meaning == hit.meaning }).count < 2 else {
            return false
        }
        return fields.contains { $0.hit.box == section.box && !$0.text.isEmpty }
    }

    /// Whether a field speaks of the receipt of the goods: by its own label, or by where it stands.
    func isReceipt(_ hit: Hit) -> Bool {
        guard hit.generic else { return true }
        let s = section(of: hit)
        return s == nil || s == "receipt"
    }

    /// Whether nothing but the sections of a form says that a generic label is the receiver's.
    func stands(inReceipt hit: Hit) -> Bool { section(of: hit) == "receipt" }
}
