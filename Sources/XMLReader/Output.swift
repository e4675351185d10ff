import Vocabulary

/// The documents of a file on their way out. The last one waits until the next is there or the file ends: the first gets
/// its number only where there is a second, and what is found behind a document is said with it.
final class Output {
    private var held: Reading?
    private var count = 0
    private var ready: [Reading] = []

    func hold(_ reading: Reading) {
        release(isSeveral: true)
        held = reading
    }

    private func release(isSeveral: Bool) {
        guard var reading = held.take() else { return }
        count += 1
        if isSeveral || count > 1 { reading.document.locator.message = count }
        ready.append(reading)
    }

    func finish() { release(isSeveral: false) }

    func take() -> [Reading] {
        defer { ready.removeAll(keepingCapacity: true) }
        return ready
    }

    /// Says something of the last document, unless it is said already.
    func remark(_ finding: Finding, isFirst: Bool = true) {
        guard var reading = held, !reading.document.findings.contains(where: { $0.code == finding.code }) else {
            return
        }
        reading.document.findings.insert(finding, at: isFirst ? 0 : reading.document.findings.count)
        reading.document.status = Document.status(for: reading.document.findings)
        held = reading
    }

    /// Rejects the last document for a fault in what stands behind it in its part.
    func spoil(_ fault: Finding) {
        held?.document.findings.append(fault)
        held?.document.status = .rejected
        held?.events = []
    }
}
