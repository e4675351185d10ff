import Coordination
import Feeds
import Intake
import Ledger
import Schemas
import Synchronization
import Vocabulary
import XMLReader

/// One run: a drop read, coordinated with what the ledger knows, and written out.
package struct Run: Sendable {
    package var drop: String
    package var out: String
    package var asOf: Moment
    /// The user's policy file.
    package var policy: String?
    /// The folder of official XML schemas; goes before the one that the policy names.
    package var xsd: String?
    /// The ledger's file; nil for a run that stands alone.
    package var store: String?
    /// Writes only what this run changed.
    package var onlyChanges = false
    /// Writes bank accounts, access codes and contacts as they are, not masked.
    package var showSensitive = false
    package var schemas: SchemaFiles

    package init(drop: String, out: String, asOf: Moment, schemas: SchemaFiles) {
        self.drop = drop
        self.out = out
        self.asOf = asOf
        self.schemas = schemas
    }

    /// What a run leaves behind, for the first screen.
    package struct Report: Sendable {
        package let run: JSON
        /// Everything that is known now, whatever part of it was written; only what is shown of it is masked.
        package let feed: Feed
        /// Masks what is shown; nil where the run was asked to show everything.
        package let privacy: Privacy?
        package let tally: Tally
        /// The exceptions that this run added, where the ledger knew others before; else nil.
        package let news: Set<String>?
        /// What is wrong with the XML schemas that were needed.
        package let schemaFaults: [String]
    }

    /// - Parameter progress: files read, files in all; called often, from any thread.
    package func callAsFunction(
        progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
    ) throws(Fault) -> Report {
        guard Disk.kind(of: drop) == .folder else {
            throw Fault.usage(
                Disk.kind(of: drop) == .file ? "\(drop) is a file; a drop is a folder" : "there is no folder \(drop)")
        }
        let inside = Disk.absolute(drop) + "/"
        for (name, path) in [("--out", out), ("--store", store ?? "")] where !path.isEmpty {
            if (Disk.absolute(path) + "/").hasPrefix(inside) {
                throw Fault.usage("\(name) \(path) lies inside the drop, where the next run would read it")
            }
        }
        if onlyChanges, store == nil {
            throw Fault.usage("--changes needs --store: without it there is nothing to compare")
        }
        let rules = try rules()
        let output = OutputFolder(out)
        do {
            try output.prepare()
            guard let store else {
                let readings = try read(rules, keeping: nil, progress)
                let (feed, tally, run) = outcome(of: readings, rules)
                try output.write(feed.resultRows, run: run, privacy: rules.privacy)
                return Report(
                    run: run, feed: feed, privacy: rules.privacy, tally: tally, news: nil,
                    schemaFaults: rules.xsd?.faults ?? [])
            }
            return try remember(Ledger(path: store), rules, output, progress)
        } catch {
            throw Fault(error)
        }
    }

    private func remember(
        _ ledger: Ledger, _ rules: Rules, _ output: OutputFolder,
        _ progress: @escaping @Sendable (Int, Int) -> Void
    ) throws -> Report {
        let isFirst = try ledger.lastRun() == nil
        let taken = try ledger.take(try read(rules, keeping: ledger.sources, progress))
        let (feed, tally, run) = outcome(of: taken.held, rules)
        let rows = feed.resultRows
        var news: Set<String> = []
        try ledger.record(run: run, rows: rows) { changes in
            for c in changes where c.kind == .added && c.row.file == FeedFile.exceptions.rawValue {
                news.insert(c.row.key)
            }
            try output.write(
                onlyChanges ? try Feed.rows(of: changes) : rows, run: run, privacy: rules.privacy)
        }
        return Report(
            run: run, feed: feed, privacy: rules.privacy, tally: tally, news: isFirst ? nil : news,
            schemaFaults: rules.xsd?.faults ?? [])
    }

    private func outcome(of readings: [Reading], _ rules: Rules) -> (Feed, Tally, JSON) {
        let results = rules.coordinator.coordinate(
            readings, survey: rules.coordinator.survey(readings), asOf: asOf)
        let feed = Feed(results)
        let tally = Tally(feed)
        let run: [(String, JSON?)] = [
            ("drop", .string(Disk.absolute(drop))), ("asOf", .string(asOf.instant)),
            ("policy", .string(rules.policyHash)), ("schemas", .string(schemas.hash)), ("version", .string(version)),
            ("counts", tally.json), ("xsd", rules.xsd.map { .string($0.hash) }),
        ]
        return (feed, tally, .object(dropping: run))
    }

    private func read(
        _ rules: Rules, keeping store: SourceStore?, _ progress: @escaping @Sendable (Int, Int) -> Void
    ) throws -> [Reading] {
        let refusal = Mutex<LedgerFault?>(nil)
        let intake = try Intake(schemas, limits: rules.limits, xsd: rules.xsd)
        let readings = try intake.read(drop: drop, progress: { progress($0.files, $0.of) }) { digest, bytes in
            do throws(LedgerFault) { try store?.keep(bytes, digest: digest) } catch {
                refusal.withLock { $0 = $0 ?? error }
            }
        }
        if let fault = refusal.withLock({ $0 }) { throw fault }
        return readings
    }
}

// MARK: Policy

extension Run {
    struct Rules {
        let coordinator: Coordinator
        let limits: Limits
        let policyHash: String
        let privacy: Privacy?
        let xsd: XSDSets?
    }

    /// The policy in force, checked before anything is read.
    func rules() throws(Fault) -> Rules {
        let file = try PolicyFile(policy, schemas)
        do {
            return Rules(
                coordinator: try Coordinator(schemas, policy: file.policy), limits: Limits(file.policy),
                policyHash: file.hash, privacy: showSensitive ? nil : try Privacy(schemas),
                xsd: try file.sets(given: xsd))
        } catch {
            throw Fault(error)
        }
    }
}
