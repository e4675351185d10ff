import ArgumentParser
import Feeds
import Pipeline
import Schemas
import Vocabulary

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

struct SchemaOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The folder with maps, catalogue and policy; one without interline.yaml is laid over the standard one.",
            valueName: "dir"))
    var schemas: String?

    func folder() throws(Fault) -> SchemaFolder {
        try SchemaFolder(
            given: schemas, environment: getenv("INTERLINE_SCHEMAS").map { String(cString: $0) },
            executable: SchemaFolder.executable)
    }
}

struct PolicyOption: ParsableArguments {
    @Option(name: .customLong("policy"), help: "A YAML file laid over the default policy (docs/policy.md).")
    var file: String?
}

struct PrivacyOption: ParsableArguments {
    @Flag(help: "Show bank accounts, access codes, telephone numbers and mail addresses, not masked (docs/privacy.md).")
    var showSensitive = false

    /// What masks the output; nil where everything is to be shown.
    func privacy(_ schemas: SchemaFiles) throws -> Privacy? {
        if showSensitive { return nil }
        do { return try Privacy(schemas) } catch { throw Fault.usage(error.description) }
    }
}

struct XSDOption: ParsableArguments {
    @Option(
        name: .customLong("xsd"),
        help: ArgumentHelp(
            "A folder with a folder of official XML schemas for each family; XML is validated by them (docs/xsd.md).",
            valueName: "dir"))
    var folder: String?

    /// Schemas that cannot be used are the user's to mend, and stop nothing.
    static func complain(_ faults: [String]) {
        for fault in faults { Terminal.complain("a schema cannot be used: \(fault)") }
    }
}

/// Which run a view looks at, and how.
struct HoldingsOption: ParsableArguments {
    @Option(help: "The output folder of a run.")
    var out: String?

    @Option(help: "The ledger of earlier runs.")
    var store: String?

    @OptionGroup var sensitive: PrivacyOption

    @OptionGroup var knowledge: SchemaOption

    func holdings() throws -> Holdings { try holdings(try knowledge.folder().files) }

    func holdings(_ schemas: SchemaFiles) throws -> Holdings {
        let privacy = try sensitive.privacy(schemas)
        switch (out, store) {
        case (let out?, nil): return try Holdings(out: out, privacy: privacy)
        case (nil, let store?): return try Holdings(store: store, privacy: privacy)
        case (nil, nil): throw ValidationError("name the run to look at: --out FOLDER or --store FILE")
        default: throw ValidationError("--out and --store: name one of them")
        }
    }
}

/// Which rows a view shows, and how.
struct FilterOptions: ParsableArguments {
    @Option(help: "Only rows of this owner (procurement, logistics, customs, warehouse, finance, integration).")
    var owner: String?

    @Option(help: "Only this code (docs/exceptions.md).")
    var code: String?

    @Option(help: "Only this severity (info, warning, critical).")
    var severity: String?

    @Option(help: "Only this status.")
    var status: String?

    @Option(help: "Only partners whose printed name contains this.")
    var partner: String?

    @Flag(help: "Show what is resolved or for information too.")
    var all = false

    @Flag(help: "Print the rows as NDJSON.")
    var json = false

    @Flag(help: "Print CSV.")
    var csv = false

    func validate() throws {
        if json, csv { throw ValidationError("--json and --csv: name one of them") }
        if let severity, Severity(rawValue: severity) == nil {
            throw ValidationError(
                "--severity: \(severity) is none; there are \(Severity.allCases.map(\.rawValue).joined(separator: ", "))"
            )
        }
    }

    /// Whether an exception passes, its status and partner apart.
    func admits(_ e: JSON) -> Bool {
        if let owner, e["owner"]?.string != owner { return false }
        if let code, e["code"]?.string != code { return false }
        if let severity { return e["severity"]?.string == severity }
        return all || Roots.severity(e) > .info
    }

    func admits(partners: [String]) -> Bool {
        guard let partner else { return true }
        return partners.contains { $0.lowercased().contains(partner.lowercased()) }
    }

    func show(_ table: Table, rows: [JSON], none: String) {
        if json {
            for row in rows { print(row.text) }
        } else if csv {
            print(table.csv, terminator: "")
        } else if table.rows.isEmpty {
            print(none)
        } else {
            for line in table.lines() { print(line) }
        }
    }
}
