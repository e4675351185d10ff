import Schemas
import Vocabulary

/// Turns a value's text into what its label says it is.
struct Normal {
    let words: ProofWords
    let dates: DateText
    let numbers: NumberText

    /// The reference numbers in a text, as written: one, or several of a list.
    func references(_ text: String) -> [String] {
        var out: [String] = []
        var open = false
        var prefix: String?
        let day = Set(dates.dates(in: text).flatMap { Array($0.range) })
        var offset = 0
        for raw in text.split(separator: " ", omittingEmptySubsequences: false) {
            defer { offset += raw.count + 1 }
            if raw.isEmpty { continue }
            if day.contains(offset) { break }
            var v = raw[...]
            while let f = v.first, "(#:,;.".contains(f) { v.removeFirst() }
            var listed = false
            while let l = v.last, "),;.&+".contains(l) {
                if ",;&+".contains(l) { listed = true }
                v.removeLast()
            }
            if v.isEmpty || v == "/" || v == "&" || v == "-" {
                open = false
                continue
            }
            let digits = v.filter(\.isNumber).count
            guard digits > 0, v.allSatisfy({ $0.isLetter || $0.isNumber || "-/._#".contains($0) }), v.count <= 40 else {
                if out.isEmpty, v.count <= 5, v.allSatisfy({ $0.isUppercase || $0.isNumber || $0 == "." || $0 == "-" })
                {
                    // A short word in capitals belongs to the number behind it: LS 55102.
                    prefix = v.uppercased()
                    continue
                }
                if out.isEmpty, !words.listWords.contains(Fold.plain(v)) { return [] }
                break
            }
            let parts = v.split(separator: "/")
            if parts.count > 1,
                parts.allSatisfy({ $0.count >= 5 && $0.count == parts[0].count && $0.contains(where: \.isNumber) })
            {
                out += parts.map { $0.uppercased() }
                open = false
                continue
            }
            if open, let last = out.last, !(last.count >= 7 && v.count >= 7), last.count + v.count <= 24 {
                out[out.count - 1] = last + " " + v.uppercased()
            } else {
                out.append((prefix.map { $0 + " " } ?? "") + v.uppercased())
            }
            prefix = nil
            open = !listed
        }
        return out.filter { r in r.filter { $0.isLetter || $0.isNumber }.count >= 3 }
    }

    /// A person's name as printed; empty where the text says that there is none.
    func name(_ text: String) -> String {
        let plain = Fold.tokens(text)
        if words.unsignedWords.contains(plain) || words.signedWords.contains(plain) || words.no.contains(plain) {
            return ""
        }
        var out: [Substring] = []
        for w in text.split(separator: " ") {
            if w.contains(where: \.isNumber) || w.hasPrefix("(") || w == "-" || w == "–" || w == "/" { break }
            if w.allSatisfy({ "_.-:".contains($0) }) { continue }
            // "Ann-Marie Cole on", "C. Romero. Total": the sentence goes on.
            if let last = out.last {
                if last.hasSuffix("."), last.filter(\.isLetter).count > 3 { break }
                if w.first?.isLowercase == true, out[0].first?.isUppercase == true,
                    !words.prose.particles.contains(Fold.plain(w))
                {
                    break
                }
            }
            out.append(w)
        }
        while let l = out.last, Fold.tokens(l).isEmpty { out.removeLast() }
        guard let first = out.first, (1...6).contains(out.count), first.first?.isLetter == true else { return "" }
        var s = out.joined(separator: " ")
        while let l = s.last, ",;:".contains(l) { s.removeLast() }
        // The end of a sentence, not of an initial.
        if s.hasSuffix("."), let last = out.last, last.count > 3 { s.removeLast() }
        return s.filter(\.isLetter).count >= 2 ? s : ""
    }

    /// A vehicle's plate or a trailer's number as written: letters and figures in up to three groups.
    func plate(_ text: String) -> String? {
        var groups: [String] = []
        for w in text.split(separator: " ") {
            let v = w.filter { !"(),;:".contains($0) }
            guard !v.isEmpty, v.count <= 17,
                v.allSatisfy({ $0.isNumber || $0.isUppercase || $0 == "-" || $0 == "." || $0 == "/" })
            else { break }
            groups.append(String(v))
            if groups.count == 3 { break }
        }
        let plate = groups.joined(separator: " ")
        return plate.contains(where: \.isNumber) && plate.count >= 3 && plate.count <= 20 ? plate : nil
    }

