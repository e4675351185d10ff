/// Barcodes as runs of bars and blanks in modules, beginning with a bar.
enum Bars {
    /// ISO/IEC 15417: widths of the 106 characters and the stop.
    private static let code128 = [
        "212222", "222122", "222221", "121223", "121322", "131222", "122213", "122312", "132212", "221213", "221312",
        "231212", "112232", "122132", "122231", "113222", "123122", "123221", "223211", "221132", "221231", "213212",
        "223112", "312131", "311222", "321122", "321221", "312212", "322112", "322211", "212123", "212321", "232121",
        "111323", "131123", "131321", "112313", "132113", "132311", "211313", "231113", "231311", "112133", "112331",
        "132131", "113123", "113321", "133121", "313121", "211331", "231131", "213113", "213311", "213131", "311123",
        "311321", "331121", "312113", "312311", "332111", "314111", "221411", "431111", "111224", "111422", "121124",
        "121421", "141122", "141221", "112214", "112412", "122114", "122411", "142112", "142211", "241211", "221114",
        "413111", "241112", "134111", "111242", "121142", "121241", "114212", "124112", "124211", "411212", "421112",
        "421211", "212141", "214121", "412121", "111143", "111341", "131141", "114113", "114311", "411113", "411311",
        "113141", "114131", "311141", "411131", "211412", "211214", "211232", "2331112",
    ]

    /// Code 128 in code set B; `\u{1D}` becomes FNC1, and with `gs1` FNC1 stands first.
    static func code128(_ text: String, gs1: Bool = false) -> [Int] {
        var values = [104] + (gs1 ? [102] : [])
        for u in text.unicodeScalars { values.append(u == "\u{1D}" ? 102 : Int(u.value) - 32) }
        var sum = values[0]
        for (i, v) in values.enumerated().dropFirst() { sum += i * v }
        return (values + [sum % 103, 106]).flatMap { widths(code128[$0]) }
    }

    /// ISO/IEC 16388, as far as the tests write.
    static func code39(_ text: String) -> [Int] {
        let codes: [Character: String] = [
            "0": "111331311", "1": "311311113", "2": "113311113", "3": "313311111", "4": "111331113", "5": "311331111",
            "6": "113331111", "7": "111311313", "8": "311311311", "9": "113311311", "K": "311111133", "P": "113113113",
            "-": "131111313", "*": "131131311",
        ]
        return Array(("*" + text + "*").map { widths(codes[$0] ?? "") }.joined(separator: [1]))
    }

    /// ISO/IEC 16390: pairs of digits, the first in bars, the second in blanks.
    static func itf(_ digits: String) -> [Int] {
        let codes = [
            "11331", "31113", "13113", "33111", "11313", "31311", "13311", "11133", "31131", "13131",
        ].map { widths($0) }
        let d = digits.compactMap(\.wholeNumberValue)
        var out = [1, 1, 1, 1]
        for i in stride(from: 0, to: d.count - 1, by: 2) {
            for k in 0..<5 { out += [codes[d[i]][k], codes[d[i + 1]][k]] }
        }
        return out + [3, 1, 1]
    }

    /// ISO/IEC 15420.
    static func ean13(_ digits: String) -> [Int] {
        let left = ["3211", "2221", "2122", "1411", "1132", "1231", "1114", "1312", "1213", "3112"].map { widths($0) }
        let parity = [
            "LLLLLL", "LLGLGG", "LLGGLG", "LLGGGL", "LGLLGG", "LGGLLG", "LGGGLL", "LGLGLG", "LGLGGL", "LGGLGL",
        ].map { Array($0) }
        let d = digits.compactMap(\.wholeNumberValue)
        var out = [1, 1, 1]
        for i in 1...6 { out += parity[d[0]][i - 1] == "L" ? left[d[i]] : left[d[i]].reversed() }
        out += [1, 1, 1, 1, 1]
        for i in 7...12 { out += left[d[i]] }
        return out + [1, 1, 1]
    }

    private static func widths(_ s: String) -> [Int] { s.compactMap(\.wholeNumberValue) }
}

/// Matrices of QR codes, a row a number, the leftmost module its highest bit; made by an encoder of another project.
enum QR {
    /// PRO=60010011;PO=4500012345
    static let keyed: [UInt64] = [
        0x1fc337f, 0x104a741, 0x174945d, 0x174e35d, 0x174aa5d, 0x1054f41, 0x1fd557f, 0x200, 0x12d7aa0, 0x120fc66,
        0x945d7f, 0x1a1cd39, 0xb67f69, 0x686640, 0x15da1ed, 0x9afa2a, 0x1b705fd, 0x16912, 0x1fcd553, 0x105b51f,
        0x17469fa, 0x1754d98, 0x174c5b1, 0x1046d38, 0x1fd8ddb,
    ]

    /// https://id.gs1.org/00/340123450000000017
    static let link: [UInt64] = [
        0x1fc2427f, 0x104f2d41, 0x175b235d, 0x1754be5d, 0x175e425d, 0x10532041, 0x1fd5557f, 0x112400, 0x17cabd7c,
        0x2bd4271, 0xfc724a0, 0x5a4647a, 0xc6ebd8c, 0x2904271, 0xf4ae58c, 0xf866322, 0x6693e8c, 0x170482d5,
        0x1164ed54, 0x178ba7f2, 0x146c7df7, 0x16011f, 0x1fc52f5c, 0x10596312, 0x17583df7, 0x1750c10f, 0x1757b0fe,
        0x104cb77a, 0x1fd37e44,
    ]

