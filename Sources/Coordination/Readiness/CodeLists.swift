import Schemas
import Vocabulary

/// `schemas/lists.yaml`: dated code lists that papers are checked against.
struct CodeLists: Sendable {
    /// Name and date of each list, by its key.
    let titles: [String: String]
    let countries: Set<String>
    /// Digits behind the decimal mark, by currency.
    let currencies: [String: Int]
    let packages: Set<String>
    let incoterms: Set<String>
    let retiredIncoterms: [String: String]
    let incotermsByWater: Set<String>
    /// Folded.
    private let vague: Set<String>
    private let packing: Set<String>

    init(_ files: SchemaFiles) throws(SchemaFault) {
        let root = try files.node("lists.yaml")
        var titles: [String: String] = [:]
        for m in root.members { titles[m.key] = try m.value.required("list").text }
        self.titles = titles
        let countries = try root.required("countries")
        self.countries = Set(try countries.required("codes").texts + (countries["also"]?.texts ?? []))
        var currencies: [String: Int] = [:]
        for m in try root.required("currencies").required("digits").members {
            guard let digits = Int(m.key) else { throw m.value.fault("digits are a number") }
            for c in m.value.texts { currencies[c] = digits }
        }
        self.currencies = currencies
        packages = Set(try root.required("packages").required("codes").texts)
        let terms = try root.required("incoterms")
        incoterms = Set(try terms.required("current").texts)
        var retired: [String: String] = [:]
        for m in try terms.required("retired").members { retired[m.key] = m.value.text }
        retiredIncoterms = retired
        incotermsByWater = Set(try terms.required("by-water").texts)
        packing = Set(try root.required("packing").required("words").texts)
        vague = Set(try root.required("vague").required("words").texts.map { Fold.plain($0) })
    }

    /// Whether a description of goods says nothing but what is listed as vague, counts and packages around it put aside.
    func isVague(_ description: String) -> Bool {
        let words = Fold.plain(description).split { !$0.isLetter && $0 != "'" }
        let own = words.filter { !packing.contains(String($0)) }
        return vague.contains((own.isEmpty ? words : own).joined(separator: " "))
    }
}
