import Foundation
import Testing
import Vocabulary

/// The customs desk's views: `readiness` and `report`.
@Suite struct ReadinessViewTests {
    private static let desk = Result<Scratch, any Error> {
        let scratch = try Scratch()
        try ReadinessDesk.write(to: scratch)
        return scratch
    }

    private func show(_ arguments: [String], locale: String = "C.UTF-8") throws -> String {
        let scratch = try Self.desk.get()
        let outcome = try Program.run(
            ["readiness"] + arguments + ["--out", scratch.path("out")], environment: ["LC_ALL": locale])
        #expect(outcome.status == 0, "\(outcome.err)")
        return outcome.out
    }

    private func rows(_ text: String) -> [[String]] {
        text.split(separator: "\n").map { line in
            line.split(separator: " ").map(String.init).filter { !$0.isEmpty }
        }
    }

    @Test func theMatrixHasTheMostUrgentFirstAndNoReleasedOnes() throws {
        let lines = try show([]).split(separator: "\n").map(String.init)
        #expect(lines[0].split(separator: " ").suffix(4) == ["declaration", "certificate-of-origin", "hours", "next"])
        #expect(lines[1].hasPrefix("shipment BL-100"))
        #expect(lines[1].contains("uk-import  held     ⚠            ✖"))
        // Two and a half hours ago, rounded down; the next action with its owner.
        #expect(lines[1].hasSuffix("-3  customs: Ask the exporter for it. (+2)"))
        #expect(lines[2].hasPrefix("shipment BL-200"))
        #expect(lines[2].contains("eu-import  ready    ✔            –"))
        #expect(lines[2].hasSuffix("6  logistics: Lodge it."))
        #expect(lines.last?.hasSuffix("as of 2026-03-31 00:00 UTC") == true)
        #expect(!lines.contains { $0.contains("BL-300") || $0.contains("\u{1B}") })
    }

    @Test func aScreenWithoutUnicodeGetsASCII() throws {
        let text = try show([], locale: "C")
        #expect(text.utf8.allSatisfy { $0 < 0x80 })
        #expect(text.contains("held     !            X"))
        #expect(text.contains("ready    +            -"))
        #expect(text.contains("+ held   X missing   ! in conflict   - not required"))
    }

    @Test(arguments: [
        (["--all"], ["BL-100", "BL-200", "BL-300"]), (["--regime", "uk-import"], ["BL-100"]),
        (["--verdict", "released"], ["BL-300"]), (["--partner", "maas"], ["BL-200"]),
        (["--owner", "finance"], ["BL-100"]), (["--owner", "logistics"], ["BL-100", "BL-200"]),
        (["--owner", "warehouse"], []),
    ])
    func filtersChooseShipments(_ filter: [String], _ expected: [String]) throws {
        let csv = try show(filter + ["--csv"]).split(separator: "\r\n").dropFirst()
        #expect(csv.map { $0.split(separator: "\"")[0].split(separator: " ").last.map(String.init) } == expected)
    }

    @Test func jsonIsRowsOfTheFile() throws {
        let scratch = try Self.desk.get()
        let file = String(decoding: scratch.bytes("out/readiness.ndjson"), as: UTF8.self)
        #expect(try show(["--all", "--json"]) == file)
        #expect(try show(["BL-200", "--json"]) == file.split(separator: "\n").map { $0 + "\n" }[1])
    }

