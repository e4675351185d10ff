import Vocabulary

/// What barcodes on papers say (`schemas/proofs/barcodes.yaml`, `docs/proofs.md`).
package struct BarcodeWords: Sendable {
    /// When a reading of a symbology is believed.
    package struct Symbology: Sendable {
        package var length: Int
        package var lines: Int
        /// Thousandths.
        package var confidence: Int
        /// Lengths of numbers that are GTINs where their check digit is right.
        package var gtin: [Int]
    }

    /// A GS1 application identifier.
    package struct Identifier: Sendable {
        package var name: String
        /// What the value has at most, in characters.
        package var length: Int
        /// The value's last digit is a GS1 check digit.
        package var isChecked: Bool
        /// The section and word of the fact that it gives.
        package var fact: (section: String, word: String)?
        package var unit: String?
    }

    package let symbologies: [String: Symbology]
    /// Symbology identifiers before data that are GS1 element strings.
    package let announcing: [String]
    package let fonts: [String]
    /// By their digits; `n` for the digit of the decimals.
    package let identifiers: [String: Identifier]
    /// By the first two digits: the length of identifier and value.
    package let fixed: [String: Int]
    package let linkHosts: Set<String>
    /// Data identifiers, the longest first, with the kind of reference that follows.
    package let dataIdentifiers: [(prefix: String, kind: String)]

    init(_ files: SchemaFiles, _ words: Words) throws(SchemaFault) {
        let root = try files.node("proofs/barcodes.yaml")
        try root.allow([
            "symbologies", "gs1-symbology-identifiers", "fonts", "application-identifiers", "fixed",
            "digital-link-hosts", "data-identifiers",
        ])
        var symbologies: [String: Symbology] = [:]
        for m in try root.required("symbologies").members {
            try m.value.allow(["length", "lines", "confidence", "gtin"])
            symbologies[m.key] = Symbology(
                length: try m.value.int("length") ?? 1, lines: try m.value.int("lines") ?? 1,
                confidence: try m.value.int("confidence") ?? 900,
                gtin: (m.value["gtin"]?.texts ?? []).compactMap { Int($0) })
        }
        self.symbologies = symbologies
        announcing = root["gs1-symbology-identifiers"]?.texts ?? []
        fonts = (root["fonts"]?.texts ?? []).map { BarcodeWords.plainFont($0) }
        var identifiers: [String: Identifier] = [:]
        for m in try root.required("application-identifiers").members {
            try m.value.allow(["name", "length", "check", "is", "unit"])
            guard (2...4).contains(m.key.count), m.key.allSatisfy({ $0.isNumber || $0 == "n" }) else {
                throw m.value.fault("an application identifier has two to four digits")
            }
            if let check = m.value["check"], check.text != "gs1" { throw check.fault("the only check is gs1") }
            guard let length = try m.value.int("length"), length > 0 else { throw m.value.fault("length is missing") }
            var fact: (section: String, word: String)?
            if let n = m.value["is"] { fact = try words.fact(n) }
            identifiers[m.key] = Identifier(
                name: try m.value.string("name") ?? m.key, length: length, isChecked: m.value["check"] != nil,
                fact: fact, unit: try m.value.string("unit"))
        }
        self.identifiers = identifiers
        var fixed: [String: Int] = [:]
        for m in try root.required("fixed").members {
            guard let n = m.value.text.flatMap({ Int($0) }), n > 2, m.key.count == 2 else {
                throw m.value.fault("the first two digits and the length of identifier and value are wanted")
            }
            fixed[m.key] = n
        }
        self.fixed = fixed
        linkHosts = Set((root["digital-link-hosts"]?.texts ?? []).map { $0.lowercased() })
        var prefixes: [(prefix: String, kind: String)] = []
        for m in root["data-identifiers"]?.members ?? [] {
            let fact = try words.fact(m.value)
            guard fact.section == "reference" else { throw m.value.fault("a data identifier gives a reference") }
            prefixes.append((m.key, fact.word))
        }
        dataIdentifiers = prefixes.sorted { ($0.prefix.count, $0.prefix) > ($1.prefix.count, $1.prefix) }
    }

    /// Whether a font of this name draws bars.
    package func isBarcodeFont(_ name: String) -> Bool {
        let plain = BarcodeWords.plainFont(name)
        return fonts.contains { plain.contains($0) }
    }

    private static func plainFont(_ name: String) -> String {
        name.lowercased().filter { $0.isLetter || $0.isNumber }
    }
}
