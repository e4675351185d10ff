/// Writes segments through the same delimiters and character sets that they are read by.
///
/// What a standard cannot carry is replaced by a blank and counted, never written as it is: delimiters in X12 (which has no
/// release character before 00704), control characters, and characters outside the character set.
public struct SegmentWriter: Sendable {
    /// What has been written so far.
    public private(set) var bytes: [UInt8] = []
    /// How many characters had to be replaced.
    public private(set) var replaced = 0
    /// The delimiters that are written.
    public let delimiters: Delimiters
    private let charset: Charset
    /// Characters that stand for themselves nowhere.
    private let special: Set<UInt8>

    /// A writer with an interchange's delimiters and character set.
    public init(_ delimiters: Delimiters, charset: Charset) {
        self.delimiters = delimiters
        self.charset = charset
        special = Set(
            [
                delimiters.terminator, delimiters.element, delimiters.component, delimiters.repetition,
                delimiters.release,
            ].compactMap { $0 })
    }

    /// Bytes as they are: UNA.
    mutating func raw(_ text: [UInt8]) { bytes += text }

    /// Appends a segment. Empty components and elements at its end are left out.
    ///
    /// - Parameter elements: each as its components.
    public mutating func segment(_ tag: String, _ elements: [[String]]) {
        bytes += tag.utf8
        var filled = elements
        while let last = filled.last, last.allSatisfy(\.isEmpty) { filled.removeLast() }
        for components in filled {
            bytes.append(delimiters.element)
            var kept = components
            while kept.count > 1, kept.last?.isEmpty == true { kept.removeLast() }
            for (i, c) in kept.enumerated() {
                if i > 0 { bytes.append(delimiters.component) }
                write(c)
            }
        }
        bytes.append(delimiters.terminator)
    }

    /// Appends a segment whose elements have fixed widths and may hold delimiters: ISA.
    mutating func fixed(_ tag: String, _ elements: [String]) {
        bytes += tag.utf8
        for e in elements {
            bytes.append(delimiters.element)
            bytes += charset.encode(e, replaced: &replaced)
        }
        bytes.append(delimiters.terminator)
    }

    private mutating func write(_ value: String) {
        for b in charset.encode(value, replaced: &replaced) {
            if special.contains(b) {
                if let release = delimiters.release {
                    bytes += [release, b]
                } else {
                    bytes.append(0x20)
                    replaced += 1
                }
            } else if b < 0x20 || b == 0x7F {
                bytes.append(0x20)
                replaced += 1
            } else {
                bytes.append(b)
            }
        }
    }
}