    /// {"deliveryNote":"L-887766","cartons":4}
    static let json: [UInt64] = [
        0x1fd6c27f, 0x105dc441, 0x1748b55d, 0x1756ad5d, 0x174d2f5d, 0x104fce41, 0x1fd5557f, 0x126900, 0x16eb494b,
        0x789d27b, 0xd65059e, 0xeb7e271, 0xdfd0f04, 0x19bafb49, 0x1dd84bdb, 0xa35952b, 0x11f42320, 0x713a82c,
        0x157620ba, 0x430187f, 0xfe889f4, 0x16d519, 0x1fd98152, 0x105f3112, 0x174a79f4, 0x1756f81d, 0x175acaa1,
        0x104861ca, 0x1fdf856a,
    ]

    /// https://track.example/t/60010011
    static let tracking: [UInt64] = [
        0x1fdd387f, 0x1040d541, 0x175b7c5d, 0x17474a5d, 0x174de55d, 0x10522d41, 0x1fd5557f, 0xf7500, 0x1465c725,
        0x591c763, 0x1071238d, 0xb2881c8, 0xa44b5e1, 0x9121763, 0x7fcdf11, 0x19a47040, 0x1f56d661, 0x9a8c767,
        0x1eca2e69, 0x7908180, 0x1d53a5fa, 0x1e251d, 0x1fd2ed51, 0x10414710, 0x1743e7fb, 0x174ae6bd, 0x175c3f13,
        0x10448148, 0x1fde65d1,
    ]

    /// [)>\x1e06\x1dK4500012345\x1d2KBL77001\x1e\x04
    static let message: [UInt64] = [
        0x1fceed7f, 0x1046f041, 0x175ea65d, 0x17556c5d, 0x1752315d, 0x10560941, 0x1fd5557f, 0x115200, 0x17cc1e7c,
        0x492e15c, 0x10eaf896, 0x905a293, 0x8416dad, 0x17193251, 0xc6c0592, 0x10a55510, 0x17661faf, 0x1a1be05b,
        0x12daf5b6, 0x1094a5f1, 0x11f36dfb, 0x1b331c, 0x1fca0758, 0x1058511b, 0x175705f1, 0x175868a4, 0x175e6a5e,
        0x10467792, 0x1fdea47c,
    ]
}

extension PaperMaker {
    /// Bars as filled rectangles, their top left corner at x, y, turned clockwise by some degrees about it.
    mutating func bars(_ widths: [Int], _ x: Int, _ y: Int, module: Double = 1, height: Int = 30, turned: Double = 0) {
        draw("q \(PaperMaker.turn(turned, x, y)) cm")
        var at = 0.0
        for (i, w) in widths.enumerated() {
            if i % 2 == 0 { draw("\(at * module) \(-height) \(Double(w) * module) \(height) re f") }
            at += Double(w)
        }
        draw("Q")
    }

    mutating func qr(_ rows: [UInt64], _ x: Int, _ y: Int, module: Double = 2) {
        draw("q 1 0 0 1 \(x) \(842 - y) cm")
        for (r, row) in rows.enumerated() {
            for c in 0..<rows.count where row >> UInt64(rows.count - 1 - c) & 1 == 1 {
                draw("\(Double(c) * module) \(-Double(r + 1) * module) \(module) \(module) re f")
            }
        }
        draw("Q")
    }

    /// A gray picture of a code, as a scanner makes it: four pixels a module, with noise of so many in a thousand pixels flipped.
    mutating func scanned(_ widths: [Int], _ x: Int, _ y: Int, module: Double = 1, height: Int = 30, noise: Int = 0) {
        let side = 4
        let quiet = 12 * side
        let w = widths.reduce(0, +) * side + 2 * quiet
        let rows = Int(Double(height) / module) * side
        var line = [UInt8](repeating: 230, count: w)
        var at = quiet
        for (i, n) in widths.enumerated() {
            if i % 2 == 0 { for k in at..<(at + n * side) { line[k] = 30 } }
            at += n * side
        }
        var state: UInt64 = 88_172_645_463_325_252
        var hex = ""
        for _ in 0..<rows {
            for p in line {
                state ^= state << 13
                state ^= state >> 7
                state ^= state << 17
                let v = state % 1000 < UInt64(noise) ? 255 - p : p
                hex += (v < 16 ? "0" : "") + String(v, radix: 16)
            }
        }
        let (dx, dy) = (Double(w) * module / Double(side), Double(rows) * module / Double(side))
        draw("q \(dx) 0 0 \(dy) \(Double(x) - 12 * module) \(842 - Double(y) - dy) cm")
        draw("BI /W \(w) /H \(rows) /CS /G /BPC 8 /F /AHx ID \(hex)> EI Q")
    }

    private static func turn(_ degrees: Double, _ x: Int, _ y: Int) -> String {
        let (c, s): (Double, Double) =
            switch degrees {
            case 0: (1, 0)
            case 90: (0, 1)
            case 180: (-1, 0)
            case 270: (0, -1)
            default: (1 - degrees * degrees / 6566, degrees / 57.2958)
            }
        return "\(c) \(-s) \(s) \(c) \(x) \(842 - y)"
    }
}
