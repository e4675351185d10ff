import ArgumentParser
import Pipeline

struct Interline: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "interline",
        abstract:
            "Reads what trading partners send, links it to orders, shipments and invoices, and says what is wrong.",
        discussion: """
            Try it:
              interline run samples/drop --out out --as-of 2026-03-31T00:00:00Z
              interline exceptions --out out
              interline explain 300124 --out out

            Exit status: 0 done, however bad the documents were; 1 the program failed; 2 the command line, the policy \
            or the paths cannot be used.
            """,
        version: version,
        subcommands: [
            RunCommand.self, ReadCommand.self, InspectCommand.self, ExplainCommand.self, ExceptionsCommand.self,
            ShipmentsCommand.self, OrdersCommand.self, ReadinessCommand.self, ReportCommand.self, AckCommand.self,
            SchemasCommand.self,
        ])
}
