import ArgumentParser
import Pipeline
import Schemas

struct SchemasCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schemas",
        abstract: "Works on the files that hold what Interline knows of the outside world.",
        subcommands: [Check.self])

    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "check",
            abstract: "Reads every schema file and names file and line of what is wrong.",
            discussion: """
                Example:
                  interline schemas check --schemas my-schemas

                Exit status: 0 all can be used, 1 something is wrong, 2 there is no such folder.
                """)

        @OptionGroup var knowledge: SchemaOption

        func run() throws {
            let folder = try knowledge.folder()
            let faults = SchemaCheck.faults(in: folder.files)
            for fault in faults { print(fault) }
            if !faults.isEmpty { throw ExitCode(1) }
            print("\(folder.files.texts.count) files in \(folder.folders.joined(separator: ", ")) can be used.")
        }
    }
}
