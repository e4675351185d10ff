/// An exact decimal number: a price, an amount, a quantity, a mass.
///
/// `mantissa` × 10^-`scale`, kept in its shortest form, so that equal values are equal and hash alike. Holds up to
/// 30 digits; arithmetic that would not fit gives nil rather than a wrong figure.
package struct Exact: Hashable, Sendable, Comparable, CustomStringConvertible {
    package let mantissa: Int128
    /// Digits behind the decimal point, 0 to 18.
    package let scale: Int

    package static let zero = Exact(0)

    package init(_ whole: Int) { self.init(mantissa: Int128(whole), scale: 0) }

    package init(mantissa: Int128, scale: Int) {
        var m = mantissa
        var s = scale
        while s > 0, m % 10 == 0 {
            m /= 10
            s -= 1
        }
        self.mantissa = m
        self.scale = s
    }

    /// A mantissa that is in its shortest form already.
    init(mantissa: Int128, reducedScale: Int) {
        self.mantissa = mantissa
        scale = reducedScale
    }

    /// A plain decimal: optional sign, digits, at most one decimal mark. Nothing may be left over: no blanks, no
    /// exponent, no thousands marks.
    ///
    /// - Parameter mark: the decimal mark besides `.`, where the document announces one (EDIFACT UNA3).
    package init?(_ text: some StringProtocol, mark: UInt8 = UInt8(ascii: ".")) {
        var m: Int128 = 0
        var scale = 0
        var digits = 0
        var seenMark = false
        var negative = false
        for (i, b) in text.utf8.enumerated() {
            switch b {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                m = m * 10 + Int128(b - UInt8(ascii: "0"))
                digits += 1
                if seenMark { scale += 1 }
                guard digits <= 30, scale <= 18 else { return nil }
            case UInt8(ascii: "-") where i == 0: negative = true
            case UInt8(ascii: "+") where i == 0: break
            case UInt8(ascii: "."), mark:
                if seenMark { return nil }
                seenMark = true
            default: return nil
            }
        }
        guard digits > 0 else { return nil }
        self.init(mantissa: negative ? -m : m, scale: scale)
    }

    /// The mantissa at another scale; digits that do not fit are cut.
    package func scaled(to other: Int) -> Int128 {
        other >= scale ? mantissa * Exact.power(other - scale) : mantissa / Exact.power(scale - other)
    }

    static func power(_ n: Int) -> Int128 { (0..<n).reduce(1) { p, _ in p * 10 } }

    package var description: String {
        let negative = mantissa < 0
        var digits = String(negative ? -mantissa : mantissa)
        if scale > 0 {
            if digits.count <= scale { digits = String(repeating: "0", count: scale - digits.count + 1) + digits }
            digits.insert(".", at: digits.index(digits.endIndex, offsetBy: -scale))
        }
        return negative ? "-" + digits : digits
    }

    /// The text with at least `digits` behind the point, as money is printed.
    package func fixed(_ digits: Int) -> String {
        var s = description
        let have = scale
        if have == 0, digits > 0 { s += "." }
        if have < digits { s += String(repeating: "0", count: digits - have) }
        return s
    }

    package static func < (a: Exact, b: Exact) -> Bool {
        let s = max(a.scale, b.scale)
        return a.scaled(to: s) < b.scaled(to: s)
    }

    package static func + (a: Exact, b: Exact) -> Exact {
        let s = max(a.scale, b.scale)
        return Exact(mantissa: a.scaled(to: s) + b.scaled(to: s), scale: s)
    }

    package static func - (a: Exact, b: Exact) -> Exact { a + Exact(mantissa: -b.mantissa, scale: b.scale) }

    /// The product, rounded half away from zero to 18 places where it has more; saturates nowhere, since readers cap
    /// every value at 30 digits and products of prices and quantities stay far below.
    package static func * (a: Exact, b: Exact) -> Exact {
        let (m, over) = a.mantissa.multipliedReportingOverflow(by: b.mantissa)
        if over { return Exact(mantissa: Int128.max, scale: 0) }
        let s = a.scale + b.scale
        return s <= 18 ? Exact(mantissa: m, scale: s) : Exact(mantissa: m, scale: s).rounded(to: 18)
    }

    /// The quotient rounded half away from zero to 6 places, or nil for a zero divisor.
    package func divided(by other: Exact) -> Exact? {
        guard other.mantissa != 0 else { return nil }
        let (m, over) = mantissa.multipliedReportingOverflow(by: Exact.power(7 + other.scale))
        guard !over else { return nil }
        return Exact(mantissa: m / other.mantissa, scale: 7 + scale).rounded(to: 6)
    }

    /// Rounded half away from zero.
    package func rounded(to places: Int) -> Exact {
        guard scale > places else { return self }
        let p = Exact.power(scale - places)
        let half: Int128 = mantissa < 0 ? -(p / 2) : p / 2
        return Exact(mantissa: (mantissa + half) / p, scale: places)
    }

    package var magnitude: Exact { mantissa < 0 ? Exact(mantissa: -mantissa, scale: scale) : self }
    package var isZero: Bool { mantissa == 0 }
    package var isPositive: Bool { mantissa > 0 }
    package var isNegative: Bool { mantissa < 0 }
}
