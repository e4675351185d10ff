import Feeds
import Pipeline
import Schemas
import Vocabulary

/// What a run knows about one thing, as text.
struct Explanation {
    struct Thing {
        var file: FeedFile
        var row: JSON
    }

    private let quotes: SourceQuotes
    let asOf: Moment
    let names: Names
    let rows: [FeedFile: [JSON]]

    init(_ holdings: Holdings, schemas: SchemaFiles) throws(Fault) {
        quotes = SourceQuotes(holdings, schemas: schemas)
        asOf = holdings.asOf
        var rows: [FeedFile: [JSON]] = [:]
        for file in FeedFile.allCases { rows[file] = try holdings.rows(file) }
        self.rows = rows
        names = Names(entities: rows[.entities] ?? [], documents: rows[.documents] ?? [])
    }

    /// What is called so: an id, else the beginning of ids, else a printed number. An entity stands for its readiness.
    func find(_ text: String) throws(Fault) -> [Thing] {
        let things = FeedFile.allCases.filter { $0 != .readiness }.flatMap { f in
            (rows[f] ?? []).map { Thing(file: f, row: $0) }
        }
        func id(_ t: Thing) -> String { t.row[t.file.key]?.string ?? "" }
        let exact = things.filter { id($0) == text }
        if !exact.isEmpty { return exact }
        if text.contains("-"), text.utf8.count >= 6 {
            let begun = things.filter { id($0).hasPrefix(text) }
            if begun.count > 1 {
                throw Fault.usage(
                    "\(text) begins \(begun.count) ids; write more of it: \(begun.prefix(3).map(id).joined(separator: ", ")), …"
                )
            }
            if !begun.isEmpty { return begun }
        }
        let number = NormalForm.strict(text)
        guard !number.isEmpty else { return [] }
        let entities = things.filter { t in
            t.file == .entities
                && (t.row["identifiers"]?.items ?? []).contains {
                    NormalForm.strict($0["value"]?.string ?? "") == number
                }
        }
        if !entities.isEmpty { return entities }
        return things.filter { t in
            t.file == .documents
                && (NormalForm.strict(t.row["number"]?.string ?? "") == number || t.row["path"]?.string == text)
        }
    }

    func lines(of thing: Thing) -> [String] {
        switch thing.file {
        case .documents: document(thing.row)
        case .events: event(thing.row)
        case .entities, .readiness: entity(thing.row)
        case .links: link(thing.row)
        case .exceptions: exception(thing.row)
        }
    }

    // MARK: Evidence

    /// Evidence as every row carries it: words, the document, the place in it, the bytes there.
    func evidence(_ list: [JSON], indent: String = "  ") -> [String] {
        list.flatMap { e -> [String] in
            let id = e["document"]?.string ?? ""
            var lines: [String] = []
            if let text = e["text"]?.string, !text.isEmpty { lines.append("\(indent)\(text)") }
            guard let document = names.document(id) else {
                return lines + (id.isEmpty ? [] : ["\(indent)  \(id)"])
            }
            return lines + quote(e["at"], in: document, indent: indent + "  ")
        }
    }

    func quote(_ at: JSON?, in document: JSON, indent: String) -> [String] {
        let q = quotes.quotation(at, in: document)
        var lines = [indent + Names.name(ofDocument: document) + (q.place.isEmpty ? "" : ", " + q.place)]
        lines += q.lines.map { indent + ($0.marked ? "> " : "  ") + $0.text }
        return lines
    }

    /// `confidence` as percent.
    func percent(_ json: JSON?) -> String {
        guard let n = json?.permille else { return "?" }
        return n % 10 == 0 ? "\(n / 10) %" : "\(n / 10).\(n % 10) %"
    }
}
