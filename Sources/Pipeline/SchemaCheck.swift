import Coordination
import Intake
import Schemas
import Vocabulary

/// Reads every schema file as a run would, and more: each YAML file by itself, so that one fault does not hide the
/// next file's.
package enum SchemaCheck {
    package static func faults(in files: SchemaFiles) -> [SchemaFault] {
        var faults: [SchemaFault] = []
        func check(_ load: () throws -> Void) {
            do { try load() } catch let fault as SchemaFault {
                if !faults.contains(where: { $0.file == fault.file }) { faults.append(fault) }
            } catch {
                faults.append(SchemaFault(file: "schemas", line: 0, reason: "\(error)"))
            }
        }
        for (path, text) in files.below("") where path.hasSuffix(".yaml") {
            check { _ = try Node(yaml: text, file: path) }
        }
        check { _ = try Words(files) }
        check { faults += try EDIMaps(files).checkAll() }
        check { _ = try XMLMaps(files) }
        check { _ = try ProofWords(files) }
        check { _ = try MailWords(files) }
        check { _ = try Intake(files) }
        check { _ = try Catalogue(files) }
        check { _ = try Privacy(files) }
        check { _ = try Coordinator(files, policy: try Policy(files)) }
        return faults.sorted { ($0.file, $0.line, $0.reason) < ($1.file, $1.line, $1.reason) }
    }
}
