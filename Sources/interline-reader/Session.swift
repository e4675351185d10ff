import MailReader
import ProofReader
import Schemas
import Vocabulary

/// The talk with interline: first the schemas, then documents, each answered before the next is read.
struct Session {
    let pipe: Pipe
    let confinement: Confinement

    func run() {
        guard let hello = pipe.receive(), let schemas = hello.header["schemas"].flatMap(SchemaFiles.init(json:)) else {
            return
        }
        var readers = Readers(schemas: schemas)
        while let request = pipe.receive() {
            confinement.grantTime()
            let answer: Frame
            do throws(SchemaFault) {
                answer = try readers.answer(to: request) ?? Session.fault("the request is none that is known")
            } catch {
                answer = Session.fault(error.description)
            }
            guard pipe.send(answer) else { return }
        }
    }

    private static func fault(_ reason: String) -> Frame { Frame(.object(["fault": .string(reason)])) }
}

/// The two readers, each made ready when its first document comes.
private struct Readers {
    let schemas: SchemaFiles
    var proofs: ProofReader?
    var mails: MailReader?

    init(schemas: SchemaFiles) { self.schemas = schemas }

    /// Nil where the request asks for nothing that is known here.
    mutating func answer(to request: Frame) throws(SchemaFault) -> Frame? {
        if let draw = request.header["draw"] {
            return PageDrawing(json: draw).map { PagePainter.draw($0, on: request.body).frame }
        }
        return try read(request)?.frame
    }

    /// Nil where the request names no document or a format that is not read here.
    private mutating func read(_ request: Frame) throws(SchemaFault) -> Extracted? {
        guard let locator = Locator(json: request.header), let source = request.header["source"]?.string else {
            return nil
        }
        switch request.header["format"]?.string.flatMap(Format.init) {
        case .pdf:
            if proofs == nil { proofs = try ProofReader(schemas) }
            return proofs?.read(request.body, at: locator, source: source)
        case .email:
            if mails == nil { mails = try MailReader(schemas) }
            return mails?.read(request.body, at: locator, source: source)
        default: return nil
        }
    }
}
