/// What bytes mean in XML, looked up.
struct ByteClasses: @unchecked Sendable {
    static let plain: UInt8 = 0
    static let less: UInt8 = 1
    static let ampersand: UInt8 = 2
    static let carriageReturn: UInt8 = 3
    static let bracket: UInt8 = 4
    static let beyondASCII: UInt8 = 5
    /// A control character that XML 1.0 does not allow (production 2).
    static let control: UInt8 = 6

    static let shared = ByteClasses()

    private let text = UnsafeMutablePointer<UInt8>.allocate(capacity: 256)
    private let name = UnsafeMutablePointer<UInt8>.allocate(capacity: 256)

    private init() {
        for b in 0...255 {
            let byte = UInt8(b)
            text[b] =
                switch byte {
                case UInt8(ascii: "<"): ByteClasses.less
                case UInt8(ascii: "&"): ByteClasses.ampersand
                case 0x0D: ByteClasses.carriageReturn
                case UInt8(ascii: "]"): ByteClasses.bracket
                case 0x80...: ByteClasses.beyondASCII
                case 0x09, 0x0A, 0x20...: ByteClasses.plain
                default: ByteClasses.control
                }
            let isLetter = (0x41...0x5A).contains(b) || (0x61...0x7A).contains(b) || b == 0x5F || b == 0x3A || b >= 0x80
            let isOther = (0x30...0x39).contains(b) || b == 0x2D || b == 0x2E
            name[b] = isLetter ? 2 : isOther ? 1 : 0
        }
    }

    /// What a byte means in a text.
    @inline(__always)
    func inText(_ b: UInt8) -> UInt8 { text[Int(b)] }

    /// Whether a byte may stand in a name; what is beyond ASCII is looked at when the name is new.
    @inline(__always)
    func isOfName(_ b: UInt8) -> Bool { name[Int(b)] != 0 }

    @inline(__always)
    func mayBeginName(_ b: UInt8) -> Bool { name[Int(b)] == 2 }
}
