/// A text as the bars of Code 128, code set B (ISO/IEC 15417).
enum Code128 {
    /// Widths of bars and gaps in turn for the values 0 to 102, the starts A, B, C, and the stop.
    private static let widths = """
        212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222
        123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321
        232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121
        313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224
        111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111
        111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113
        114311 411113 411311 113141 114131 311141 411131 211412 211214 211232 2331112
        """.split(whereSeparator: \.isWhitespace).map { $0.utf8.map { Int($0) - 48 } }

    /// PDF operators that fill the bars, from a page's place on.
    ///
    /// - Parameter module: the narrowest bar's width in points.
    static func bars(_ text: String, x: Int, y: Int, module: Double, height: Int) -> String {
        let values = text.utf8.map { Int($0) - 32 }
        let check = values.enumerated().reduce(104) { $0 + ($1.offset + 1) * $1.element } % 103
        var at = Double(x)
        var out = ""
        for value in [104] + values + [check, 106] {
            for (i, w) in widths[value].enumerated() {
                let wide = Double(w) * module
                if i % 2 == 0 { out += "\(Row.fixed(at, 2)) \(y) \(Row.fixed(wide, 2)) \(height) re f\n" }
                at += wide
            }
        }
        return out
    }
}
