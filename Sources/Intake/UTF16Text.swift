/// Text in UTF-16, as Windows tools write it, turned into UTF-8.
enum UTF16Text {
    /// The text without its byte order mark, or nil where the bytes are no UTF-16: neither a mark nor, at the start, ASCII
    /// with a zero beside each character. Half a character at the end is left out.
    static func decoded(bytes: [UInt8]) -> [UInt8]? {
        guard bytes.count >= 4 else { return nil }
        let little: Bool
        switch (bytes[0], bytes[1]) {
        case (0xFF, 0xFE): little = true
        case (0xFE, 0xFF): little = false
        default:
            let pairs = (0..<min(16, bytes.count / 2))
            let low = pairs.allSatisfy { bytes[2 * $0] != 0 && bytes[2 * $0] < 0x80 && bytes[2 * $0 + 1] == 0 }
            let high = pairs.allSatisfy { bytes[2 * $0] == 0 && bytes[2 * $0 + 1] != 0 && bytes[2 * $0 + 1] < 0x80 }
            guard low || high else { return nil }
            little = low
        }
        var units: [UInt16] = []
        units.reserveCapacity(bytes.count / 2)
        for i in stride(from: 0, to: bytes.count - 1, by: 2) {
            let a = UInt16(bytes[i])
            let b = UInt16(bytes[i + 1])
            units.append(little ? a | b << 8 : a << 8 | b)
        }
        if units.first == 0xFEFF { units.removeFirst() }
        return Array(String(decoding: units, as: UTF16.self).utf8)
    }
}
