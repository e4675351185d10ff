import Confined
import MailReader
import ProofReader
import Schemas
import Vocabulary

/// The two readers, each made ready when its first document comes.
struct Readers {
    private let schemas: SchemaFiles
    private let policy: ProofPolicy
    private let confinement: Confinement
    private var proofs: ProofReader?
    private var mails: MailReader?

    /// Nil where interline's first words do not hold schemas and the policy for papers.
    init?(hello: JSON, _ confinement: Confinement) {
        guard let schemas = hello["schemas"].flatMap(SchemaFiles.init(json:)),
            let policy = hello["proofs"].flatMap(ProofPolicy.init(json:))
        else { return nil }
        self.schemas = schemas
        self.policy = policy
        self.confinement = confinement
    }

    mutating func answer(_ request: Frame) -> Frame {
        if let draw = request.header["draw"] {
            return PageDrawing(json: draw).map { PagePainter.draw($0, on: request.body).frame }
                ?? .fault("the drawing is none that is known")
        }
        do throws(SchemaFault) {
            return try read(request)?.frame ?? .fault("the request is none that is known")
        } catch {
            return .fault(error.description)
        }
    }

    /// Nil where the request names no document or a format that is not read here.
    private mutating func read(_ request: Frame) throws(SchemaFault) -> Extracted? {
        guard let locator = Locator(json: request.header), let source = request.header["source"]?.string else {
            return nil
        }
        switch request.header["format"]?.string.flatMap(Format.init) {
        case .pdf:
            if proofs == nil { proofs = try ProofReader(schemas, policy: policy) }
            return proofs?.read(request.body, at: locator, source: source) {
                confinement.grant(milliseconds: $0.milliseconds)
            }
        case .email:
            if mails == nil { mails = try MailReader(schemas) }
            return mails?.read(request.body, at: locator, source: source)
        default: return nil
        }
    }
}

extension Work {
    /// Processor time that it is worth; the limits of a document grow by that.
    ///
    /// Measured: a page's text 4, its picture 50 and its barcodes 120; its characters by recognition a good second, three on a
    /// bad photograph.
    fileprivate var milliseconds: Int {
        switch self {
        case .page: 250
        case .recognition: 5000
        }
    }
}
