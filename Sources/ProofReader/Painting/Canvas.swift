import CPoppler
import Vocabulary

/// A white page that is painted on, in points from its top left corner. Owns cairo's objects and frees them.
final class Canvas {
    private let surface: OpaquePointer
    private let context: OpaquePointer
    private let page: Box
    private let scale: Double

    /// - Parameters:
    ///   - width, height: in points.
    ///   - dpi: pixels an inch; fewer where the page would have more pixels than the cap.
    /// - Returns: nil for a page without a size, or of one beyond reason.
    init?(width: Double, height: Double, dpi: Double) {
        guard width.isFinite, height.isFinite, width >= 1, height >= 1, dpi > 0 else { return nil }
        let most = (Double(PDFFile.Cap.pixels) / (width * height)).squareRoot()
        let scale = min(dpi / 72, most)
        // Cairo's pictures have at most 32,767 pixels a side.
        guard width * scale >= 1, height * scale >= 1, max(width, height) * scale < 32_000,
            let surface = cairo_image_surface_create(
                CAIRO_FORMAT_RGB24, Int32((width * scale).rounded()), Int32((height * scale).rounded()))
        else { return nil }
        guard cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS, let context = cairo_create(surface) else {
            cairo_surface_destroy(surface)
            return nil
        }
        self.surface = surface
        self.context = context
        self.scale = scale
        page = Box(x0: 0, y0: 0, x1: width, y1: height)
        cairo_set_source_rgb(context, 1, 1, 1)
        cairo_paint(context)
        cairo_scale(context, scale, scale)
    }

    deinit {
        cairo_destroy(context)
        cairo_surface_destroy(surface)
    }

    /// Has the page itself painted; what that does to the context is undone.
    func paint(_ body: (OpaquePointer) -> Void) {
        cairo_save(context)
        body(context)
        cairo_restore(context)
    }

    /// Puts a picture over the whole page.
    func paint(_ picture: Picture) {
        // RGB24 is B, G, R, unused in memory on little-endian machines: gray three times.
        var pixels = picture.gray.map { UInt32($0) * 0x01_01_01 }
        pixels.withUnsafeMutableBytes { bytes in
            guard
                let image = cairo_image_surface_create_for_data(
                    bytes.bindMemory(to: UInt8.self).baseAddress, CAIRO_FORMAT_RGB24, Int32(picture.width),
                    Int32(picture.height), Int32(picture.width * 4))
            else { return }
            paint { context in
                cairo_scale(context, 1 / picture.scale, 1 / picture.scale)
                cairo_set_source_surface(context, image, 0, 0)
                cairo_paint(context)
            }
            cairo_surface_flush(surface)
            cairo_surface_destroy(image)
        }
    }

    /// What is painted so far, in gray; nil where painting failed.
    func gray() -> Picture? {
        cairo_surface_flush(surface)
        guard cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS, let data = cairo_image_surface_get_data(surface)
        else { return nil }
        let (w, h) = (Int(cairo_image_surface_get_width(surface)), Int(cairo_image_surface_get_height(surface)))
        let stride = Int(cairo_image_surface_get_stride(surface))
        let gray = [UInt8](unsafeUninitializedCapacity: w * h) { out, count in
            guard let first = out.baseAddress else { return }
            for y in 0..<h {
                // RGB24 is a word a pixel, blue in its lowest byte. Luma by BT.601 weights.
                let row = UnsafeRawPointer(data + y * stride).assumingMemoryBound(to: UInt32.self)
                let to = first + y * w
                for x in 0..<w {
                    let p = row[x]
                    let luma = 29 &* (p & 0xFF) &+ 150 &* (p >> 8 & 0xFF) &+ 77 &* (p >> 16 & 0xFF)
                    to[x] = UInt8(truncatingIfNeeded: luma &>> 8)
                }
            }
            count = w * h
        }
        return Picture(width: w, height: h, scale: scale, gray: gray)
    }

    /// The finished picture, nil where painting failed.
    func png() -> [UInt8]? {
        cairo_surface_flush(surface)
        guard cairo_status(context) == CAIRO_STATUS_SUCCESS else { return nil }
        let sink = Sink()
        let status = cairo_surface_write_to_png_stream(
            surface,
            { closure, data, length in
                guard let closure, let data else { return CAIRO_STATUS_WRITE_ERROR }
                Unmanaged<Sink>.fromOpaque(closure).takeUnretainedValue().bytes.append(
                    contentsOf: UnsafeBufferPointer(start: data, count: Int(length)))
                return CAIRO_STATUS_SUCCESS
            }, Unmanaged.passUnretained(sink).toOpaque())
        return status == CAIRO_STATUS_SUCCESS ? sink.bytes : nil
    }

    private final class Sink {
        var bytes: [UInt8] = []
    }
}

// MARK: Marks

extension Canvas {
    private static let letter = 6.5

    /// Boxes first, labels over them, each where it hides neither box nor label nor print as far as there is room.
    func draw(_ marks: [PageDrawing.Mark]) {
        let ink = gray().map { Raster($0) }
        let boxes = marks.map { m in
            Box(x0: Double(m.box[0]), y0: Double(m.box[1]), x1: Double(m.box[2]), y1: Double(m.box[3])).inset(-1)
        }
        for (mark, box) in zip(marks, boxes) {
            set(mark.colour)
            cairo_rectangle(context, box.x0, box.y0, box.width, box.height)
            if mark.isCovered { cairo_fill_preserve(context) }
            cairo_set_line_width(context, 1)
            cairo_stroke(context)
        }
        "sans-serif".withCString {
            cairo_select_font_face(context, $0, CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL)
        }
        cairo_set_font_size(context, Canvas.letter)
        var labels = LabelPlaces(page: page, taken: boxes)
        for (mark, box) in zip(marks, boxes) where !mark.label.isEmpty {
            let room = labels.place(width: width(of: mark.label) + 3, at: box) { ink?.density($0) ?? 0 }
            set(mark.colour)
            cairo_rectangle(context, room.x0, room.y0, room.width, room.height)
            cairo_fill(context)
            cairo_set_source_rgb(context, 1, 1, 1)
            cairo_move_to(context, room.x0 + 1.5, room.y1 - 2.2)
            cairo_show_text(context, mark.label)
        }
    }

    private func set(_ c: PageDrawing.Colour) {
        cairo_set_source_rgb(context, Double(c.red) / 255, Double(c.green) / 255, Double(c.blue) / 255)
    }

    private func width(of label: String) -> Double {
        var extents = cairo_text_extents_t()
        cairo_text_extents(context, label, &extents)
        return max(0, min(extents.x_advance, page.width))
    }
}
