import Foundation
import Vocabulary

/// Checks values against the JSON Schemas of `schemas/output` (draft 2020-12), as far as those use it: type, properties,
/// required, additionalProperties, items, enum, const, pattern, minimum, maximum, minLength, minItems, maxItems, $ref.
struct JSONSchema {
    private let files: [String: JSON]

    /// The keywords that this validator knows; a schema that uses another is refused.
    private static let keywords: Set<String> = [
        "$schema", "$id", "$defs", "$ref", "title", "description", "type", "properties", "required",
        "additionalProperties", "items", "enum", "const", "pattern", "minimum", "maximum", "minLength", "minItems",
        "maxItems",
    ]

    init(folder: String) throws {
        var files: [String: JSON] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) where name.hasSuffix(".schema.json") {
            files[name] = try JSON(parsing: Array(FileManager.default.contents(atPath: folder + "/" + name) ?? Data()))
        }
        self.files = files
    }

    /// What is wrong with a value, each with its place; nothing where it is valid.
    func faults(_ value: JSON, against file: String) -> [String] {
        guard let schema = files[file] else { return ["there is no schema \(file)"] }
        return check(value, schema, file, "")
    }

    private func check(_ value: JSON, _ schema: JSON, _ file: String, _ place: String) -> [String] {
        guard case .object(let members) = schema else { return ["\(place): the schema is no object"] }
        var faults = members.keys.filter { !Self.keywords.contains($0) }.map { "\(file): \($0) is not understood" }
        if let reference = schema["$ref"]?.string {
            guard let (target, name) = resolve(reference, file) else { return ["\(file): \(reference) leads nowhere"] }
            faults += check(value, target, name, place)
        }
        if let type = schema["type"]?.string, !Self.types(of: value).contains(type) {
            return faults + ["\(place) is no \(type)"]
        }
        if let list = schema["enum"]?.items, !list.contains(value) {
            faults.append("\(place): \(value.text) is none of the enum")
        }
        if let const = schema["const"], const != value { faults.append("\(place): \(value.text) is not \(const.text)") }
        switch value {
        case .string(let s):
            if let n = schema["minLength"]?.int, s.count < n { faults.append("\(place) is too short") }
            if let p = schema["pattern"]?.string, s.range(of: p, options: .regularExpression) == nil {
                faults.append("\(place): \(s) does not match \(p)")
            }
        case .int, .number:
            if let n = value.permille, let least = schema["minimum"]?.int, n < least * 1000 {
                faults.append("\(place) is too small")
            }
            if let n = value.permille, let most = schema["maximum"]?.int, n > most * 1000 {
                faults.append("\(place) is too large")
            }
        case .array(let items):
            if let n = schema["minItems"]?.int, items.count < n { faults.append("\(place) has too few items") }
            if let n = schema["maxItems"]?.int, items.count > n { faults.append("\(place) has too many items") }
            if let s = schema["items"] {
                for (i, item) in items.enumerated() { faults += check(item, s, file, "\(place)[\(i)]") }
            }
        case .object(let o):
            for name in (schema["required"]?.items ?? []).compactMap(\.string) where o[name] == nil {
                faults.append("\(place).\(name) is missing")
            }
            for (name, member) in o.map({ ($0.key, $0.value) }) {
                if let s = schema["properties"]?[name] ?? schema["additionalProperties"] {
                    faults += check(member, s, file, "\(place).\(name)")
                }
            }
        case .null, .bool: break
        }
        return faults
    }

    private func resolve(_ reference: String, _ file: String) -> (JSON, String)? {
        let parts = reference.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let name = parts[0].isEmpty ? file : parts[0]
        guard var target = files[name] else { return nil }
        for step in (parts.count > 1 ? parts[1] : "").split(separator: "/") {
            guard let next = target[String(step)] else { return nil }
            target = next
        }
        return (target, name)
    }

    private static func types(of value: JSON) -> Set<String> {
        switch value {
        case .null: ["null"]
        case .bool: ["boolean"]
        case .int: ["integer", "number"]
        case .number: ["number"]
        case .string: ["string"]
        case .array: ["array"]
        case .object: ["object"]
        }
    }
}