    @Test func csvSaysInWordsWhatSignsSay() throws {
        let lines = try show(["--csv"], locale: "C").split(separator: "\r\n")
        #expect(
            lines[1].hasSuffix(
                #""uk-import","held","in conflict","missing","2026-03-30T21:30:00Z","-3","gross-mass-mismatch","customs","2026-03-31T12:00:00Z","Ask the exporter for it.""#
            ))
    }

    @Test func theSheetOfAShipmentSaysEverything() throws {
        let text = try show(["BL-100"])
        let expected = """
            shipment BL-100  (sh-1)
              uk-import, held
              as of 2026-03-31 00:00 UTC
              cut-off: overdue 2 h (2026-03-30 21:30 UTC)
              bill-of-lading BL-100
              partners: <script>alert('x')</script> & Co, Nordkap Lines

            Documents
              ⚠ declaration            customs-declaration L-1 in d.xml
              ✖ certificate-of-origin  missing
                  → Ask the exporter for it. [customs, with supplier, in 12 h (2026-03-31 12:00 UTC)]

            Conflicts
              gross-mass-mismatch
                declared 1216 KGM
                  customs-declaration L-1 in d.xml, /Declaration/TotalGrossMassMeasure
                  > <TotalGrossMassMeasure>1216</TotalGrossMassMeasure>
                packed 1190 KGM
                  packing-list P-7 in p.xml, /PackingList
                  > <PackingList><GrossWeight>1190</GrossWeight><Contact><Telephone>•••58</Telephone></Contact></PackingList>
                → Have the declaration amended. [logistics]

            Findings
              licence-code-unknown (warn)
                no code Y901
                  customs-declaration L-1 in d.xml
                  codes, as of 2026; data element 12 03

            Deadlines
              cut-off: overdue 2 h (2026-03-30 21:30 UTC)  [own-target, policy]
              temporary storage: in 2 d (2026-04-02 00:00 UTC)  [law, UCC 139]

            Next actions
              → Pay the duty. [finance]

            Life of the filing
              2026-03-29 09:00 UTC  customs.declared  lrn L-1
                  customs-declaration L-1 in d.xml
              2026-03-30 09:00 UTC  customs.held  mrn 26GB4K7T2QW9M3XR84 · reason Call •••58
                  customs-response R-1 in gone.xml

            """
        #expect(text == expected)
        #expect(try show(["26GB4K7T2QW9M3XR84"]) == text)
        #expect(try show(["sh-1"]) == text)
        #expect(try show(["BL-100", "--show-sensitive"]).contains("<Telephone>+44 20 7946 0958</Telephone>"))
    }

    @Test func whatIsNotThereIsNamed() throws {
        let scratch = try Self.desk.get()
        for (name, words) in [
            ("BL-999", "no shipment here is called BL-999"),
            ("BL-400", "BL-400 is no shipment that crosses a customs border"),
        ] {
            let outcome = try Program.run(["readiness", name, "--out", scratch.path("out")])
            #expect(outcome.status == 2)
            #expect(outcome.err.contains(words))
        }
    }

    @Test func theLedgerShowsWhatTheFolderShows() throws {
        let scratch = try Scratch()
        let run = ["run", SampleDropTests.drop, "--as-of", SampleDropTests.asOf, "--quiet"]
        #expect(
            try Program.run(run + ["--out", scratch.path("out"), "--store", scratch.path("l.db")]).status == 0)
        for view in [[], ["NKOL26031877"], ["--csv"]] {
            let folder = try Program.run(["readiness"] + view + ["--out", scratch.path("out")])
            let ledger = try Program.run(["readiness"] + view + ["--store", scratch.path("l.db")])
            #expect(folder.out == ledger.out)
            #expect(folder.out.contains("NKOL26031877"))
        }
    }

    // MARK: Page

    private func page(_ more: [String] = []) throws -> String {
        let scratch = try Self.desk.get()
        let file = scratch.path("page-\(more.count).html")
        let outcome = try Program.run(
            ["report", "--readiness", file, "--out", scratch.path("out")] + more, environment: ["LC_ALL": "C"])
        #expect(outcome.status == 0, "\(outcome.err)")
        #expect(outcome.out == "3 shipments in \(file)\n")
        return try String(contentsOfFile: file, encoding: .utf8)
    }

    @Test func aPageThatCannotBeWrittenIsNamed() throws {
        let scratch = try Self.desk.get()
        let file = scratch.path("no/such/folder/page.html")
        let outcome = try Program.run(["report", "--readiness", file, "--out", scratch.path("out")])
        #expect(outcome.status == 2)
        #expect(outcome.err.contains(file))
    }

    /// `RECORD_SAMPLES=1 swift test --filter ReadinessViewTests` writes it anew; read the difference.
    @Test func thePageIsTheOneExpectedByteForByte() throws {
        let expected = Program.package + "/Tests/CommandTests/Expected/readiness.html"
        let html = try page()
        if ProcessInfo.processInfo.environment["RECORD_SAMPLES"] != nil {
            try Data(html.utf8).write(to: URL(filePath: expected))
        }
        let same = html == (try? String(contentsOfFile: expected, encoding: .utf8))
        #expect(same, "the page differs from Expected/readiness.html")
        #expect(try page() == html)
    }

    @Test func partnersCannotWriteIntoThePage() throws {
        let html = try page()
        #expect(!html.contains("<script"))
        #expect(html.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; Co"))
        #expect(html.contains("default-src &#39;none&#39;") || html.contains("default-src 'none'"))
        for outside in ["http:", "https:", "url(", "@import", "src=\"", "<link"] { #expect(!html.contains(outside)) }
    }

    @Test func thePageCanBeReadByEveryone() throws {
        let html = try page()
        #expect(html.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">"))
        #expect(html.contains("<title>Customs readiness, 2026-03-31 00:00 UTC</title>"))
        #expect(html.contains("<caption>"))
        #expect(html.contains("<th scope=\"col\">declaration</th>"))
        #expect(html.contains("<th scope=\"row\"><a href=\"#shipment-1\">shipment BL-100</a></th>"))
        #expect(html.contains("size:A4 landscape"))
        // What signs say is there in words too.
        #expect(html.contains("<span aria-hidden=\"true\">✖ </span>missing"))
    }

    @Test func thePageMasksContactsUnlessAsked() throws {
        #expect(try page().contains("•••58"))
        #expect(try !page().contains("7946 0958"))
        #expect(try page(["--show-sensitive"]).contains("+44 20 7946 0958"))
    }
}
