import Schemas
import Testing
import Vocabulary
import XMLReader

@Suite("XML maps")
struct MapTests {
    private func fault(_ map: String) -> SchemaFault? {
        let files = Ground.schemas.only(["words.yaml"]).overlaid(with: SchemaFiles(["maps/xml/a.yaml": map]))
        do {
            _ = try XMLReader(files)
            return nil
        } catch {
            return error
        }
    }

    private static let head = "title: A\nrecognise: {root: A}\ndocument: {type: a}\n"

    @Test("A word that is not in words.yaml is refused with file and line")
    func unknownWordIsRefused() {
        let found = fault(MapTests.head + "facts:\n  B: reference nonsense\n")
        #expect(found?.file == "maps/xml/a.yaml")
        #expect(found?.line == 5)
        #expect(found?.reason.contains("nonsense") == true)
    }

    @Test(
        "Mistakes in a map are refused",
        arguments: [
            "facts:\n  cbc:ID: reference invoice\n", "facts:\n  B: {fact: date issued, tiem: C}\n",
            "facts:\n  B: term mode from nowhere\n", "facts:\n  B: {use: nowhere}\n", "factz: {}\n",
            "facts:\n  \"B[C=1\": date issued\n", "uses: [nowhere]\n",
            "facts:\n  B: {fact: term reason, value: \"{C from nowhere}\"}\n",
            "facts:\n  B: {fact: term reason, value: \"{C as nowhere}\"}\n",
            "texts: {t: \"{C as t}\"}\nfacts:\n  B: {fact: term reason, value: \"{C as t}\"}\n",
            "blocks: {b: {C: {use: b}}}\nfacts: {B: {use: b}}\n",
        ])
    func mistakesAreRefused(_ mistake: String) {
        #expect(fault(MapTests.head + mistake) != nil)
    }

    @Test("A family of one's own needs no more than a map")
    func ownFamilyIsRead() throws {
        let map =
            MapTests.head.replacing("type: a", with: "type: order, number: No") + """
                event: order.issued
                facts:
                  No: reference purchase-order
                  Kind: term mode from modes
                  Doc: {by: K, codes: {"9*": reference invoice}, other: reference other, value: N}
                lines:
                  Row: {number: "@n", facts: {Qty: {fact: quantity ordered, unit: "@u"}}}
                tables: {modes: {S*: sea}}
                """
        let files = Ground.schemas.only(["words.yaml"]).overlaid(with: SchemaFiles(["maps/xml/a.yaml": map]))
        let reader = try XMLReader(files)
        let xml = """
            <A><No>p7</No><Kind>ship</Kind><Doc><K>935</K><N>i1</N></Doc><Doc><K>X</K><N>x1</N></Doc>\
            <Row n="1"><Qty u="KGM">4.50</Qty></Row></A>
            """
        let reading = try #require(reader.read(Array(xml.utf8), at: Locator(path: "a"), source: "s").first)
        let event = try #require(reading.events.first)
        #expect(reading.document.number == "p7")
        #expect(event.facts.references.map(\.value) == ["P7", "I1", "X1"])
        #expect(event.facts.references.map(\.kind) == ["purchase-order", "invoice", "other"])
        #expect(event.facts.term("mode") == "sea")
        #expect(event.lines.first?.number == "1")
        #expect(event.lines.first?.facts.quantity("ordered")?.value == Exact("4.5"))
        #expect(event.lines.first?.facts.quantity("ordered")?.unit == "KGM")
    }

    @Test("Codes and pointers are put into words, each with the number of which it is")
    func pointersAreWorded() throws {
        let map =
            MapTests.head + """
                event: a
                facts:
                  E: {fact: term field, value: "{P as step}"}
                  X: {fact: term reason, value: "{@p from names} ({C from codes})"}
                texts: {step: "{S from names} {N} {T from names}"}
                tables:
                  names: {S1: item, S2: "", T1: net mass, item: item, other: "="}
                  codes: {"12": not valid}
                """
        let reader = try XMLReader(
            Ground.schemas.only(["words.yaml"]).overlaid(with: SchemaFiles(["maps/xml/a.yaml": map])))
        let xml = """
            <A><E><P><S>S2</S></P><P><N>2</N><S>S1</S><T>T1</T></P><P><S>Q</S></P></E>\
            <X p="/A/Item[3]/mass"><C>12</C></X><X p="/A"><C>99</C></X><X/></A>
            """
        let event = try #require(
            reader.read(Array(xml.utf8), at: Locator(path: "a"), source: "s").first?.events.first)
        #expect(event.facts.terms.filter { $0.name == "field" }.map(\.value) == ["item 2 net mass, Q"])
        #expect(
            event.facts.terms.filter { $0.name == "reason" }.map(\.value) == [
                "A, item 3, mass (not valid)", "A ()",
            ])
    }
}
