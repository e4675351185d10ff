#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The screen: what it can show, and what may be shown on it.
enum Terminal {
    static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

    /// Columns of the screen, or nil where the output is no screen (then nothing is cut).
    static var width: Int? {
        guard isTerminal(STDOUT_FILENO) else { return nil }
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    private static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

    /// Whether to use colours: a screen that can, and nobody who asked for none (no-color.org).
    static let hasColours =
        isTerminal(STDOUT_FILENO) && (variable("NO_COLOR") ?? "").isEmpty && variable("TERM") != "dumb"

    /// Whether the screen shows more than ASCII, as the locale says (POSIX: `LC_ALL` goes before `LC_CTYPE` and `LANG`).
    static let isUnicode: Bool = {
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].compactMap(variable).first { !$0.isEmpty } ?? ""
        let charset = locale.uppercased()
        return charset.contains("UTF-8") || charset.contains("UTF8")
    }()

    enum Style: String {
        case bold = "1"
        case dim = "2"
        case red = "31"
        case green = "32"
        case yellow = "33"
    }

    static func styled(_ text: String, _ style: Style?) -> String {
        guard hasColours, let style else { return text }
        return "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m"
    }

    /// The text on one line, without the control characters with which a partner's file could drive the screen.
    static func printable(_ text: String) -> String {
        var out = ""
        for u in text.unicodeScalars {
            switch u.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator: out.unicodeScalars.append(" ")
            // Invisible marks turn the reading order round (Unicode Standard Annex 9) and hide what is printed.
            case .format where u != "\u{200D}" && u != "\u{AD}": break
            default: out.unicodeScalars.append(u)
            }
        }
        return out
    }

    /// Columns that a text takes: wide characters of East Asia take two, combining marks none.
    static func columns(_ text: String) -> Int {
        text.reduce(0) { sum, c in
            guard let u = c.unicodeScalars.first else { return sum }
            switch u.value {
            case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
                0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
                return sum + 2
            default: return u.properties.generalCategory == .nonspacingMark ? sum : sum + 1
            }
        }
    }

    /// The text in at most so many columns, cut with an ellipsis.
    static func cut(_ text: String, to limit: Int) -> String {
        guard columns(text) > limit else { return text }
        var out = ""
        var used = 0
        for c in text {
            let n = columns(String(c))
            if used + n > limit - 1 { break }
            out.append(c)
            used += n
        }
        return out + "…"
    }

    /// The text in lines of at most so many columns, broken between words.
    static func wrapped(_ text: String, to limit: Int?) -> [String] {
        guard let limit, limit > 20 else { return [text] }
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            if !line.isEmpty, columns(line) + 1 + columns(String(word)) > limit {
                lines.append(line)
                line = ""
            }
            line += line.isEmpty ? String(word) : " " + word
        }
        return line.isEmpty ? lines : lines + [line]
    }

    static func complain(_ text: String) {
        let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
        note("interline: \(printable(line))\n")
    }

    /// Writes to stderr as it stands.
    static func note(_ text: String) {
        var text = text
        text.withUTF8 { _ = write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
