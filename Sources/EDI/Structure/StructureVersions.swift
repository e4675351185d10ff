/// The versions of a standard that the tables hold, oldest first, and which of them reads a version that they do not hold.
struct StructureVersions: Sendable {
    let standard: Standard
    let names: [String]
    private let keys: [Int?]

    init(_ standard: Standard, _ names: [String]) {
        self.standard = standard
        self.names = names
        keys = names.map { StructureVersions.key($0, standard) }
    }

    /// The versions of a row: `D96A`, or `D96A-D97A` with both ends; nil where a name is not listed.
    func span(_ text: String) -> ClosedRange<Int>? {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false)
        guard let first = ends.first, let last = ends.last, ends.count <= 2,
            let from = names.firstIndex(of: String(first)),
            let to = names.firstIndex(of: String(last)), from <= to
        else { return nil }
        return from...to
    }

    /// The version itself, or the nearest: X12 by number (of two the older), EDIFACT the next older, else the oldest.
    func nearest(_ version: String, among available: [Int]) -> Int? {
        if let exact = available.first(where: { names[$0] == version }) { return exact }
        guard let wanted = StructureVersions.key(version, standard) else { return available.first }
        if standard == .x12 {
            return available.min { abs((keys[$0] ?? 0) - wanted) < abs((keys[$1] ?? 0) - wanted) }
        }
        return available.last { (keys[$0] ?? .max) <= wanted } ?? available.first
    }

    /// A number that orders versions: the digits of an X12 release; year and letter of an EDIFACT directory (`D96A`, `92.1`).
    private static func key(_ version: String, _ standard: Standard) -> Int? {
        if standard == .x12 { return Int(version.prefix { $0.isNumber }.prefix(9)) }
        let name = version.utf8.drop { !$0.isDigit }
        guard name.count >= 3, let year = Int(String(Substring(name.prefix(2)))), let release = name.last else {
            return nil
        }
        return (year < 80 ? 2000 + year : 1900 + year) * 256 + Int(release)
    }
}
