/// The structure tables of a standard: what its messages, segments, composites and elements are in each version.
///
/// Making them is one pass over the texts; rows are taken apart when they are asked for. Keep what `structure` gives, not only
/// the tables: a structure holds everything that a check of its message needs.
public struct StructureTables: Sendable {
    /// X12 or EDIFACT.
    public let standard: Standard
    let versions: StructureVersions
    let messages: TableText
    let segments: TableText
    let composites: TableText
    let elements: TableText
    let codes: TableText

    /// The five texts of a standard, UTF-8.
    ///
    /// - Throws: `StructureFault` for a text that is no table, or `messages.txt` without its row of versions.
    public init(
        _ standard: Standard, messages: [UInt8], segments: [UInt8], composites: [UInt8], elements: [UInt8],
        codes: [UInt8]
    ) throws(StructureFault) {
        self.standard = standard
        self.messages = try TableText("messages.txt", messages)
        self.segments = try TableText("segments.txt", segments)
        self.composites = try TableText("composites.txt", composites)
        self.elements = try TableText("elements.txt", elements)
        self.codes = try TableText("codes.txt", codes)
        let row = try self.messages.rows("versions", columns: 2).first
        guard let names = row?.columns[1].split(separator: " ").map(String.init), !names.isEmpty else {
            throw StructureFault(file: "messages.txt", line: 0, reason: "there is no row of versions")
        }
        versions = StructureVersions(standard, names)
    }

    /// How a message is built in a version, or in the nearest one that has it; nil where no version has it.
    ///
    /// Complexity: linear in the rows of the message, its segments, their elements and codes.
    /// - Throws: `StructureFault` for the first row that cannot be read.
    public func structure(of type: String, version: String) throws(StructureFault) -> MessageStructure? {
        // The row of versions has the shape of a message's row, but is none.
        guard type != "versions" else { return nil }
        var found: [Int: TableText.Row] = [:]
        for row in try messages.rows(type, columns: 4) {
            for v in try span(row, row.columns[1], messages) { found[v] = row }
        }
        guard let v = versions.nearest(version, among: found.keys.sorted()), let row = found[v] else { return nil }
        var parser = StructureParser(row.columns[2])
        guard let items = parser.items() else {
            throw messages.fault("the structure of \(type) \(parser.complaint)", at: row.offset)
        }
        var shapes: [String: SegmentShape] = [:]
        var cache = ElementCache()
        for item in items where !item.isGroup && shapes[item.tag] == nil {
            shapes[item.tag] = try shape(item.tag, v, &cache)
        }
        return MessageStructure(
            standard: standard, type: type, name: row.columns[3], version: versions.names[v],
            isNearest: !version.isEmpty && versions.names[v] != version, items: items, shapes: shapes,
            known: try segmentTags(v))
    }

    /// What a segment may hold in a version or the nearest one; nil where it has no such segment.
    public func segment(_ tag: String, version: String) throws(StructureFault) -> SegmentShape? {
        guard let v = versions.nearest(version, among: Array(versions.names.indices)) else { return nil }
        var cache = ElementCache()
        return try shape(tag, v, &cache)
    }

    /// Tags of all segments of a version.
    private func segmentTags(_ version: Int) throws(StructureFault) -> Set<String> {
        var tags: Set<String> = []
        for tag in segments.ids where try row(tag, version, segments) != nil { tags.insert(tag) }
        return tags
    }

    /// The row of an id that holds for a version.
    func row(_ id: String, _ version: Int, _ table: TableText) throws(StructureFault) -> TableText.Row? {
        for row in try table.rows(id, columns: 4) where try span(row, row.columns[1], table).contains(version) {
            return row
        }
        return nil
    }

    private func span(
        _ row: TableText.Row, _ text: String, _ table: TableText
    ) throws(StructureFault) -> ClosedRange<Int> {
        guard let span = versions.span(text) else {
            throw table.fault("\(text) names no listed versions", at: row.offset)
        }
        return span
    }
}
