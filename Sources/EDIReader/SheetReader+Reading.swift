import Vocabulary

extension SheetReader {
    /// The sheet's events as values of their own.
    func events() -> [Event] {
        sheet.events.enumerated().map { n, e in
            Event(type: e.type, ordinal: n, facts: values(e.facts), lines: e.lines.map { line(sheet.lines[$0]) })
        }
    }

    private func line(_ l: SheetLine) -> Line {
        Line(number: filled(l.number), facts: values(l.facts), at: place(placeOfSegment(l.segment)))
    }

    private func filled(_ t: Text) -> String? { t.isEmpty ? nil : string(t) }

    private func values(_ block: FactBlock) -> Facts {
        var out = Facts()
        func each(_ section: Section) -> [Fact] {
            block[Int(section.rawValue)].map { facts[Int(sheet.order[$0])] }
        }
        out.references = each(.references).map {
            Reference(string($0.word), string($0.value), raw: string($0.raw), at: place($0.place), line: filled($0.a))
        }
        out.parties = each(.parties).map {
            Party(
                string($0.word), name: filled($0.a), id: filled($0.value), scheme: filled($0.b),
                country: filled($0.c), at: place($0.place))
        }
        out.dates = each(.dates).map {
            let m = sheet.moments[Int($0.figure)]
            return DateFact(
                string($0.word), m.value, alternatives: m.other.map { [$0] } ?? [], raw: string($0.raw),
                at: place($0.place))
        }
        out.amounts = each(.amounts).map {
            Amount(
                string($0.word), sheet.figures[Int($0.figure)], currency: filled($0.a.or(block.currency)),
                basis: $0.basis < 0 ? nil : sheet.figures[Int($0.basis)], unit: filled($0.b), code: filled($0.c),
                text: filled($0.d), raw: string($0.raw), at: place($0.place))
        }
        out.quantities = each(.quantities).map {
            Quantity(
                string($0.word), sheet.figures[Int($0.figure)], unit: filled($0.a), raw: string($0.raw),
                at: place($0.place))
        }
        out.locations = each(.locations).map {
            Location(
                string($0.word), code: filled($0.value), name: filled($0.a), country: filled($0.b),
                at: place($0.place))
        }
        out.equipment = each(.equipment).map { Equipment(string($0.word), string($0.value), at: place($0.place)) }
        out.terms = each(.terms).map {
            Term(string($0.word), string($0.value), raw: string($0.raw), at: place($0.place))
        }
        return out
    }
}
