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
            (40, 417, "Received by \\(print\\):"), (160, 417, "D. WHITLOCK"),
            (330, 417, "Signature:"), (400, 417, "\\(signed\\)"),
        ]
        let text = rows.map { "BT /F1 10 Tf \($0.0) \($0.1) Td (\($0.2)) Tj ET\n" }.joined()
        let objects = [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
                + " /Resources << /Font << /F1 5 0 R >> >> >>",
            "<< /Length \(text.utf8.count) >>\nstream\n\(text)endstream",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        ]
        var pdf = "%PDF-1.4\n"
        var offsets: [Int] = []
        for (place, object) in objects.enumerated() {
            offsets.append(pdf.utf8.count)
            pdf += "\(place + 1) 0 obj\n\(object)\nendobj\n"
        }
        let table = pdf.utf8.count
        pdf += "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n"
        for offset in offsets { pdf += String(String(10_000_000_000 + offset).dropFirst()) + " 00000 n \n" }
        pdf += "trailer\n<< /Size \(objects.count + 1) /Root 1 0 R >>\nstartxref\n\(table)\n%%EOF\n"
        return pdf
    }
}
