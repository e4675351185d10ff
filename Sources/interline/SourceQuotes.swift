import Pipeline
import Schemas
import Vocabulary

/// What stands at a place of a document that a run knows, masked as the run's rows are.
///
/// To open a mail or an archive takes a while, and most evidence lies in one: each source is opened once.
final class SourceQuotes {
    private let holdings: Holdings
    private let schemas: SchemaFiles
    private var opened: [String: [UInt8]?] = [:]

    init(_ holdings: Holdings, schemas: SchemaFiles) {
        self.holdings = holdings
        self.schemas = schemas
    }

    func quotation(_ at: JSON?, in document: JSON) -> Quotation {
        Quotation(Place(json: at ?? .object([:])), in: source(of: document), privacy: holdings.privacy)
    }

    private func source(of document: JSON) -> [UInt8]? {
        let id = document["document"]?.string ?? ""
        if let bytes = opened[id] { return bytes }
        let bytes = holdings.source(of: document, schemas: schemas)
        opened[id] = bytes
        return bytes
    }
}
