import Vocabulary

/// A money formula of the catalogue: names of figures, numbers, `+ - *`, parentheses, `max(a, b)`.
///
/// It is shown with the exception, its figures put in: `(134.1 − 130) × 192 = 787.2`.
package struct Formula: Sendable {
    indirect enum Term: Sendable {
        case name(String)
        case number(Exact)
        case sum(Term, Term)
        case difference(Term, Term)
        case product(Term, Term)
        case larger(Term, Term)
    }

    let root: Term

    package init(_ node: Node) throws(SchemaFault) {
        var parser = FormulaParser(node: node, rest: Substring(node.text ?? ""))
        root = try parser.sum()
        parser.skip()
        if !parser.rest.isEmpty { throw node.fault("the formula does not end at \"\(parser.rest)\"") }
    }

    /// The result and the formula with its figures, or nil where a figure is not known: unknown rather than 0.
    package func evaluate(_ figures: [String: Exact]) -> (value: Exact, text: String)? {
        guard let v = Formula.value(root, figures), let t = Formula.text(root, figures) else { return nil }
        return (v, t)
    }

    private static func value(_ t: Term, _ f: [String: Exact]) -> Exact? {
        switch t {
        case .name(let n): return f[n]
        case .number(let x): return x
        case .sum(let a, let b): return both(a, b, f) { $0 + $1 }
        case .difference(let a, let b): return both(a, b, f) { $0 - $1 }
        case .product(let a, let b): return both(a, b, f) { $0 * $1 }
        case .larger(let a, let b): return both(a, b, f) { max($0, $1) }
        }
    }

    private static func both(_ a: Term, _ b: Term, _ f: [String: Exact], _ op: (Exact, Exact) -> Exact) -> Exact? {
        guard let x = value(a, f), let y = value(b, f) else { return nil }
        return op(x, y)
    }

    private static func text(_ t: Term, _ f: [String: Exact]) -> String? {
        switch t {
        case .name(let n): return f[n]?.description
        case .number(let x): return x.description
        case .sum(let a, let b): return join(a, "+", b, f)
        case .difference(let a, let b): return join(a, "−", b, f)
        case .product(let a, let b):
            guard let x = grouped(a, f), let y = grouped(b, f) else { return nil }
            return "\(x) × \(y)"
        case .larger(let a, let b):
            guard let x = text(a, f), let y = text(b, f) else { return nil }
            return "max(\(x), \(y))"
        }
    }

    private static func join(_ a: Term, _ op: String, _ b: Term, _ f: [String: Exact]) -> String? {
        guard let x = text(a, f), let y = text(b, f) else { return nil }
        return "\(x) \(op) \(y)"
    }

    private static func grouped(_ t: Term, _ f: [String: Exact]) -> String? {
        switch t {
        case .sum, .difference: text(t, f).map { "(\($0))" }
        default: text(t, f)
        }
    }
}

private struct FormulaParser {
    let node: Node
    var rest: Substring

    mutating func skip() { rest = rest.drop { $0 == " " } }

    mutating func take(_ c: Character) -> Bool {
        skip()
        guard rest.first == c else { return false }
        rest.removeFirst()
        return true
    }

    mutating func sum() throws(SchemaFault) -> Formula.Term {
        var left = try product()
        while true {
            if take("+") {
                left = .sum(left, try product())
            } else if take("-") {
                left = .difference(left, try product())
            } else {
                return left
            }
        }
    }

    mutating func product() throws(SchemaFault) -> Formula.Term {
        var left = try atom()
        while take("*") { left = .product(left, try atom()) }
        return left
    }

    mutating func atom() throws(SchemaFault) -> Formula.Term {
        if take("(") {
            let inner = try sum()
            guard take(")") else { throw node.fault("a parenthesis is not closed") }
            return inner
        }
        skip()
        let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "." }
        rest = rest.dropFirst(word.count)
        if word == "max" {
            guard take("(") else { throw node.fault("max takes two figures in parentheses") }
            let a = try sum()
            guard take(",") else { throw node.fault("max takes two figures") }
            let b = try sum()
            guard take(")") else { throw node.fault("a parenthesis is not closed") }
            return .larger(a, b)
        }
        if let n = Exact(word) { return .number(n) }
        guard !word.isEmpty else { throw node.fault("a figure is missing in the formula") }
        return .name(String(word))
    }
}
