import Vocabulary

extension Finding {
    static let pathNotUTF8 = Finding(
        "path-not-utf8", .info, "The file's name is no UTF-8; bytes that are none are written \\xFF.")
}

extension Reading {
    /// A file of which no document can be made, with the finding that says why.
    static func unknown(
        at locator: Locator, format: Format = .unknown, _ findings: [Finding], source: String = ""
    ) -> Reading {
        Reading(
            Document(
                locator: locator, format: format, type: "unknown", status: Document.status(for: findings),
                findings: findings, source: source, digest: source, body: source))
    }

    /// This reading with findings about the file it came from before its own.
    func noting(_ findings: [Finding]) -> Reading {
        guard !findings.isEmpty else { return self }
        var r = self
        r.document.findings = findings + r.document.findings
        r.document.status = max(r.document.status, Document.status(for: findings))
        return r
    }

    /// The same reading of the same bytes in another place.
    func moved(to locator: Locator, keepingPart: Bool) -> Reading {
        var r = self
        let own = r.document.locator
        r.document.locator = Locator(
            path: locator.path, part: keepingPart ? own.part : locator.part, message: own.message, pages: own.pages)
        return r
    }
}

/// The worse of two statuses; `duplicate` is none that intake gives.
private func max(_ a: DocumentStatus, _ b: DocumentStatus) -> DocumentStatus {
    let order: [DocumentStatus] = [.accepted, .acceptedWithErrors, .rejected]
    return (order.firstIndex(of: a) ?? 0) >= (order.firstIndex(of: b) ?? 0) ? a : b
}

extension Locator {
    /// A member of the container that this locator names.
    func member(_ name: String) -> Locator {
        var l = Locator(path: path, part: part)
        if let part { l.part = part + "!" + name } else { l.path = path + "!" + name }
        return l
    }
}
