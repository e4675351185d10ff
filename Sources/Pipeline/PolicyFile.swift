import Ledger
import Schemas
import Vocabulary
import XMLReader

/// The default policy with a user's file laid over it.
struct PolicyFile {
    let policy: Policy
    let hash: String
    private let folder: String

    init(_ path: String?, _ schemas: SchemaFiles) throws(Fault) {
        var overlay: Node?
        folder =
            path.map { $0.prefix(upTo: $0.lastIndex(of: "/").map($0.index(after:)) ?? $0.startIndex) }.map(String.init)
            ?? ""
        var texts = [schemas.texts["policy.yaml"] ?? ""]
        do {
            if let path {
                let bytes = try Disk.read(path)
                guard let text = String(validating: bytes, as: UTF8.self) else {
                    throw Fault.usage("the policy \(path) is not UTF-8 text")
                }
                texts.append(text)
                overlay = try Node(yaml: text, file: path)
            }
            policy = try Policy(schemas, overlay: overlay)
            hash = Digest.id("policy", texts)
        } catch {
            throw Fault(error)
        }
    }

    /// The official XML schemas to validate by, nil where none are named.
    /// - Parameter given: the folder that the command line names; it goes before the policy's, which counts from the policy
    ///   file's own place.
    func sets(given: String?) throws(Fault) -> XSDSets? {
        let named = policy.xsd.map { $0.hasPrefix("/") ? $0 : folder + $0 }
        guard let path = given ?? named else { return nil }
        return try XSDFolder.sets(path, rejects: policy.rejectsInvalidXML)
    }
}
