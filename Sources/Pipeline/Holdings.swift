import Feeds
import Ledger
import Schemas
import Vocabulary

/// What a run left, for the commands that look: the folder it wrote (`--out`), or a ledger (`--store`).
package struct Holdings: Sendable {
    private enum Place {
        case out(OutputFolder)
        case store(Ledger)
    }

    private let place: Place
    /// Masks what is shown; nil to show everything.
    package let privacy: Privacy?
    /// What `run.json` says.
    package let run: JSON
    /// The clock that the run judged deadlines by.
    package let asOf: Moment

    /// - Parameter privacy: masks what is sensitive in the rows; nil to show what the run wrote.
    package init(out: String, privacy: Privacy?) throws(Fault) {
        self.privacy = privacy
        let folder = OutputFolder(out)
        do { run = try folder.run() } catch { throw Fault.usage(error.reason) }
        place = .out(folder)
        asOf = Holdings.asOf(run)
    }

    /// - Parameter privacy: masks what is sensitive in the rows; nil to show what the ledger knows.
    package init(store: String, privacy: Privacy?) throws(Fault) {
        self.privacy = privacy
        do throws(LedgerFault) {
            let ledger = try Ledger(path: store, existing: true)
            guard let last = try ledger.lastRun() else { throw LedgerFault("\(store) holds no run yet") }
            place = .store(ledger)
            run = last
        } catch {
            throw Fault.usage(error.reason)
        }
        asOf = Holdings.asOf(run)
    }

    private static func asOf(_ run: JSON) -> Moment {
        run["asOf"]?.string.flatMap { Moment(iso: $0) } ?? Moment(epochSeconds: 0)
    }

    /// The rows of one file.
    package func rows(_ file: FeedFile) throws(Fault) -> [JSON] {
        let rows = try whole(file)
        guard let privacy else { return rows }
        return Threads.map(rows) { privacy.row($0) }
    }

    private func whole(_ file: FeedFile) throws(Fault) -> [JSON] {
        switch place {
        case .out(let folder):
            do { return try folder.rows(of: file) } catch { throw Fault.usage(error.reason) }
        case .store(let ledger):
            do { return try ledger.rows(of: file.rawValue) } catch { throw Fault.failure(error.reason) }
        }
    }

    /// The bytes that a document was read from: the ledger's copy, or the file in the drop where it still lies there.
    ///
    /// - Parameter schemas: what a container (a mail, an archive) in the drop is opened with.
    package func source(of document: JSON, schemas: SchemaFiles) -> [UInt8]? {
        switch place {
        case .store(let ledger):
            guard let id = document["document"]?.string, let reading = try? ledger.reading(of: id) else { return nil }
            return ledger.sources.bytes(reading.document.source)
        case .out:
            guard let drop = run["drop"]?.string, let locator = Locator(json: document) else { return nil }
            let file = "\(drop)/\(locator.path.prefix { $0 != "!" })"
            guard locator.part != nil || locator.path.contains("!") else { return try? Disk.read(file) }
            return (try? Inspection(file: file, schemas: schemas))?
                .source(part: locator.part, members: locator.path.drop { $0 != "!" })
        }
    }
}
