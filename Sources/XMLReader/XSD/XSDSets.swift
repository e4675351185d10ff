import Synchronization
import Vocabulary

/// The official schemas that a user has, by set: one folder for each family and version. Nothing is known of a set but what its
/// files say. Schemas are compiled when the first document needs them, once in a process, and shared by all threads.
package final class XSDSets: Sendable {
    let folder: XSDFolder
    let sets: [XSDSet]
    /// A document that is valid under none of the sets that declare its root is rejected.
    let rejects: Bool
    /// Names the files and their content.
    package let hash: String

    /// An element and the set that it is checked by.
    private struct Use: Hashable {
        var root: QualifiedName
        var set: Int
    }

    private struct State {
        var closures: [String: XSDFolder.Closure] = [:]
        /// By which way to check the last valid document was so.
        var favourites: [Use: XSDSet.Plan] = [:]
        var compiled: [[String]: Result<CompiledXSD, XSDFault>] = [:]
        var faults: Set<XSDFault> = []
    }

    private let state: Mutex<State>

    /// - Parameters:
    ///   - files: the `.xsd` files by their path in the folder, `/` between its parts. Each folder at the top is a set; where
    ///     files lie at the top themselves, the whole folder is one.
    ///   - name: the folder's own name.
    ///   - rejects: a document that breaks its schema is rejected, not only told.
    package init(_ files: [String: [UInt8]], name: String, rejects: Bool = false) {
        let folder = XSDFolder(files)
        let isOne = files.keys.contains { !$0.contains("/") }
        let paths = Dictionary(grouping: files.keys) { path in isOne ? name : String(path.prefix { $0 != "/" }) }
        self.folder = folder
        self.rejects = rejects
        sets = paths.sorted { $0.key < $1.key }.map { XSDSet($0.key, $0.value, of: folder) }
        hash = Digest.id(
            "xsd", files.sorted { $0.key < $1.key }.flatMap { [$0.key, Digest.hex(Digest.sha256($0.value))] })
        state = Mutex(State(faults: Set(folder.files.values.compactMap(\.fault))))
    }

    /// What is wrong with the schemas that were needed so far, each once: file, line and reason.
    package var faults: [String] { state.withLock { $0.faults }.map(\.description).sorted() }

    /// - Complexity: the first call with these files compiles them (NCTS: about 0.1 s a message type), others look them up.
    func compiled(_ files: [String]) throws(XSDFault) -> CompiledXSD {
        let result = state.withLock { s in
            if let known = s.compiled[files] { return known }
            let result: Result<CompiledXSD, XSDFault>
            do throws(XSDFault) {
                result = .success(try CompiledXSD(files, of: folder))
            } catch {
                result = .failure(error)
                s.faults.insert(error)
            }
            s.compiled[files] = result
            return result
        }
        return try result.get()
    }

    /// The ways to check a document by a set, numbered from the likeliest, in the order in which to try them.
    ///
    /// What others of its kind were valid by comes first. That spares work and changes no result: the first way that
    /// finds no error is as good as any, and of those that find errors the numbers decide.
    func plans(
        for root: QualifiedName, in set: Int, foreign: () -> Set<QualifiedName>
    ) -> [(number: Int, plan: XSDSet.Plan)] {
        let plans = sets[set].plans(for: root, closure: closure, foreign: foreign)
        let favourite = state.withLock { $0.favourites[Use(root: root, set: set)] }
        let numbered = plans.enumerated().map { (number: $0.offset, plan: $0.element) }
        return numbered.filter { $0.plan == favourite } + numbered.filter { $0.plan != favourite }
    }

    func wasValid(_ root: QualifiedName, in set: Int, by plan: XSDSet.Plan) {
        state.withLock { $0.favourites[Use(root: root, set: set)] = plan }
    }

    private func closure(of path: String) -> XSDFolder.Closure? {
        state.withLock { s in
            if let known = s.closures[path] { return known }
            let closure = try? folder.closure(of: path)
            s.closures[path] = closure
            return closure
        }
    }
}
