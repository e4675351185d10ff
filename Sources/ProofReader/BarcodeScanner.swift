import CZBar

/// Finds barcodes in a gray picture by zbar. Not thread-safe: one a reader.
final class BarcodeScanner {
    private let scanner: OpaquePointer?

    /// What is looked for. Not DataBar, and no partial results: zbar reads both into table rules and hatching.
    private static let symbologies: [(type: zbar_symbol_type_t, name: String)] = [
        (ZBAR_CODE128, "code-128"), (ZBAR_CODE39, "code-39"), (ZBAR_I25, "itf"), (ZBAR_EAN13, "ean-13"),
        (ZBAR_QRCODE, "qr"),
    ]

    init() {
        scanner = zbar_image_scanner_create()
        zbar_image_scanner_set_config(scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 0)
        for s in BarcodeScanner.symbologies { zbar_image_scanner_set_config(scanner, s.type, ZBAR_CFG_ENABLE, 1) }
    }

    deinit { zbar_image_scanner_destroy(scanner) }

    /// The codes in a picture, each with its box on the page. Linear in the number of pixels: 25 ns each on the reference machine.
    func scan(_ picture: GrayPicture) -> [Barcode] {
        guard picture.width >= 16, picture.height >= 16, let image = zbar_image_create() else { return [] }
        defer { zbar_image_destroy(image) }
        // `Y800`, eight bits of gray.
        zbar_image_set_format(image, 0x3030_3859)
        zbar_image_set_size(image, UInt32(picture.width), UInt32(picture.height))
        return picture.pixels.withUnsafeBytes { bytes in
            zbar_image_set_data(image, bytes.baseAddress, UInt(bytes.count), nil)
            guard zbar_scan_image(scanner, image) > 0 else { return [] }
            var out: [Barcode] = []
            var symbol = zbar_image_first_symbol(image)
            while let s = symbol {
                out += codes(s, in: picture)
                symbol = zbar_symbol_next(s)
            }
            return out
        }
    }

    /// One symbol of zbar's is all codes of the same text on the picture: they are told apart by where they were read.
    private func codes(_ symbol: OpaquePointer, in picture: GrayPicture) -> [Barcode] {
        let type = zbar_symbol_get_type(symbol)
        guard let name = BarcodeScanner.symbologies.first(where: { $0.type == type })?.name,
            let data = zbar_symbol_get_data(symbol)
        else { return [] }
        let length = Int(zbar_symbol_get_data_length(symbol))
        var bytes = data.withMemoryRebound(to: UInt8.self, capacity: length) {
            [UInt8](UnsafeBufferPointer(start: $0, count: length))
        }
        while bytes.last == 0 { bytes.removeLast() }
        let isGS1 = zbar_symbol_get_modifiers(symbol) & (1 << ZBAR_MOD_GS1.rawValue) != 0
        let text = String(decoding: bytes, as: UTF8.self)
        guard !text.isEmpty else { return [] }
        let points = (0..<zbar_symbol_get_loc_size(symbol)).map {
            (x: Int(zbar_symbol_get_loc_x(symbol, $0)), y: Int(zbar_symbol_get_loc_y(symbol, $0)))
        }
        guard !points.isEmpty else { return [] }
        let symbology = isGS1 && name == "code-128" ? "gs1-128" : name
        func code(_ x0: Int, _ y0: Int, _ x1: Int, _ y1: Int, lines: Int) -> Barcode {
            Barcode(
                symbology: symbology, text: text,
                box: Box(
                    x0: picture.left + Double(x0) / picture.scale, y0: picture.top + Double(y0) / picture.scale,
                    x1: picture.left + Double(x1) / picture.scale, y1: picture.top + Double(y1) / picture.scale),
                lines: lines, isGS1: isGS1)
        }
        if type == ZBAR_QRCODE {
            // Four corners, and only one symbol a text and place.
            let x = points.map(\.x).sorted()
            let y = points.map(\.y).sorted()
            return [code(x[0], y[0], x[x.count - 1], y[y.count - 1], lines: max(1, Int(zbar_symbol_get_quality(symbol))))]
        }
        let orientation = zbar_symbol_get_orientation(symbol)
        let isUpright = orientation == ZBAR_ORIENT_UP || orientation == ZBAR_ORIENT_DOWN
        // zbar notes where each scan line left the code: lines that run forth give one end, those that run back the other.
        let lines = points.map { isUpright ? (line: $0.y, end: $0.x) : (line: $0.x, end: $0.y) }
            .sorted { ($0.line, $0.end) < ($1.line, $1.end) }
        var groups: [[(line: Int, end: Int)]] = []
        let gap = max(4, Int(12 * picture.scale))
        for l in lines {
            if let last = groups.last?.last, l.line - last.line <= gap {
                groups[groups.count - 1].append(l)
            } else {
                groups.append([l])
            }
        }
        return groups.map { g in
            var lo = g.map(\.end).min() ?? 0
            var hi = g.map(\.end).max() ?? 0
            if Double(hi - lo) < 10 * picture.scale {
                // Only one end was seen.
                let middle = g[g.count / 2]
                (lo, hi) = picture.bars(line: middle.line, from: middle.end, upright: isUpright)
            }
            let first = g[0].line
            let last = g[g.count - 1].line + 1
            return isUpright
                ? code(lo, first, hi, last, lines: g.count) : code(first, lo, last, hi, lines: g.count)
        }
    }
}

extension GrayPicture {
    /// How far bars reach to both sides of a place on a line (a row, or a column where not `upright`): up to a blank wider than
    /// any space within a code, which has at most four modules.
    fileprivate func bars(line: Int, from start: Int, upright: Bool) -> (Int, Int) {
        let length = upright ? width : height
        guard (0..<(upright ? height : width)).contains(line), length > 0 else { return (start, start) }
        func isDark(_ i: Int) -> Bool { (upright ? pixels[line * width + i] : pixels[i * width + line]) < 128 }
        func walk(_ step: Int) -> Int {
            var at = max(0, min(length - 1, start))
            var edge = at
            var blank = 0
            var narrowest = Int.max
            var run = 0
            while (0..<length).contains(at) {
                if isDark(at) {
                    blank = 0
                    run += 1
                    edge = at
                } else {
                    if run > 0 { narrowest = min(narrowest, run) }
                    run = 0
                    blank += 1
                    // Before the first bar the blank is the quiet zone, if the way leads out of the code.
                    if blank > (narrowest == .max ? Int(6 * scale) : max(narrowest, 2) * 6) { break }
                }
                at += step
            }
            return edge
        }
        return (walk(-1), walk(1) + 1)
    }
}
