import Vocabulary

extension [Reading] {
    /// An invoice that a PDF holds as XML (Factur-X, ZUGFeRD, XRechnung) is the invoice; what the page says is its picture and gives
    /// no event of its own.
    ///
    /// - Parameter embedded: what the files in the PDF gave.
    func yielding(to embedded: [Reading]) -> [Reading] {
        guard
            let invoice = embedded.first(where: { r in
                r.document.format == .xml && r.events.contains { $0.type == "invoice.received" }
            })
        else { return self }
        let number = invoice.document.number ?? "?"
        return map { page in
            guard page.document.format == .pdf, page.events.contains(where: { $0.type == "invoice.received" }) else {
                return page
            }
            let own = page.document.number ?? "?"
            let agree = NormalForm.strict(own) == NormalForm.strict(number)
            var document = page.document
            document.number = invoice.document.number ?? document.number
            document.findings.append(
                Finding(
                    "embedded-invoice", agree ? .info : .warning,
                    "The invoice that the file holds as XML (\(number)) takes the place of what its page says (\(own)).",
                    at: Place()))
            document.status = Document.status(for: document.findings)
            return Reading(document, page.events.filter { $0.type != "invoice.received" })
        }
    }
}
