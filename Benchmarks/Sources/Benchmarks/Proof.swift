/// A proof of delivery as a small PDF with a text layer: one page, one font, nothing compressed.
enum Proof {
    static func page(of story: Story) -> String {
        let rows = [
            (40, 742, "Tidewater Motor Lines"), (380, 742, "PROOF OF DELIVERY"),
            (40, 726, "2200 Hopewell Pike, Petersburg VA 23803"),
            (40, 687, "PRO No.:"), (160, 687, story.word("TWM5501188")),
            (40, 663, "Bill of lading:"), (160, 663, story.word("PGB-4402")),
            (40, 639, "PO Number:"), (160, 639, story.word("300118")),
            (40, 615, "Shipper:"), (160, 615, "Piedmont Glassworks LLC, Danville VA"),
            (40, 591, "Consignee:"), (160, 591, "Brackenhill Chester DC, Chester VA 23831"),
            (40, 567, "Shipped:"), (160, 567, "28 cartons, 402 kg"),
            (40, 543, "Delivery date:"), (160, 543, "03/04/2026"),
            (40, 519, "Delivery time:"), (160, 519, "14:10"),
            (40, 495, "Pieces received:"), (160, 495, "28 cartons"),
            (40, 417, "Received by (print):"), (160, 417, "D. WHITLOCK"),
            (330, 417, "Signature:"), (400, 417, "(signed)"),
        ]
        var file = PaperFile(width: 612, height: 792)
        file.page(rows.map { PaperFile.text($0.2, $0.0, $0.1, size: 10) }.joined())
        return String(decoding: file.data, as: UTF8.self)
    }
}
