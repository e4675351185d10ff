import Vocabulary

/// Rows of the output files and readings.
extension Privacy {
    /// Members that name things and have no words of partners in them, or by which a file is found again.
    private static let names: Set<String> = [
        "document", "entity", "exception", "link", "id", "path", "part", "xpath", "subject", "time", "type", "causedBy",
        "leadsTo", "duplicateOf", "digest", "body",
    ]
    /// Members that say who corresponds, or what our own sentences call them: their mail addresses stay. A mail's number is
    /// its Message-ID, which has the form of an address.
    private static let correspondents: Set<String> = [
        "sender", "receiver", "number", "source", "partners", "parties", "receivedBy", "summary", "action",
        "resolution",
    ]

    /// A row's canonical bytes, masked; they come back as they are where nothing in them is sensitive.
    ///
    /// Complexity: O(n); a row in which nothing is found is not parsed.
    package func row(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.withUnsafeBufferPointer(mayBeSensitive), let json = try? JSON(parsing: bytes) else { return bytes }
        return row(json).bytes
    }

    /// Rows, each with the line end behind it, masked; nil where nothing in them is sensitive.
    ///
    /// Complexity: O(n) for n bytes.
    package func rows(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        guard mayBeSensitive(bytes) else { return nil }
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: true) {
            out += row(Array(line))
            out.append(UInt8(ascii: "\n"))
        }
        return out
    }

    package func row(_ json: JSON) -> JSON { masked(json, section: nil, keepingMail: false) }

    private func masked(_ json: JSON, section: String?, keepingMail: Bool) -> JSON {
        switch json {
        case .string(let s): return .string(text(s, keepingMail: keepingMail))
        case .array(let items):
            return .array(items.map { masked($0, section: section, keepingMail: keepingMail) })
        case .object(let members):
            let word = Privacy.word(of: members)
            let keepingMail = keepingMail || section.flatMap { addresses[$0]?.contains(word) } == true
            var out = members
            for m in members where !Privacy.names.contains(m.key) {
                let isOfCorrespondent = keepingMail || Privacy.correspondents.contains(m.key)
                out[m.key] = masked(m.value, section: m.key, keepingMail: isOfCorrespondent)
            }
            if let kind = section.flatMap({ facts[$0]?[word] }) { hide(kind, &out) }
            return .object(out)
        default: return json
        }
    }

    /// Masks a fact's value, the text it was read from, and that text where its place quotes it.
    private func hide(_ kind: Kind, _ fact: inout JSON.Members) {
        let raw = fact["raw"]?.string ?? ""
        for key in ["value", "raw", "id"] {
            if let s = fact[key]?.string { fact[key] = .string(mask(s, kind)) }
        }
        if !raw.isEmpty, let quote = fact["at"]?["quote"]?.string, case .object(var place)? = fact["at"] {
            place["quote"] = .string(quote.replacing(raw, with: mask(raw, kind)))
            fact["at"] = .object(place)
        }
    }

    /// By which word a fact goes: a reference's kind, a party's role, a term's name.
    private static func word(of fact: JSON.Members) -> String {
        (fact["kind"] ?? fact["role"] ?? fact["name"])?.string ?? ""
    }
}
