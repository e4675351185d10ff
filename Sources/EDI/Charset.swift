/// The character sets that EDI headers announce, as decoders of byte ranges.
///
/// UNB S001/0001 names them (ISO 9735 and UN/CEFACT's UNO codes); X12 names none.
public enum Charset: String, Sendable, CaseIterable {
    case utf8 = "UTF-8"
    /// ISO 8859-1, with the letters of Windows-1252 where ISO has control characters: nobody means those.
    case latin1 = "ISO 8859-1"
    case latin2 = "ISO 8859-2"
    case latin3 = "ISO 8859-3"
    case latin4 = "ISO 8859-4"
    case cyrillic = "ISO 8859-5"
    case arabic = "ISO 8859-6"
    case greek = "ISO 8859-7"
    case hebrew = "ISO 8859-8"
    case latin5 = "ISO 8859-9"
    case latin9 = "ISO 8859-15"

    /// By syntax identifier; nil for one that is not known. UNOL is no standard name, but in use for ISO 8859-15.
    static let announced: [String: Charset] = [
        "UNOA": .latin1, "UNOB": .latin1, "UNOC": .latin1, "UNOD": .latin2, "UNOE": .cyrillic, "UNOF": .greek,
        "UNOG": .latin3, "UNOH": .latin4, "UNOI": .arabic, "UNOJ": .hebrew, "UNOK": .latin5, "UNOL": .latin9,
        "UNOW": .utf8, "UNOX": .utf8, "UNOY": .utf8, "UNOZ": .utf8,
    ]

    /// Text of the bytes; what is no character of the set becomes U+FFFD.
    public func decode(_ bytes: some Collection<UInt8>) -> String {
        if self == .utf8 || bytes.allSatisfy({ $0 < 0x80 }) { return String(decoding: bytes, as: UTF8.self) }
        var out = String.UnicodeScalarView()
        let high = Charset.upper[self] ?? []
        for b in bytes {
            if b < 0x80 {
                out.append(Unicode.Scalar(b))
            } else if b < 0xA0 {
                out.append(Charset.windows[Int(b) - 0x80])
            } else {
                out.append(high.isEmpty ? Unicode.Scalar(b) : high[Int(b) - 0xA0])
            }
        }
        return String(out)
    }

    /// The bytes of a text; a character that the set does not have becomes a blank and is counted.
    public func encode(_ text: String, replaced: inout Int) -> [UInt8] {
        if self == .utf8 || text.utf8.allSatisfy({ $0 < 0x80 }) { return Array(text.utf8) }
        let high = Charset.upper[self] ?? []
        return text.unicodeScalars.map { c in
            if c.value < 0x80 { return UInt8(c.value) }
            if high.isEmpty, (0xA0...0xFF).contains(c.value) { return UInt8(c.value) }
            if c != "\u{FFFD}" {
                if let i = high.firstIndex(of: c) { return UInt8(0xA0 + i) }
                if let i = Charset.windows.firstIndex(of: c) { return UInt8(0x80 + i) }
            }
            replaced += 1
            return 0x20
        }
    }

    /// The 96 characters from 0xA0 on; empty for ISO 8859-1, whose codes are Unicode's.
    private static let upper: [Charset: [Unicode.Scalar]] = Dictionary(
        uniqueKeysWithValues: rows.map { ($0.key, Array($0.value.unicodeScalars)) })

    /// Windows-1252 from 0x80 to 0x9F.
    private static let windows: [Unicode.Scalar] = Array(
        ("€\u{FFFD}‚ƒ„…†‡ˆ‰Š‹Œ\u{FFFD}Ž\u{FFFD}\u{FFFD}‘’“”•–—˜™š›œ\u{FFFD}žŸ").unicodeScalars)

    private static let rows: [Charset: String] = [
        .latin2:
            "\u{A0}Ą˘Ł¤ĽŚ§¨ŠŞŤŹ\u{AD}ŽŻ°ą˛ł´ľśˇ¸šşťź˝žżŔÁÂĂÄĹĆÇČÉĘËĚÍÎĎĐŃŇÓÔŐÖ×ŘŮÚŰÜÝŢßŕáâăäĺćçčéęëěíîď"
            + "đńňóôőö÷řůúűüýţ˙",
        .latin3:
            "\u{A0}Ħ˘£¤\u{FFFD}Ĥ§¨İŞĞĴ\u{AD}\u{FFFD}Ż°ħ²³´µĥ·¸ışğĵ½\u{FFFD}żÀÁÂ\u{FFFD}ÄĊĈÇÈÉÊËÌÍÎÏ"
            + "\u{FFFD}ÑÒÓÔĠÖ×ĜÙÚÛÜŬŜßàáâ\u{FFFD}äċĉçèéêëìíîï\u{FFFD}ñòóôġö÷ĝùúûüŭŝ˙",
        .latin4:
            "\u{A0}ĄĸŖ¤ĨĻ§¨ŠĒĢŦ\u{AD}Ž¯°ą˛ŗ´ĩļˇ¸šēģŧŊžŋĀÁÂÃÄÅÆĮČÉĘËĖÍÎĪĐŅŌĶÔÕÖ×ØŲÚÛÜŨŪßāáâãäåæįčéęëėíîī"
            + "đņōķôõö÷øųúûüũū˙",
        .cyrillic:
            "\u{A0}ЁЂЃЄЅІЇЈЉЊЋЌ\u{AD}ЎЏАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя"
            + "№ёђѓєѕіїјљњћќ§ўџ",
        .arabic:
            "\u{A0}\u{FFFD}\u{FFFD}\u{FFFD}¤\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}،"
            + "\u{AD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"
            + "\u{FFFD}\u{FFFD}\u{FFFD}؛\u{FFFD}\u{FFFD}\u{FFFD}؟\u{FFFD}ءآأؤإئابةتثجحخدذرزسشصضطظعغ"
            + "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}ـفقكلمنهوىيًٌٍَُِّْ\u{FFFD}\u{FFFD}\u{FFFD}"
            + "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}",
        .greek:
            "\u{A0}‘’£€₯¦§¨©ͺ«¬\u{AD}\u{FFFD}―°±²³΄΅Ά·ΈΉΊ»Ό½ΎΏΐΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡ\u{FFFD}ΣΤΥΦΧΨΩΪΫάέήίΰα"
            + "βγδεζηθικλμνξοπρςστυφχψωϊϋόύώ\u{FFFD}",
        .hebrew:
            "\u{A0}\u{FFFD}¢£¤¥¦§¨©×«¬\u{AD}®¯°±²³´µ¶·¸¹÷»¼½¾\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"
            + "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"
            + "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"
            + "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}‗אבגדהוזחטיךכלםמןנסעףפץצקרשת\u{FFFD}\u{FFFD}"
            + "\u{200E}\u{200F}\u{FFFD}",
        .latin5:
            "\u{A0}¡¢£¤¥¦§¨©ª«¬\u{AD}®¯°±²³´µ¶·¸¹º»¼½¾¿ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏĞÑÒÓÔÕÖ×ØÙÚÛÜİŞßàáâãäåæçèéêëìíîï"
            + "ğñòóôõö÷øùúûüışÿ",
        .latin9:
            "\u{A0}¡¢£€¥Š§š©ª«¬\u{AD}®¯°±²³Žµ¶·ž¹º»ŒœŸ¿ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîï"
            + "ðñòóôõö÷øùúûüýþÿ",
    ]
}
