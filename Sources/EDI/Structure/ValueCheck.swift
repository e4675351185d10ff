/// Checks the elements of one segment: presence, number, type, length, conditions, codes.
struct ValueCheck {
    private let isX12: Bool
    private let isNearest: Bool
    private let tiers: StructureCheck.Tiers
    private let transmission: Transmission
    private let interchange: Interchange
    /// Elements behind the last one of the table that are looked at.
    private static let extra = 16
    /// Repetitions of an element that are looked at.
    private static let repetitions = 100

    init(
        _ structure: MessageStructure, _ tiers: StructureCheck.Tiers, _ transmission: Transmission,
        _ interchange: Interchange
    ) {
        isX12 = structure.standard == .x12
        isNearest = structure.isNearest
        self.tiers = tiers
        self.transmission = transmission
        self.interchange = interchange
    }

    func check(_ segment: Int, _ shape: SegmentShape, _ findings: inout StructureFindings) {
        // A segment without elements in the table keeps its place, and is not described further.
        guard tiers.contains(.values) || tiers.contains(.codes), !shape.elements.isEmpty else { return }
        guard !isX12, interchange.delimiters.repetition != nil, let repeating = shape.repeating else {
            return check(segment, shape, shape.elements, &findings)
        }
        // Syntax 4 repeats an element in its place where syntax 3 has places of its own (ISO 9735-1), and partners
        // do both: the reading that fits better holds.
        var (one, other) = (findings, findings)
        check(segment, shape, repeating, &one)
        check(segment, shape, shape.elements, &other)
        findings = one.total <= other.total ? one : other
    }

    private func check(
        _ segment: Int, _ shape: SegmentShape, _ elements: [ElementShape], _ findings: inout StructureFindings
    ) {
        let count = transmission.elementCount(segment, interchange.delimiters)
        var present: Set<Int> = []
        for (i, element) in elements.enumerated() {
            let n = i + 1
            let text = n <= count ? transmission.text(segment, n, in: interchange) ?? "" : ""
            if isBlank(text, element, segment, n) {
                if element.isMandatory, tiers.contains(.values) { missing(element, segment, &findings, n, nil, 0) }
                continue
            }
            if !shape.conditions.isEmpty { present.insert(n) }
            repeated(element, segment, n, &findings)
        }
        guard tiers.contains(.values) else { return }
        conditions(shape, present, segment, &findings)
        surplus(shape.tag, elements.count, count, segment, &findings)
        trailing(count, segment, &findings)
    }

    /// Nothing in an element but separators.
    private func isBlank(_ text: String, _ element: ElementShape, _ segment: Int, _ n: Int) -> Bool {
        if text.isEmpty {
            // The first repetition may be empty where a later one is not.
            return transmission.repetitions(segment, n, in: interchange) <= 1
        }
        guard !element.components.isEmpty else { return false }
        return text.utf8.allSatisfy { $0 == interchange.delimiters.component }
    }

    private func repeated(_ element: ElementShape, _ segment: Int, _ n: Int, _ findings: inout StructureFindings) {
        let count =
            interchange.delimiters.repetition == nil ? 1 : transmission.repetitions(segment, n, in: interchange)
        // The EDIFACT tables do not say how often an element may be repeated in its place.
        if isX12, count > element.maximum, tiers.contains(.values) {
            findings.add(
                "element-repeats", .warning,
                "\(words(element)) is repeated \(count) times; \(element.maximum) is the most.", segment, element: n)
        }
        for r in 0..<min(count, isX12 ? element.maximum : count, ValueCheck.repetitions) {
            if element.components.isEmpty {
                simple(element, segment, n, r, &findings)
            } else {
                composite(element, segment, n, r, &findings)
            }
        }
    }

    // MARK: Elements

    private func simple(
        _ element: ElementShape, _ segment: Int, _ n: Int, _ r: Int, _ findings: inout StructureFindings
    ) {
        // In X12 a simple element may hold the component separator; it is data there.
        let value = transmission.text(segment, n, isX12 ? nil : 1, repetition: r, in: interchange) ?? ""
        check(value, element, segment, n, nil, r, coded: true, &findings)
        if !isX12, tiers.contains(.values),
            transmission.text(segment, n, 2, repetition: r, in: interchange)?.isEmpty == false
        {
            findings.add(
                "component-unexpected", .warning, "\(words(element)) is a simple element and has no components.",
                segment, element: n, component: 2, repetition: r)
        }
    }

