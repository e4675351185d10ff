import CTesseract
import Vocabulary

/// Reads printed characters from pictures with tesseract. Made once for many pages: its models take tens of milliseconds to
/// load.
final class Recogniser {
    /// What was read from a page.
    struct Recognition {
        /// In the upright page's frame.
        var words: [Word]
        /// Ink and paper of the upright page.
        var raster: Raster
        var turn: Turn
        /// Words that were left out since hardly anything of them is certain: handwriting, stamps, dirt.
        var unread: [Box]
    }

    private let languages: String
    private var reading: OpaquePointer?
    private let orientation = Orientation()

    /// - Parameter languages: tesseract's names (`eng`, `deu`); those whose model is not installed are left out.
    init(languages: [String]) {
        self.languages = languages.joined(separator: "+")
    }

    deinit {
        guard let reading else { return }
        TessBaseAPIEnd(reading)
        TessBaseAPIDelete(reading)
    }

    /// The words of a page. Nil where no model of the languages is installed.
    ///
    /// An upright page costs one recognition. Only one of which little could be read is looked at for its orientation, and
    /// read once more.
    ///
    /// - Parameter begin: called before each recognition.
    func read(_ picture: Picture, begin: (Work) -> Void) -> Recognition? {
        begin(.recognition)
        guard let first = read(picture, quarters: 0) else { return nil }
        if Recogniser.isConvincing(first.words) { return first }
        let quarters = orientation.quarters(of: picture).map { [$0] } ?? [1, 2, 3]
        return quarters.filter { $0 != 0 }.compactMap { q in
            begin(.recognition)
            return read(picture.turned(quarters: q), quarters: q)
        }.reduce(first) { Recogniser.weight($1.words) > Recogniser.weight($0.words) ? $1 : $0 }
    }

    private func read(_ picture: Picture, quarters: Int) -> Recognition? {
        guard let api = open(), var upright = picture.pix,
            var ink = Cleaning.ink(of: upright, resolution: picture.resolution)
        else { return nil }
        let angle = Orientation.skew(ink)
        if angle != 0, let straight = picture.turned(angle: angle).pix,
            let level = Cleaning.ink(of: straight, resolution: picture.resolution)
        {
            (upright, ink) = (straight, level)
        }
        guard let clean = Cleaning(upright, ink: ink, resolution: picture.resolution) else { return nil }
        TessBaseAPISetImage2(api, clean.picture.pointer)
        TessBaseAPISetSourceResolution(api, Int32(picture.resolution))
        guard TessBaseAPIRecognize(api, nil) == 0 else { return nil }
        let raster = Raster(clean.ink, scale: picture.scale)
        // A box to tick is taken for a letter.
        let all = words(api, scale: picture.scale).filter { w in
            w.text.count > 3 || (w.confidence ?? 0) > 870
                || !raster.checkBoxes(in: w.box.inset(-3)).contains { $0.box.width > 0.6 * w.box.width }
        }
        let print = Print(all)
        var read = all.filter(print.isPrint)
        var unread: [Box] = []
        for w in all where !print.isPrint(w) {
            if print.isSmall(w.box), let word = again(api, w.box, scale: picture.scale), print.isPrint(word) {
                read.append(word)
            } else {
                unread.append(w.box)
            }
        }
        let size = picture.size
        return Recognition(
            words: read, raster: raster,
            turn: Turn(quarters: quarters, angle: angle, width: size.width, height: size.height), unread: unread)
    }

    /// A second look at a place by itself: a figure that stands alone is often taken for dirt among words.
    private func again(_ api: OpaquePointer, _ box: Box, scale: Double) -> Word? {
        TessBaseAPISetPageSegMode(api, PSM_SINGLE_WORD)
        defer { TessBaseAPISetPageSegMode(api, PSM_AUTO) }
        let b = box.inset(-4)
        TessBaseAPISetRectangle(
            api, Int32(max(0, b.x0 * scale)), Int32(max(0, b.y0 * scale)), Int32(b.width * scale),
            Int32(b.height * scale))
        guard TessBaseAPIRecognize(api, nil) == 0 else { return nil }
        let words = words(api, scale: scale)
        return words.count == 1 && (words[0].confidence ?? 0) >= 500 && words[0].text.contains(where: \.isNumber)
            ? words[0] : nil
    }

    private func words(_ api: OpaquePointer, scale: Double) -> [Word] {
        guard let results = TessBaseAPIGetIterator(api) else { return [] }
        defer { TessResultIteratorDelete(results) }
        var out: [Word] = []
        repeat {
            guard let raw = TessResultIteratorGetUTF8Text(results, RIL_WORD) else { continue }
            defer { TessDeleteText(raw) }
            // No language that is read here has an i without its dot: the dot was lost.
            let text = String(String(cString: raw).filter { !$0.isWhitespace }.map { $0 == "ı" ? "i" : $0 })
            var (x0, y0, x1, y1): (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)
            guard !text.isEmpty,
                TessPageIteratorBoundingBox(
                    TessResultIteratorGetPageIterator(results), RIL_WORD, &x0, &y0, &x1, &y1) != 0
            else { continue }
            let confidence = TessResultIteratorConfidence(results, RIL_WORD)
            out.append(
                Word(
                    text,
                    Box(
                        x0: Double(x0) / scale, y0: Double(y0) / scale, x1: Double(x1) / scale, y1: Double(y1) / scale),
                    confidence: Int((max(0, min(100, confidence)) * 10).rounded())))
        } while TessResultIteratorNext(results, RIL_WORD) != 0
        return out
    }

    private func open() -> OpaquePointer? {
        if let reading { return reading }
        guard let api = TessBaseAPICreate() else { return nil }
        guard TessBaseAPIInit2(api, nil, languages, OEM_LSTM_ONLY) == 0 else {
            TessBaseAPIDelete(api)
            return nil
        }
        // Sauvola's threshold follows the light over the page: photos of papers need it.
        for (name, value) in [("thresholding_method", "2"), ("debug_file", "/dev/null")] {
            TessBaseAPISetVariable(api, name, value)
        }
        TessBaseAPISetPageSegMode(api, PSM_AUTO)
        reading = api
        return api
    }

    // MARK: How well it went

    /// Letters and figures that were read with some certainty, in words that lie and do not stand: of a page on its side
    /// tesseract reads columns too, in a frame that is of no use.
    private static func weight(_ words: [Word]) -> Int {
        words.reduce(0) { n, w in
            (w.confidence ?? 0) >= 700 && w.text.count > 2 && w.box.width > w.box.height
                ? n + w.text.count(where: { $0.isLetter || $0.isNumber }) : n
        }
    }

    /// Enough that the page must stand upright.
    private static func isConvincing(_ words: [Word]) -> Bool {
        let all = words.reduce(0) { $0 + $1.text.count }
        let good = weight(words)
        return good >= 40 && good * 10 >= all * 5
    }
}

extension Raster {
    /// - Parameter ink: of one bit.
    init(_ ink: Pix, scale: Double) {
        let (w, h) = (ink.width, ink.height)
        var out = [Bool](repeating: false, count: w * h)
        if ink.depth == 1, let data = pixGetData(ink.pointer) {
            let words = Int(pixGetWpl(ink.pointer))
            for y in 0..<h {
                for x in 0..<w where data[y * words + x >> 5] >> UInt32(31 - x & 31) & 1 == 1 { out[y * w + x] = true }
            }
        }
        self.init(width: w, height: h, scale: scale, ink: out)
    }
}
