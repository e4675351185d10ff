import CPoppler

extension PDFFile {
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
