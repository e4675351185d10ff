import CPoppler

extension PDFFile {
    /// A page painted in shades of gray; nil where it would be larger than `Cap.pixels` or cannot be painted.
    func gray(_ number: Int, dpi: Double) -> GrayPicture? {
        with(page: number) { page -> GrayPicture? in
            var width = 0.0
            var height = 0.0
            poppler_page_get_size(page, &width, &height)
            let scale = dpi / 72
            guard width.isFinite, height.isFinite, width > 0, height > 0,
                width * height * scale * scale < Double(Cap.pixels)
            else { return nil }
            let w = Int((width * scale).rounded(.up))
            let h = Int((height * scale).rounded(.up))
            guard let surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(w), Int32(h)) else { return nil }
            defer { cairo_surface_destroy(surface) }
            guard let context = cairo_create(surface) else { return nil }
            defer { cairo_destroy(context) }
            cairo_set_source_rgb(context, 1, 1, 1)
            cairo_paint(context)
            cairo_scale(context, scale, scale)
            poppler_page_render(page, context)
            cairo_surface_flush(surface)
            guard cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS,
                let data = cairo_image_surface_get_data(surface)
            else { return nil }
            let stride = Int(cairo_image_surface_get_stride(surface))
            let pixels = [UInt8](unsafeUninitializedCapacity: w * h) { out, count in
                for y in 0..<h {
                    let row = UnsafeRawPointer(data + y * stride).assumingMemoryBound(to: UInt32.self)
                    for x in 0..<w {
                        // Luma by BT.601 weights; RGB24 is 0x00RRGGBB.
                        let p = row[x]
                        let luma = 77 * (p >> 16 & 0xFF) + 150 * (p >> 8 & 0xFF) + 29 * (p & 0xFF)
                        out[y * w + x] = UInt8(truncatingIfNeeded: luma >> 8)
                    }
                }
                count = w * h
            }
            return GrayPicture(width: w, height: h, pixels: pixels, scale: scale)
        } ?? nil
    }

    /// Names of the fonts that a page's text is set in.
    func fonts(_ number: Int) -> Set<String> {
        with(page: number) { page in
            guard let list = poppler_page_get_text_attributes(page) else { return [] }
            defer { poppler_page_free_text_attributes(list) }
            var out: Set<String> = []
            var node: UnsafeMutablePointer<GList>? = list
            while let n = node {
                if let a = n.pointee.data?.assumingMemoryBound(to: PopplerTextAttributes.self).pointee,
                    let name = a.font_name
                {
                    out.insert(String(cString: name))
                }
                node = n.pointee.next
            }
            return out
        } ?? []
    }
}
