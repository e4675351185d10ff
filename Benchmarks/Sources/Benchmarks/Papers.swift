import Foundation

/// Proofs of delivery made up from a seed, in three forms as carriers print them: a receipt with labels and values, a form
/// of numbered boxes, a delivery note with rows of goods on one or two pages; with rules, small print and a pen's stroke.
struct Papers {
    private var numbers: SplitMix
    private var count = 0

    init(seed: UInt64) { numbers = SplitMix(seed: seed) }

    /// The operators of a paper's pages; the number that its barcode would hold.
    struct Paper {
        var pages: [String]
        var number: String
    }

    static let width = 595
    static let height = 842

    mutating func next() -> Paper {
        count += 1
        let number = "TWM\(5_000_000 + count)"
        return switch count % 3 {
        case 0: Paper(pages: [receipt(number)], number: number)
        case 1: Paper(pages: [boxes(number)], number: number)
        default: Paper(pages: note(number), number: number)
        }
    }

    /// A paper as a file.
    static func file(_ paper: Paper) -> Data {
        var file = PaperFile(width: width, height: height)
        for page in paper.pages { file.page(page) }
        return file.data
    }

    private static let goods = [
        "Cut glass tumblers, boxed", "Rattan chairs, knocked down", "Table linen, cotton, white",
        "Steel brackets 40 mm",
        "Ceramic tiles, glazed, 20 x 20", "LED fittings, outdoor", "Garden hose 25 m", "Paper sacks, unprinted",
    ]
    private static let small = [
        "Claims for loss or damage that can be seen have to be noted on this receipt when the goods are taken over; all",
        "others have to reach the carrier in writing within seven days. The carrier's liability is limited as its general",
        "conditions of carriage say, a copy of which is sent on request. Pallets are exchanged one for one or are charged.",
        "Waiting time beyond sixty minutes is charged by the quarter of an hour. The driver is not to unload by hand.",
    ]

    private mutating func date() -> String {
        String(format: "%04d-%02d-%02d", 2026, numbers.number(1...3), numbers.number(10...28))
    }

    private mutating func time() -> String {
        String(format: "%02d:%02d", numbers.number(7...17), numbers.number(0...59))
    }

    private mutating func stroke(_ x: Int, _ y: Int) -> String {
        var s = "1 w \(x) \(y) m\n"
        for i in 0..<numbers.number(5...8) {
            let at = x + i * 13
            let up = numbers.number(5...12) * (i % 2 == 0 ? 1 : -1)
            s += "\(at + 4) \(y + up) \(at + 9) \(y + up) \(at + 13) \(y) c\n"
        }
        return s + "S\n"
    }

    private func print(_ y: Int) -> String {
        Papers.small.enumerated().map { PaperFile.text($1, 40, y - 9 * $0, size: 7) }.joined()
    }

    private mutating func receipt(_ number: String) -> String {
        let cartons = numbers.number(2...60)
        let fields = [
            ("PRO No.:", number), ("Bill of lading:", "PGB-\(numbers.number(1000...99_999))"),
            ("PO Number:", "\(numbers.number(300_000...399_999))"), ("Trailer:", "TR\(numbers.number(1000...9999))"),
            ("Seal:", "SL\(numbers.number(100_000...999_999))"), ("Shipper:", "Piedmont Glassworks LLC, Danville VA"),
            ("Consignee:", "Brackenhill Chester DC, Chester VA 23831"),
            ("Shipped:", "\(cartons) cartons, \(numbers.number(100...900)) kg"), ("Delivery date:", date()),
            ("Delivery time:", time()), ("Arrival:", time()), ("Departure:", time()),
            ("Pieces received:", "\(cartons) cartons"),
        ]
        var s = PaperFile.text("Tidewater Motor Lines", 40, 790, size: 14, bold: true)
        s += PaperFile.text("PROOF OF DELIVERY", 380, 790, size: 14, bold: true)
        s += PaperFile.text("2200 Hopewell Pike, Petersburg VA 23803", 40, 774) + PaperFile.rule(40, 765, 515)
        for (i, f) in fields.enumerated() {
            s += PaperFile.text(f.0, 40, 740 - 20 * i) + PaperFile.text(f.1, 160, 740 - 20 * i)
        }
        s += goods(from: 450, rows: numbers.number(3...8))
        s += PaperFile.text("Received by (print):", 40, 220) + PaperFile.text("D. WHITLOCK", 160, 220, bold: true)
        s += PaperFile.text("Signature:", 330, 220) + PaperFile.rule(390, 216, 160) + stroke(400, 226)
        return s + print(120)
    }

