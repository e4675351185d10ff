/// Simple elements that were taken apart already: most stand in many segments.
struct ElementCache {
    var types: [String: (name: String, type: ValueType?, codes: CodeList?)] = [:]
}

extension StructureTables {
    /// A segment's shape in a version.
    func shape(_ tag: String, _ version: Int, _ cache: inout ElementCache) throws(StructureFault) -> SegmentShape? {
        guard let row = try row(tag, version, segments) else { return nil }
        var places: [ElementShape] = []
        var conditions: [RelationalCondition] = []
        for token in row.columns[2].split(separator: " ") {
            if standard == .x12, let condition = RelationalCondition(token) {
                conditions.append(condition)
            } else {
                places.append(try element(Token(token, row, segments), version, &cache, row, segments))
            }
        }
        if conditions.contains(where: { $0.elements.contains { $0 < 1 || $0 > places.count } }) {
            throw segments.fault("a condition is about an element that \(tag) does not have", at: row.offset)
        }
        return SegmentShape(tag: tag, name: row.columns[3], elements: places, conditions: conditions)
    }

    /// An element or component of a row: `C507!`, `1131`, `C040*5`.
    private struct Token {
        let id: String
        let isMandatory: Bool
        let maximum: Int

        init(_ text: Substring, _ row: TableText.Row, _ table: TableText) throws(StructureFault) {
            let parts = text.split(separator: "*", omittingEmptySubsequences: false)
            isMandatory = parts[0].last == "!"
            id = String(isMandatory ? parts[0].dropLast() : parts[0])
            guard !id.isEmpty, parts.count <= 2, let n = parts.count == 2 ? Int(parts[1]) : 1, n >= 1 else {
                throw table.fault("\(text) is no element", at: row.offset)
            }
            maximum = n
        }
    }

    private func element(
        _ token: Token, _ version: Int, _ cache: inout ElementCache, _ row: TableText.Row, _ table: TableText
    ) throws(StructureFault) -> ElementShape {
        if composites.has(token.id) {
            guard table.file != composites.file else {
                throw table.fault("\(token.id) is a composite inside a composite", at: row.offset)
            }
            var components: [ElementShape] = []
            let own = try self.row(token.id, version, composites)
            for part in own.map({ $0.columns[2].split(separator: " ") }) ?? [] {
                guard let own else { break }
                components.append(try element(Token(part, own, composites), version, &cache, own, composites))
            }
            return ElementShape(
                id: token.id, name: own?.columns[3] ?? "", isMandatory: token.isMandatory, maximum: token.maximum,
                type: nil, codes: nil, components: components)
        }
        let (name, type, codes) = try simple(token.id, version, &cache, row, table)
        return ElementShape(
            id: token.id, name: name, isMandatory: token.isMandatory, maximum: token.maximum, type: type, codes: codes,
            components: [])
    }

    private func simple(
        _ id: String, _ version: Int, _ cache: inout ElementCache, _ user: TableText.Row, _ table: TableText
    ) throws(StructureFault) -> (name: String, type: ValueType?, codes: CodeList?) {
        if let known = cache.types[id] { return known }
        guard elements.has(id) else { throw table.fault("the tables have no element \(id)", at: user.offset) }
        var found: (name: String, type: ValueType?, codes: CodeList?) = ("", nil, nil)
        if let row = try row(id, version, elements) {
            guard let type = ValueType(row.columns[2], standard) else {
                throw elements.fault("\(row.columns[2]) is no type and length", at: row.offset)
            }
            found = (row.columns[3], type, try codeList(id, version))
        }
        cache.types[id] = found
        return found
    }

    /// The codes of an element in a version; nil where it has none.
    private func codeList(_ id: String, _ version: Int) throws(StructureFault) -> CodeList? {
        guard codes.has(id) else { return nil }
        var names: [String: Range<Int>] = [:]
        var isComplete = true
        // Neighbouring rows mostly name the same versions.
        var last: (text: ArraySlice<UInt8>, holds: Bool) = ([], false)
        try codes.forEachRow(id, columns: 4) { cells throws(StructureFault) in
            let text = codes.bytes[cells[2]]
            if last.text != text {
                guard let span = versions.span(codes.text(cells[2])) else {
                    throw codes.fault("\(codes.text(cells[2])) names no listed versions", at: cells[0].lowerBound)
                }
                last = (text, span.contains(version))
            }
            guard last.holds else { return }
            let code = codes.text(cells[1])
            if code == "…" { isComplete = false } else { names[code] = cells[3] }
        }
        return CodeList(table: codes, names: names, isComplete: isComplete && !names.isEmpty)
    }
}
