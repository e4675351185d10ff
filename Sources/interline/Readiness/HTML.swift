import Vocabulary

/// Markup whose texts are escaped, whatever a partner wrote in them.
struct HTML {
    private(set) var text = ""

    /// An element. Attribute values are escaped like texts.
    mutating func element(_ name: String, _ attributes: [(String, String)] = [], _ body: (inout HTML) -> Void) {
        text += "<\(name)"
        for (key, value) in attributes { text += " \(key)=\"\(HTML.escaped(value))\"" }
        text += ">"
        body(&self)
        text += "</\(name)>"
    }

    mutating func element(_ name: String, _ attributes: [(String, String)] = [], text content: String) {
        element(name, attributes) { $0.write(content) }
    }

    mutating func write(_ content: String) { text += HTML.escaped(content) }

    /// Markup of our own making.
    mutating func raw(_ markup: String) { text += markup }

    mutating func line() { text += "\n" }

    /// As text of an element or of a quoted attribute; control characters and marks that turn the reading order are gone.
    static func escaped(_ content: String) -> String {
        var out = ""
        for c in Terminal.printable(content).unicodeScalars {
            switch c {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "\"": out += "&quot;"
            case "'": out += "&#39;"
            default: out.unicodeScalars.append(c)
            }
        }
        return out
    }
}
