import Vocabulary

/// What facts are called on a screen (`schemas/names.yaml`): `invoice date`, `sum of the lines`.
package struct FactNames: Sendable {
    private let names: [String: String]

    /// - Parameter files: have to hold `words.yaml` and `names.yaml`.
    /// - Throws: a name for what is no fact of `words.yaml`.
    package init(_ files: SchemaFiles) throws(SchemaFault) {
        let words = try Words(files)
        var names: [String: String] = [:]
        for m in try files.node("names.yaml").members {
            _ = try words.fact(m.key, at: m.value)
            names[m.key] = m.value.text
        }
        self.names = names
    }

    /// - Parameter section: in the singular, as maps write it: `date`.
    package func name(_ section: String, _ word: String) -> String {
        names[section + " " + word] ?? word.replacing("-", with: " ")
    }
}
