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

    /// The codes in a part of a page's picture, each with its box on the page. Linear in the number of pixels: about 20 ns each.
    ///
    /// - Parameters:
    ///   - box: the part, in points.
    ///   - everyLine: whether each line of pixels is followed, or every other, which takes half the time.
    func scan(_ page: Picture, within box: Box, everyLine: Bool) -> [Barcode] {
        guard let (picture, left, top) = page.cut(box) else { return [] }
        for axis in [ZBAR_CFG_X_DENSITY, ZBAR_CFG_Y_DENSITY] {
            zbar_image_scanner_set_config(scanner, ZBAR_NONE, axis, everyLine ? 1 : 2)
        }
        return scan(picture).map { code in
            var code = code
            code.box = Box(
                x0: code.box.x0 + left, y0: code.box.y0 + top, x1: code.box.x1 + left, y1: code.box.y1 + top)
            return code
        }
    }

    private func scan(_ picture: Picture) -> [Barcode] {
        guard let image = zbar_image_create() else { return [] }
        defer { zbar_image_destroy(image) }
        // `Y800`, eight bits of gray.
        zbar_image_set_format(image, 0x3030_3859)
        zbar_image_set_size(image, UInt32(picture.width), UInt32(picture.height))
        return picture.gray.withUnsafeBytes { bytes in
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
    private func codes(_ symbol: OpaquePointer, in picture: Picture) -> [Barcode] {
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
                    x0: Double(x0) / picture.scale, y0: Double(y0) / picture.scale, x1: Double(x1) / picture.scale,
                    y1: Double(y1) / picture.scale),
                lines: lines, isGS1: isGS1)
        }
        if type == ZBAR_QRCODE {
            // Four corners, and only one symbol a text and place.
            let x = points.map(\.x).sorted()
            let y = points.map(\.y).sorted()
            return [
                code(x[0], y[0], x[x.count - 1], y[y.count - 1], lines: max(1, Int(zbar_symbol_get_quality(symbol))))
            ]
        }
        let orientation = zbar_symbol_get_orientation(symbol)
        let isUpright = orientation == ZBAR_ORIENT_UP || orientation == ZBAR_ORIENT_DOWN
        // zbar notes where each scan line left the code: lines that run forth give one end, those that run back the other.
        let lines = points.map { isUpright ? (line: $0.y, end: $0.x) : (line: $0.x, end: $0.y) }
            .sorted { ($0.line, $0.end) < ($1.line, $1.end) }
        var groups: [[(line: Int, end: Int)]] = []
        let gap = max(4, Int(40 * picture.scale))
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

extension Picture {
    /// The part within a box of the page and where it begins, in points; nil where it has less than 16 pixels in a direction.
    fileprivate func cut(_ box: Box) -> (picture: Picture, left: Double, top: Double)? {
        guard box.isUsable else { return nil }
        let x0 = max(0, Int((box.x0 * scale).rounded(.down)))
        let y0 = max(0, Int((box.y0 * scale).rounded(.down)))
        let x1 = min(width, Int((box.x1 * scale).rounded(.up)))
        let y1 = min(height, Int((box.y1 * scale).rounded(.up)))
        guard x1 - x0 >= 16, y1 - y0 >= 16 else { return nil }
        if x0 == 0, y0 == 0, x1 == width, y1 == height { return (self, 0, 0) }
        var part: [UInt8] = []
        part.reserveCapacity((x1 - x0) * (y1 - y0))
        for y in y0..<y1 { part += gray[(y * width + x0)..<(y * width + x1)] }
        return (
            Picture(width: x1 - x0, height: y1 - y0, scale: scale, gray: part), Double(x0) / scale, Double(y0) / scale
        )
    }

    /// How far bars reach to both sides of a place on a line (a row, or a column where not `upright`): up to a blank wider than
    /// any space within a code, which has at most four modules.
    fileprivate func bars(line: Int, from start: Int, upright: Bool) -> (Int, Int) {
        let length = upright ? width : height
        guard (0..<(upright ? height : width)).contains(line), length > 0 else { return (start, start) }
        func isDark(_ i: Int) -> Bool { (upright ? gray[line * width + i] : gray[i * width + line]) < 128 }
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