    /// A number and the word behind it.
    func quantity(_ text: String) -> (value: Exact, unit: String?, rest: String)? {
        for (i, w) in text.split(separator: " ").enumerated() where i < 4 {
            let at = text[w.startIndex...]
            guard let (n, rest) = numbers.leading(at) else { continue }
            let tail = rest.drop { $0 == " " }
            let unit = tail.prefix { $0 != " " && $0 != "," && $0 != ";" && $0 != ")" }
            return (n, unit.isEmpty ? nil : Fold.plain(unit), String(tail))
        }
        return nil
    }

    func mass(_ unit: String?) -> String? {
        unit.flatMap { words.masses[$0] ?? words.masses[String($0.filter { $0 != "." })] }
    }

    func package(_ unit: String?) -> String? {
        guard let unit else { return nil }
        let u = unit.filter { !".()".contains($0) }
        return words.packages[u] ?? (words.pallets.contains(u) ? "PX" : nil)
    }

    /// An amount with the currency before or behind it.
    func amount(_ text: String) -> (value: Exact, currency: String?)? {
        var currency: String?
        var value: Exact?
        for w in text.split(separator: " ") {
            var s = w[...]
            if let c = currencyPrefix(&s) { currency = currency ?? c }
            if s.isEmpty { continue }
            if value == nil, let (n, rest) = numbers.leading(text[s.startIndex...]) {
                if rest.first(where: { $0 != " " }) == "%" { continue }
                // A tax or account number, not money.
                if n.scale == 0, n.magnitude > Exact(99_999_999) { return nil }
                value = n
                var tail = rest.drop { $0 == " " }
                if let c = currencyPrefix(&tail) {
                    currency = currency ?? c
                } else if mass(Fold.plain(tail.prefix { $0 != " " && $0 != "," })) != nil {
                    return nil
                }
                break
            }
        }
        return value.map { ($0, currency) }
    }

    /// A figure of money in a text.
    struct Money: Hashable {
        var value: Exact
        var currency: String?
        /// Its characters in the text.
        var range: Range<Int>
        /// Printed without currency and decimals, as counts are.
        var isPlain: Bool
    }

    /// All figures of money in a text, in its order; where some have a currency or two decimals, only those.
    /// Rates in percent, masses and numbers of accounts are none.
    func money(_ text: String) -> [Money] {
        var out: [Money] = []
        var rest = text[...]
        var before: String?
        while true {
            rest = rest.drop { $0 == " " }
            guard !rest.isEmpty else { break }
            var s = rest
            let prefix = currencyPrefix(&s)
            before = prefix ?? before
            guard let (n, behind) = numbers.leading(s) else {
                if prefix == nil { before = nil }
                rest = s.drop { $0 != " " }
                continue
            }
            let printed = text[s.startIndex..<behind.startIndex]
            var tail = behind.drop { $0 == " " }
            let unit = Fold.plain(tail.prefix { $0 != " " && $0 != "," })
            rest = behind.drop { $0 != " " }
            let cents = printed.dropLast(2).last.map { ".,".contains($0) } == true
            // "€ 32,80 € 189,00": what stands behind this figure belongs to the next one.
            let currency = before ?? currencyPrefix(&tail)
            let isMoney =
                tail.first != "%" && mass(unit) == nil && (cents || n.magnitude <= Exact(99_999_999))
                && (behind.first.map { !$0.isLetter && $0 != "/" && $0 != ":" } ?? true || currency != nil)
            if isMoney {
                let start = text.distance(from: text.startIndex, to: s.startIndex)
                out.append(
                    Money(
                        value: n, currency: currency, range: start..<start + printed.count,
                        isPlain: !cents && currency == nil))
            }
            before = nil
        }
        return out.contains { !$0.isPlain } ? out.filter { !$0.isPlain } : out
    }

    private func currencyPrefix(_ s: inout Substring) -> String? {
        let symbol = s.prefix { !$0.isNumber && $0 != "-" && $0 != " " && $0 != "." && $0 != "," }
        guard !symbol.isEmpty, let c = words.currencies[Fold.plain(symbol)] else { return nil }
        s = s.dropFirst(symbol.count)
        return c
    }

    /// ISO 3166-1 code of a country named by code or in words.
    func country(_ text: String) -> String? {
        let trimmed = text.split(whereSeparator: { " ,;()".contains($0) })
        if let last = trimmed.last, last.count == 2, last.allSatisfy({ $0.isUppercase && $0.isASCII }),
            isCode(String(last))
        {
            return String(last)
        }
        let t = Fold.tokens(text)
        for length in stride(from: min(8, t.count), to: 0, by: -1) {
            for i in 0...(t.count - length) {
                if let c = words.countries[Array(t[i..<i + length])], length > 1 || t[i].count > 2 { return c }
            }
        }
        return nil
    }

    private func isCode(_ s: String) -> Bool { words.countryCodes.contains(s) }
}