    private func composite(
        _ element: ElementShape, _ segment: Int, _ n: Int, _ r: Int, _ findings: inout StructureFindings
    ) {
        var values: [String] = []
        for c in 1...element.components.count {
            guard let text = transmission.text(segment, n, c, repetition: r, in: interchange) else { break }
            values.append(text)
        }
        let coded = isUNCoded(element, values)
        for (i, part) in element.components.enumerated() {
            let value = i < values.count ? values[i] : ""
            if !value.isEmpty {
                check(value, part, segment, n, i + 1, r, coded: coded, &findings)
            } else if part.isMandatory, tiers.contains(.values), r == 0 || values.contains(where: { !$0.isEmpty }) {
                missing(part, segment, &findings, n, i + 1, r)
            }
        }
        guard tiers.contains(.values) else { return }
        if transmission.text(segment, n, element.components.count + 1, repetition: r, in: interchange)?.isEmpty == false
        {
            findings.add(
                "component-unexpected", .warning,
                "\(words(element)) has no more than \(element.components.count) components.",
                segment, element: n, component: element.components.count + 1, repetition: r)
        }
        if !isX12, let at = element.components.firstIndex(where: { $0.id == "2380" }), at < values.count,
            let format = element.components.firstIndex(where: { $0.id == "2379" }), format < values.count,
            !DateShape.isValid(values[at], format: values[format])
        {
            findings.add(
                "date-invalid", .warning, "\(values[at]) is no date of the format \(values[format]).", segment,
                element: n, component: at + 1, repetition: r)
        }
    }

    /// Whether the codes of a composite are those of the directory: no other list (1131) or agency (3055, 6 is the UN) is named.
    private func isUNCoded(_ element: ElementShape, _ values: [String]) -> Bool {
        for (part, value) in zip(element.components, values) where !value.isEmpty {
            if part.id == "1131" || (part.id == "3055" && value != "6") { return false }
        }
        return true
    }

    private func missing(
        _ element: ElementShape, _ segment: Int, _ findings: inout StructureFindings, _ n: Int, _ c: Int?, _ r: Int
    ) {
        findings.add(
            "element-missing", .warning, "\(words(element)) is mandatory and has no value.", segment, element: n,
            component: c, repetition: r)
    }

    private func check(
        _ value: String, _ element: ElementShape, _ segment: Int, _ n: Int, _ c: Int?, _ r: Int, coded: Bool,
        _ findings: inout StructureFindings
    ) {
        guard !value.isEmpty else { return }
        if let type = element.type, tiers.contains(.values), let fault = type.fault(value),
            !(isNearest && type.isShortDate(value))
        {
            findings.add(
                fault.code, .warning, "\(words(element)) \(fault.text)", segment, element: n, component: c,
                repetition: r)
        }
        if coded, tiers.contains(.codes), let codes = element.codes, codes.isComplete, codes.names[value] == nil {
            findings.add(
                "code-unknown", .info, "\(value) is no code of \(words(element)).", segment, element: n, component: c,
                repetition: r)
        }
    }

    // MARK: The segment

    private func conditions(
        _ shape: SegmentShape, _ present: Set<Int>, _ segment: Int, _ findings: inout StructureFindings
    ) {
        for condition in shape.conditions where !condition.holds(present.contains) {
            let names = condition.elements.map { "\(shape.tag)\($0 < 10 ? "0" : "")\($0)" }
            // The place is that of the element that would have to be there; of those that exclude each other, the second.
            let meant =
                condition.kind == .exclusion
                ? condition.elements.filter(present.contains).dropFirst().first
                : condition.elements.first { !present.contains($0) }
            findings.add(
                "element-condition", .warning, condition.sentence(names), segment,
                element: meant ?? condition.elements[0])
        }
    }

    private func surplus(
        _ tag: String, _ known: Int, _ count: Int, _ segment: Int, _ findings: inout StructureFindings
    ) {
        let first = known + 1
        guard count >= first else { return }
        let looked = first...min(count, first + ValueCheck.extra)
        let used = looked.first { transmission.text(segment, $0, in: interchange)?.isEmpty == false }
        guard used != nil || count > looked.upperBound else { return }
        findings.add(
            "element-unexpected", .warning, "\(tag) has no more than \(known) elements.", segment,
            element: used ?? first)
    }

    private func trailing(_ count: Int, _ segment: Int, _ findings: inout StructureFindings) {
        guard count > 0, let last = transmission.text(segment, count, in: interchange) else { return }
        if last.isEmpty {
            findings.add("element-trailing", .info, "Empty elements stand at the end.", segment, element: count)
        } else if !isX12, last.utf8.last == interchange.delimiters.component {
            let n = transmission.components(segment, count, in: interchange)
            // A released separator at the end is data.
            guard transmission.text(segment, count, n, in: interchange)?.isEmpty == true else { return }
            findings.add(
                "element-trailing", .info, "Empty components stand at the end.", segment, element: count, component: n)
        }
    }

    private func words(_ element: ElementShape) -> String {
        element.name.isEmpty ? element.id : "\(element.id) (\(element.name))"
    }
}

extension RelationalCondition {
    /// What it asks for, of elements with these names.
    func sentence(_ names: [String]) -> String {
        let all = names.joined(separator: ", ")
        let others = names.dropFirst().joined(separator: ", ")
        return switch kind {
        case .paired: "If one of \(all) has a value, all have."
        case .required: "One of \(all) must have a value."
        case .conditional: "If \(names[0]) has a value, \(others) must have one."
        case .exclusion: "Only one of \(all) may have a value."
        case .listConditional: "If \(names[0]) has a value, one of \(others) must have one."
        }
    }
}
