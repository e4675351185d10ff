import CPoppler
import Schemas
import Vocabulary

/// What stands on a page as fields of a form and as annotations: text, boxes that are ticked, signatures.
struct PDFForm {
    /// Values of text and choice fields and typed annotations as words in their places, a ticked box as ☒, an empty one as ☐.
    private(set) var words: [Word] = []
    private(set) var marks: [Mark] = []

    /// - Parameters:
    ///   - page: poppler's, owned by the caller.
    ///   - height: of the page, in points; places of fields count from its bottom.
    init(_ page: OpaquePointer, height: Double) {
        readFields(page, height)
        readAnnotations(page, height)
    }

    private mutating func readFields(_ page: OpaquePointer, _ height: Double) {
        guard let list = poppler_page_get_form_field_mapping(page) else { return }
        defer { poppler_page_free_form_field_mapping(list) }
        forEach(list, as: PopplerFormFieldMapping.self) { m in
            guard let field = m.pointee.field, let box = PDFForm.box(m.pointee.area, height) else { return }
            switch poppler_form_field_get_field_type(field) {
            case POPPLER_FORM_FIELD_TEXT: words += spread(owned(poppler_form_field_text_get_text(field)), box)
            case POPPLER_FORM_FIELD_CHOICE: words += spread(PDFForm.choice(field), box)
            case POPPLER_FORM_FIELD_BUTTON:
                if poppler_form_field_button_get_button_type(field) != POPPLER_FORM_BUTTON_PUSH {
                    words.append(Word(poppler_form_field_button_get_state(field) != 0 ? "☒" : "☐", box))
                }
            case POPPLER_FORM_FIELD_SIGNATURE:
                if PDFForm.isSigned(field) { marks.append(Mark(kind: .field, box: box)) }
            default: break
            }
        }
    }

    /// What was chosen from a list, a line each, or written into its box.
    private static func choice(_ field: OpaquePointer) -> String {
        var chosen: [String] = []
        for i in 0..<max(0, min(poppler_form_field_choice_get_n_items(field), 1000))
        where poppler_form_field_choice_is_item_selected(field, i) != 0 {
            chosen.append(owned(poppler_form_field_choice_get_item(field, i)))
        }
        if chosen.isEmpty, poppler_form_field_choice_is_editable(field) != 0 {
            chosen.append(owned(poppler_form_field_choice_get_text(field)))
        }
        return chosen.joined(separator: "\n")
    }

    /// Whether anything has been signed into the field. If it is valid is not asked: certificates are not ours to judge.
    private static func isSigned(_ field: OpaquePointer) -> Bool {
        guard let info = poppler_form_field_signature_validate_sync(field, PopplerSignatureValidationFlags(0), nil, nil)
        else { return false }
        defer { poppler_signature_info_free(info) }
        return poppler_signature_info_get_signature_status(info) != POPPLER_SIGNATURE_NOT_VERIFIED
    }

    /// Ink, stamps, and text that was typed over the page.
    private mutating func readAnnotations(_ page: OpaquePointer, _ height: Double) {
        guard let list = poppler_page_get_annot_mapping(page) else { return }
        defer { poppler_page_free_annot_mapping(list) }
        forEach(list, as: PopplerAnnotMapping.self) { m in
            guard let a = m.pointee.annot, let box = PDFForm.box(m.pointee.area, height), PDFForm.isShown(a) else {
                return
            }
            switch poppler_annot_get_annot_type(a) {
            case POPPLER_ANNOT_INK: marks.append(Mark(kind: .ink, box: box))
            case POPPLER_ANNOT_STAMP: marks.append(Mark(kind: .stamp, box: box))
            case POPPLER_ANNOT_FREE_TEXT: words += spread(owned(poppler_annot_get_contents(a)), box)
            default: break
            }
        }
    }

    private static func isShown(_ annotation: OpaquePointer) -> Bool {
        let hiding =
            POPPLER_ANNOT_FLAG_INVISIBLE.rawValue | POPPLER_ANNOT_FLAG_HIDDEN.rawValue
            | POPPLER_ANNOT_FLAG_NO_VIEW.rawValue
        return poppler_annot_get_flags(annotation).rawValue & hiding == 0
    }

    private static func box(_ area: PopplerRectangle, _ height: Double) -> Box? {
        let box = Box(x0: area.x1, y0: height - area.y2, x1: area.x2, y1: height - area.y1)
        return box.isUsable ? box : nil
    }
}

private func owned(_ c: UnsafeMutablePointer<CChar>?) -> String {
    guard let c else { return "" }
    defer { g_free(c) }
    return String(cString: c)
}

/// A field's text as words that share its box in proportion to their lengths, a line of text a row.
private func spread(_ text: String, _ box: Box) -> [Word] {
    let rows = text.split(whereSeparator: \.isNewline).prefix(50)
    var out: [Word] = []
    for (r, row) in rows.enumerated() {
        let rowHeight = min(box.height / Double(rows.count), 14)
        let y0 = rows.count == 1 ? box.midY - rowHeight / 2 : box.y0 + Double(r) * box.height / Double(rows.count)
        let unit = min(box.width / Double(max(row.count, 1)), rowHeight * 0.55)
        var x = box.x0
        for w in row.split(separator: " ", omittingEmptySubsequences: false) {
            let x1 = x + Double(w.count) * unit
            if !w.isEmpty { out.append(Word(String(w), Box(x0: x, y0: y0, x1: x1, y1: y0 + rowHeight))) }
            x = x1 + unit
        }
    }
    return out
}
