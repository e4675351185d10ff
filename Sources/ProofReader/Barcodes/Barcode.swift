/// A barcode on a page, as it was read.
struct Barcode: Hashable, Sendable {
    /// `code-128`, `gs1-128`, `code-39`, `itf`, `ean-13`, `qr`: the keys of `symbologies` in `schemas/proofs/barcodes.yaml`.
    var symbology: String
    /// Its data; U+001D where a GS1 code separates two fields.
    var text: String
    /// In points on the page.
    var box: Box
    /// Scan lines that gave this text, over all tries.
    var lines: Int
    /// It began with FNC1: its data are GS1 element strings.
    var isGS1: Bool

    /// Joins readings of one code: the same text at the same place. On a noisy picture lines may be read at its head and its foot
    /// only, so boxes that are less than 40 points apart are of one code.
    static func union(_ readings: [Barcode]) -> [Barcode] {
        var out: [Barcode] = []
        for r in readings {
            if let i = out.firstIndex(where: {
                $0.symbology == r.symbology && $0.text == r.text && $0.box.inset(-40).meets(r.box)
            }) {
                out[i].lines += r.lines
                out[i].box = out[i].box.union(r.box)
            } else {
                out.append(r)
            }
        }
        return out.sorted {
            ($0.box.y0, $0.box.x0, $0.text, $0.symbology) < ($1.box.y0, $1.box.x0, $1.text, $1.symbology)
        }
    }
}
