/// Where in its source a value stands: bytes, a segment's element, an XPath, a box on a page, or characters of a text.
///
/// Only the members that apply are set. A place always names enough to quote the value again from the source bytes.
package struct Place: Hashable, Sendable {
    /// Byte range in the file or, for an attachment, in the decoded part.
    package var offset: Int?
    package var length: Int?
    /// EDI: segment number in its message (1 is ST or UNH), tag, and 1-based element and component.
    package var segment: Int?
    package var tag: String?
    package var element: Int?
    package var component: Int?
    /// XML: path with positions, `/Invoice/cac:InvoiceLine[2]/cbc:ID`, prefixes dropped.
    package var xpath: String?
    /// PDF: 1-based page and box `[x0, y0, x1, y1]` in points from the page's top left corner.
    package var page: Int?
    package var box: [Int]?
    /// PDF: the symbology of the barcode that says so (`code-128`, `gs1-128`, `qr`, …).
    package var symbology: String?
    /// Mail: which text (`subject`, or the MIME part's number) and its range in characters (Unicode scalars).
    package var text: String?
    package var range: [Int]?
    /// The words themselves, where quoting them is the shortest explanation (mail, PDF).
    package var quote: String?
    /// How certain the words there were recognised on a picture, in thousandths; nil where the file holds them as text.
    package var confidence: Int?

    package init(
        offset: Int? = nil, length: Int? = nil, segment: Int? = nil, tag: String? = nil, element: Int? = nil,
        component: Int? = nil, xpath: String? = nil, page: Int? = nil, box: [Int]? = nil, symbology: String? = nil,
        text: String? = nil, range: [Int]? = nil, quote: String? = nil, confidence: Int? = nil
    ) {
        self.offset = offset
        self.length = length
        self.segment = segment
        self.tag = tag
        self.element = element
        self.component = component
        self.xpath = xpath
        self.page = page
        self.box = box
        self.symbology = symbology
        self.text = text
        self.range = range
        self.quote = quote
        self.confidence = confidence
    }

    package var json: JSON {
        .object(dropping: [
            ("box", box.map { .array($0.map(JSON.int)) }), ("component", component.map(JSON.int)),
            ("confidence", confidence.map(JSON.thousandths)), ("element", element.map(JSON.int)),
            ("length", length.map(JSON.int)), ("offset", offset.map(JSON.int)),
            ("page", page.map(JSON.int)), ("quote", quote.map(JSON.string)),
            ("range", range.map { .array($0.map(JSON.int)) }), ("segment", segment.map(JSON.int)),
            ("symbology", symbology.map(JSON.string)), ("tag", tag.map(JSON.string)), ("text", text.map(JSON.string)),
            ("xpath", xpath.map(JSON.string)),
        ])
    }

    package init(json: JSON) {
        self.init(
            offset: json["offset"]?.int, length: json["length"]?.int, segment: json["segment"]?.int,
            tag: json["tag"]?.string, element: json["element"]?.int, component: json["component"]?.int,
            xpath: json["xpath"]?.string, page: json["page"]?.int, box: json["box"]?.items.compactMap(\.int),
            symbology: json["symbology"]?.string, text: json["text"]?.string,
            range: json["range"]?.items.compactMap(\.int), quote: json["quote"]?.string,
            confidence: json["confidence"]?.permille)
    }
}
