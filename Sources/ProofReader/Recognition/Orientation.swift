import CTesseract

/// Which way up a picture of a page is. Owns tesseract's model of orientation, loaded when it is first asked.
final class Orientation {
    private var api: OpaquePointer?

    deinit {
        guard let api else { return }
        TessBaseAPIEnd(api)
        TessBaseAPIDelete(api)
    }

    /// Clockwise quarters that make a page upright; nil where nothing speaks clearly for one, or the model is not installed.
    func quarters(of picture: Picture) -> Int? {
        guard let api = open(), let pix = picture.pix else { return nil }
        TessBaseAPISetPageSegMode(api, PSM_OSD_ONLY)
        TessBaseAPISetImage2(api, pix.pointer)
        var degrees: Int32 = 0
        var sureness: Float = 0
        var script: UnsafePointer<CChar>?
        var scriptSureness: Float = 0
        guard TessBaseAPIDetectOrientationScript(api, &degrees, &sureness, &script, &scriptSureness) != 0, sureness > 2
        else {
            return nil
        }
        return (4 - Int(degrees) / 90) % 4
    }

    private func open() -> OpaquePointer? {
        if let api { return api }
        guard let new = TessBaseAPICreate() else { return nil }
        guard TessBaseAPIInit2(new, nil, "osd", OEM_TESSERACT_ONLY) == 0 else {
            TessBaseAPIDelete(new)
            return nil
        }
        TessBaseAPISetVariable(new, "debug_file", "/dev/null")
        api = new
        return new
    }

    /// The angle, in radians clockwise, that makes lines level; 0 where they are, or nothing tells.
    static func skew(_ ink: Pix) -> Double {
        var degrees: Float = 0
        var sureness: Float = 0
        guard pixFindSkew(ink.pointer, &degrees, &sureness) == 0, sureness > 3, abs(degrees) > 0.15 else { return 0 }
        return Double(degrees) * .pi / 180
    }
}
