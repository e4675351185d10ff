import Schemas
import Vocabulary

/// How a code's number meets the references that the paper prints: it confirms one, puts one right, or is one more.
extension BarcodeFacts {
    /// Adds a reference by its kind, or confirms the one that is there.
    func reference(_ kind: String, _ text: String, _ code: Barcode, _ sheet: Sheet, _ facts: inout Facts) {
        var value = text.uppercased()
        while value.first == " " { value.removeFirst() }
        while value.last == " " { value.removeLast() }
        let strict = NormalForm.strict(value)
        if let i = facts.references.firstIndex(where: { $0.kind == kind && NormalForm.strict($0.value) == strict }) {
            confirm(i, code, sheet, &facts)
        } else if !correct(kind, value, code, sheet, &facts) {
            facts.reference(
                kind, value, raw: code.text, sheet.page.place(code),
                confidence: words.barcodes.symbologies[code.symbology]?.confidence ?? 0)
        }
    }

    /// Confirms every printed reference that is the code's number: with or without the letters before it, or leading zeros.
    func confirm(_ text: String, _ code: Barcode, _ sheet: Sheet, _ facts: inout Facts) -> Bool {
        let strict = NormalForm.strict(text)
        guard strict.count >= 4 else { return false }
        let tail = BarcodeData.identifier(text, words.barcodes).map {
            NormalForm.strict(String(text.dropFirst($0.prefix.count)))
        }
        func says(_ r: Reference) -> Bool {
            let v = NormalForm.strict(r.value)
            guard v.count >= 4 else { return false }
            if v == strict || v == tail { return true }
            guard min(v.count, strict.count) >= 6 else { return false }
            // PRO12345678, SCAC and number, 000012345678.
            let (long, short) = v.count > strict.count ? (v, strict) : (strict, v)
            let head = long.dropLast(short.count)
            return long.hasSuffix(short)
                && ((head.count <= 4 && head.allSatisfy(\.isLetter)) || head.allSatisfy { $0 == "0" })
        }
        let same = facts.references.indices.filter { says(facts.references[$0]) }
        for i in same { confirm(i, code, sheet, &facts) }
        return !same.isEmpty
    }

    /// Two readings that agree are wrong only where both are: the doubts of both are multiplied.
    private func confirm(_ i: Int, _ code: Barcode, _ sheet: Sheet, _ facts: inout Facts) {
        let at = sheet.page.place(code)
        guard facts.references[i].at != at, !facts.references[i].also.contains(at) else { return }
        facts.references[i].also.append(at)
        let doubt = 1000 - (words.barcodes.symbologies[code.symbology]?.confidence ?? 0)
        facts.references[i].confidence = 1000 - max(1, (1000 - facts.references[i].confidence) * doubt / 1000)
    }

    /// Puts the code's text in place of one that was recognised with one character off, under the same label: of all ways to read
    /// a picture the code is the surest. What was recognised stays in `raw`.
    ///
    /// - Parameter kind: of the code's label; without one any number that is that near, if only one is and it was not certain.
    func correct(_ kind: String?, _ text: String, _ code: Barcode, _ sheet: Sheet, _ facts: inout Facts) -> Bool {
        let strict = NormalForm.strict(text)
        let near = facts.references.indices.filter { i in
            let r = facts.references[i]
            guard r.at.page == sheet.page.number, let read = r.at.confidence, kind == nil || r.kind == kind else {
                return false
            }
            guard kind != nil || (read < 900 && strict.count >= 7) else { return false }
            return strict.count >= 5 && LookAlike.isOneApart(NormalForm.strict(r.value), strict)
        }
        guard near.count == 1, let i = near.first else { return false }
        let old = facts.references[i].value
        facts.references[i].value = text.uppercased()
        for e in facts.equipment.indices where facts.equipment[e].id == old {
            facts.equipment[e].id = text.uppercased()
        }
        confirm(i, code, sheet, &facts)
        return true
    }
}
