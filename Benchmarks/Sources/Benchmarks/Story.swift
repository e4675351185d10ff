/// One telling of the sample story: the same trade under numbers of its own.
///
/// The samples are templates. A word (letters, digits, hyphens) that is one of their identifiers is exchanged for the
/// story's; lengths that matter and check digits stay right, so that nothing is read as broken.
struct Story {
    let number: Int
    private let words: [String: String]

    init(_ number: Int) {
        self.number = number
        let bill = "NKOL\(27_000_000 + number)"
        var words = [
            // Richmond's order: quote, order, load, dispatch, receipt, invoice, freight, payment.
            "300118": "\(400_000 + number)", "PQ-5512": "PQ-\(100_000 + number)", "PS-118": "PS-\(100_000 + number)",
            "LD77031": "LD\(100_000 + number)", "TWM5501188": "TWM\(5_600_000 + number)",
            "PGS-9001": "PGS-\(100_000 + number)", "PGB-4402": "PGB-\(100_000 + number)",
            "GR-6101": "GR-\(100_000 + number)", "PGI-7701": "PGI-\(100_000 + number)",
            "TW-30091": "TW-\(100_000 + number)", "PAYBH20618": "PAYBH\(100_000 + number)",
            // Leeds' order: confirmation, booking, dispatch, sailing, invoice, customs.
            "300121": "\(500_000 + number)", "SLC-0871": "SLC-\(100_000 + number)",
            "TB-1190": "TB-\(100_000 + number)", "NKB8804117": "NKB\(8_900_000 + number)",
            "SLD-2207": "SLD-\(100_000 + number)", "SLI-0455": "SLI-\(100_000 + number)",
            "NKS-55120": "NKS-\(100_000 + number)", "NKOL26031877": bill,
            "6GB952100100000-NKOL26031877": "6GB952100100000-\(bill)", "CQ26-003418": "CQ26-\(100_000 + number)",
            "6f0c2d7be41948d3a5f1c07e92b8d364": "6f0c2d7be41948d3a5f1c07e92\(100_000 + number)",
            // What the mails are about, and their Message-IDs.
            "300127": "\(600_000 + number)", "TWM5501243": "TWM\(5_700_000 + number)",
            "LD77038": "LD\(200_000 + number)", "7118": "\(100_000 + number)", "0402": "\(200_000 + number)",
            "2291": "\(300_000 + number)", "9042": "\(400_000 + number)", "118": "\(500_000 + number)",
        ]
        words["NKOU4129057"] = Self.closed("NKOU\(100_000 + number)")
        words["26GB4K7T2QW9M3XR84"] = Self.closed("26GB4K7T2QW\(100_000 + number)")
        for (place, sample) in ["00095200002000000015", "00095200002000000022", "00095200002000000039"].enumerated() {
            words[sample] = "00" + Self.packed("0952000020\(1_000_000 + 3 * number + place)")
        }
        // Control numbers: each sender counts on, and an acknowledgement still names what it acknowledges.
        for control in 4101...4105 {
            let next = String(control + 100 * number)
            words["\(control)"] = next
            words["00000\(control)"] = String(repeating: "0", count: 9 - next.count) + next
        }
        for control in 701...703 { words["\(control)"] = String(control + 1000 * number) }
        self.words = words
    }

    /// The word that stands for one of the samples' here.
    func word(_ sample: String) -> String { words[sample] ?? sample }

    /// A template with this story's numbers.
    func told(_ template: String) -> String {
        var out = ""
        out.reserveCapacity(template.utf8.count + 64)
        var rest = template[...]
        while let first = rest.first {
            let isWord = Self.isWord(first)
            let run = rest.prefix { Self.isWord($0) == isWord }
            out += isWord ? word(String(run)) : String(run)
            rest = rest[run.endIndex...]
        }
        return out
    }

    private static func isWord(_ c: Character) -> Bool { c.isASCII && (c.isLetter || c.isNumber || c == "-") }

    /// With the check digit of ISO 6346, which containers and movement reference numbers share: letters count from 10
    /// without the multiples of 11, places double, modulo 11, ten is nought.
    private static func closed(_ text: String) -> String {
        var sum = 0
        for (place, c) in text.utf8.enumerated() {
            let letter = Int(c) - 55
            sum += (c < 65 ? Int(c) - 48 : letter + (letter - 1) / 10) << place
        }
        return text + String(sum % 11 % 10)
    }

    /// With the check digit of GS1: weights 3 and 1 from the right.
    private static func packed(_ text: String) -> String {
        let sum = text.utf8.reversed().enumerated().reduce(0) {
            $0 + (Int($1.element) - 48) * ($1.offset % 2 == 0 ? 3 : 1)
        }
        return text + String((10 - sum % 10) % 10)
    }
}