    private mutating func boxes(_ number: String) -> String {
        let packages = numbers.number(2...30)
        let cells = [
            ("1 Sender", "Norrland Timber AB, Umea, SE"), ("16 Carrier", "Weser Spedition GmbH, Bremen, DE"),
            ("2 Consignee", "Castle Quay Stores Ltd, Leeds, GB"), ("17 Successive carriers", ""),
            ("3 Place of delivery", "Leeds LS10 1AB, GB"), ("18 Carrier's reservations", ""),
            ("4 Place and date of taking over", "Umea \(date())"), ("5 Documents attached", "Packing list"),
            ("6 Marks and Nos", "CQ 1-\(packages)"), ("7 Number of packages", "\(packages) pallets"),
            ("9 Nature of the goods", Papers.goods[numbers.number(0...7)]),
            ("11 Gross weight in kg", "\(numbers.number(400...20_000))"),
            ("13 Sender's instructions", "Deliver before noon"), ("19 To be paid by", "Sender"),
            ("Order number", "\(numbers.number(500_000...599_999))"),
            ("Registration", "HB-WS \(numbers.number(100...999))"),
        ]
        var s = PaperFile.text("CMR", 40, 795, size: 16, bold: true)
        s += PaperFile.text("International consignment note No. \(number)", 220, 795, size: 11, bold: true)
        for (i, cell) in cells.enumerated() {
            let (x, y) = (40 + i % 2 * 258, 735 - i / 2 * 52)
            s += "0.5 w \(x) \(y) 258 52 re S\n" + PaperFile.text(cell.0, x + 4, y + 42, size: 7)
            s += PaperFile.text(cell.1, x + 8, y + 22)
        }
        s += "0.5 w 40 220 516 100 re S\n" + PaperFile.text("24 Goods received", 44, 308, size: 7, bold: true)
        s += PaperFile.text("Date of delivery: \(date()) \(time())", 48, 290)
        s += PaperFile.text("Packages received: \(packages) pallets", 48, 272)
        s += PaperFile.text("Received by: M. HARGREAVES", 48, 254)
        s += PaperFile.text("Signature of the consignee:", 300, 254) + stroke(420, 240)
        return s + print(150)
    }

    private mutating func note(_ number: String) -> [String] {
        let long = numbers.number(1...3) == 1
        var head = PaperFile.text("Piedmont Glassworks LLC", 40, 795, size: 13, bold: true)
        head += PaperFile.text("Delivery note \(number)", 360, 795, size: 13, bold: true)
        head += PaperFile.text("Order number: \(numbers.number(300_000...399_999))", 40, 765)
        head += PaperFile.text("Ship to: Brackenhill Chester DC, Chester VA 23831", 40, 750)
        head += PaperFile.text("Date: \(date())", 360, 765) + PaperFile.rule(40, 740, 515)
        var tail = PaperFile.text("Goods received in good order", 40, 190, bold: true)
        tail += PaperFile.text("Date received: \(date()) \(time())", 40, 172)
        tail += PaperFile.text("Received by: A. OKAFOR", 40, 154)
        tail += PaperFile.text("Signature:", 330, 154) + PaperFile.rule(390, 150, 160) + stroke(400, 160)
        guard long else { return [head + goods(from: 715, rows: numbers.number(6...18)) + tail + print(110)] }
        let second = head + goods(from: 715, rows: numbers.number(6...18)) + tail + print(110)
        return [
            head + goods(from: 715, rows: 36) + PaperFile.text("Page 1 of 2", 480, 40, size: 7),
            second + PaperFile.text("Page 2 of 2", 480, 40, size: 7),
        ]
    }

    private mutating func goods(from top: Int, rows: Int) -> String {
        let columns = [40, 80, 330, 400, 480]
        func row(_ cells: [String], _ y: Int, bold: Bool = false) -> String {
            zip(cells, columns).map { PaperFile.text($0, $1, y, bold: bold) }.joined()
        }
        var s = row(["Line", "Description", "Ordered", "Delivered", "Weight kg"], top, bold: true)
        s += PaperFile.rule(40, top - 4, 515)
        for i in 1...rows {
            let n = "\(numbers.number(1...40))"
            s += row(
                ["\(i)", Papers.goods[numbers.number(0...7)], n, n, "\(numbers.number(5...500))"], top - 4 - 14 * i)
        }
        return s + PaperFile.rule(40, top - 10 - 14 * rows, 515)
    }
}
