import Foundation
import Testing
import Vocabulary

@testable import MailReader

@Suite struct `A mail's structure` {
    static let mixed = "Content-Type: multipart/mixed; boundary=\"b1\"\r\n"

    func parts(_ texts: String...) -> String { texts.map { "--b1\n\($0)\n" }.joined() + "--b1--\n" }

    @Test func `gives sender, receiver, number and time`() throws {
        let d = try #require(try Ground.read(Ground.mail("Hello")).readings.first?.document)
        #expect(d.format == .email)
        #expect(d.type == "correspondence")
        #expect(d.sender == "anna@berg-textil.de")
        #expect(d.receiver == "orders@buyer.example")
        #expect(d.number == "1.a@berg-textil.de")
        #expect(d.date?.description == "2026-03-10T08:15:00Z")
        #expect(d.envelope == d.date)
        #expect(d.status == .accepted)
        let e = try Ground.event(Ground.mail("Hello"))
        #expect(e.facts.party("sender")?.name == "Anna Berg")
        #expect(e.facts.party("sender")?.scheme == "email")
    }

    @Test func `numbers attachments as IMAP does`() throws {
        let body = parts(
            "Content-Type: multipart/alternative; boundary=b2\n\n--b2\nContent-Type: text/plain\n\nSee attachment\n--b2\nContent-Type: text/html\n\n<p>x</p>\n--b2--",
            "Content-Type: application/pdf\nContent-Disposition: attachment; filename=\"pod.pdf\"\nContent-Transfer-Encoding: base64\n\nJVBERi0=",
            "Content-Type: message/rfc822\n\nFrom: c@d.e\nSubject: inner\nContent-Type: multipart/mixed; boundary=b3\n\n--b3\nContent-Type: text/plain\n\nHi\n--b3\nContent-Type: application/xml; name=a.xml\n\n<a/>\n--b3--",
            "Content-Type: text/plain\nContent-Disposition: attachment; filename=order.edi\n\nUNB+UNOA")
        let out = try Ground.read(Ground.mail(body, head: Self.mixed))
        #expect(out.attachments.map { $0.locator.part } == ["2", "3", "4"])
        #expect(out.attachments.map(\.name) == ["pod.pdf", "message.eml", "order.edi"])
        #expect(String(decoding: out.attachments[0].bytes, as: UTF8.self) == "%PDF-")
        #expect(out.readings.first?.events.first?.intent?.name == "document-transmittal")
        // The attached mail is read as a mail of its own, its parts numbered on from its own.
        let inner = try Ground.read(out.attachments[1].bytes, part: "3")
        #expect(inner.readings.first?.document.sender == "c@d.e")
        #expect(inner.readings.first?.document.locator.part == "3")
        #expect(inner.attachments.map { $0.locator.part } == ["3.2"])
    }

    @Test func `leaves out pictures that the text shows`() throws {
        let html = "Content-Type: text/html\n\n<p>Hi<img src=\"cid:logo@x\"></p>"
        func image(_ more: String) -> String {
            "Content-Type: image/png; name=p.png\n\(more)Content-Transfer-Encoding: base64\n\niVBORw0KGgo="
        }
        let out = try Ground.read(
            Ground.mail(
                parts(
                    html, image("Content-ID: <logo@x>\nContent-Disposition: attachment\n"),
                    image("Content-Disposition: inline\n"), image("Content-Disposition: attachment\n")),
                head: Self.mixed))
        #expect(out.attachments.map { $0.locator.part } == ["4"])
    }

    @Test func `gives calendar entries as attachments`() throws {
        let out = try Ground.read(
            Ground.mail(
                parts(
                    "Content-Type: text/plain\n\nHi", "Content-Type: text/calendar; method=REQUEST\n\nBEGIN:VCALENDAR"),
                head: Self.mixed))
        #expect(out.attachments.map { $0.locator.part } == ["2"])
    }

    @Test(arguments: [
        ("../../etc/passwd", "passwd"), ("C:\\\\temp\\\\a.pdf", "a.pdf"), ("a\u{202E}fdp.exe", "afdp.exe"),
        ("=?utf-8?Q?Lieferschein_M=C3=BCller.pdf?=", "Lieferschein Müller.pdf"), ("a!b.zip", "a_b.zip"),
    ])
    func `takes from a file's name what is only a name`(_ written: String, _ name: String) throws {
        let out = try Ground.read(
            Ground.mail(
                parts(
                    "Content-Type: text/plain\n\nHi",
                    "Content-Type: application/pdf\nContent-Disposition: attachment; filename=\"\(written)\"\n\nx"),
                head: Self.mixed))
        #expect(out.attachments.map(\.name) == [name])
    }

    @Test func `joins file names over several parameters`() throws {
        let out = try Ground.read(
            Ground.mail(
                parts(
                    "Content-Type: text/plain\n\nHi",
                    "Content-Type: application/pdf\nContent-Disposition: attachment;\n filename*0*=utf-8''Ablieferbeleg%20M%C3%BC;\n filename*1=\"ller.pdf\"\n\nx"
                ),
                head: Self.mixed))
        #expect(out.attachments.map(\.name) == ["Ablieferbeleg Müller.pdf"])
    }

    @Test func `is read in the charset that it is in`() throws {
        func text(_ bytes: [UInt8], _ label: String) throws -> (String?, [String]) {
            let head =
                Ground.head + "Content-Type: text/plain; charset=\(label)\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
            let r = try Ground.read(
                Array(head.utf8) + Array("Bestellung 4500010253 verz".utf8) + bytes + Array("gert sich".utf8))
            return (
                r.readings.first?.events.first?.intent?.at.quote, r.readings.first?.document.findings.map(\.code) ?? []
            )
        }
        let wanted = "Bestellung 4500010253 verzögert sich"
        for (bytes, label) in [
            ([0xF6] as [UInt8], "iso-8859-1"), ([0xC3, 0xB6], "utf-8"), ([0x94], "ibm437"),
        ] {
            let (quote, findings) = try text(bytes, label)
            #expect(quote == wanted)
            #expect(findings.isEmpty)
        }
        for (bytes, label) in [
            ([0xF6] as [UInt8], "utf-8"), ([0xC3, 0xB6], "iso-8859-1"), ([0xF6], "us-ascii"), ([0xF6], "x-unknown"),
        ] {
            let (quote, findings) = try text(bytes, label)
            #expect(quote == wanted)
            #expect(findings == ["charset-mismatch"])
        }
    }

    @Test func `decodes quoted-printable, base64, encoded words and flowed lines`() throws {
        let qp = Ground.mail(
            "Order 4500010253 is del=\nayed.",
            head: "Content-Type: text/plain\r\nContent-Transfer-Encoding: quoted-printable\r\n")
        #expect(try Ground.event(qp).intent?.name == "supplier-delay")
        let b64 = Ground.mail(
            Data("Order 4500010253 is delayed.".utf8).base64EncodedString(),
            head: "Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n")
        #expect(try Ground.event(b64).intent?.name == "supplier-delay")
        let word = Ground.mail("Hallo", subject: "=?iso-8859-1?Q?Bestellung_4500010253_versp=E4tet?=")
        #expect(try Ground.event(word).facts.references.first?.at.quote == "Bestellung 4500010253 verspätet")
        let flowed = Ground.mail(
            "Order \n4500010253 \nis delayed.", head: "Content-Type: text/plain; format=flowed\r\n")
        #expect(try Ground.event(flowed).intent?.at.quote == "Order 4500010253 is delayed.")
    }

    @Test func `reads HTML where there is no plain text or it is empty`() throws {
        let alternative = "Content-Type: multipart/alternative; boundary=b1\r\n"
        let body = parts(
            "Content-Type: text/plain\n\n ", "Content-Type: text/html\n\n<p>Order 4500010253 is delayed.</p>")
        #expect(try Ground.event(Ground.mail(body, head: alternative)).intent?.name == "supplier-delay")
    }

    @Test func `of an mbox is several mails`() throws {
        let one =
            "From a@b.c Tue Mar 10 09:15:00 2026\n"
            + String(decoding: Ground.mail("Order 4500010253 is delayed.\n>From here on."), as: UTF8.self)
        let two = "\nFrom c@d.e Wed Mar 11 09:15:00 2026\n" + String(decoding: Ground.mail("Hi"), as: UTF8.self) + "\n"
        let out = try Ground.read(Array((one + "\n" + two).utf8))
        #expect(out.readings.map { $0.document.locator.message } == [1, 2])
        #expect(out.readings.map { $0.events.count } == [1, 1])
        #expect(out.readings.first?.document.span?.first == 36)
    }

    @Test func `without a Date header says so and goes on`() throws {
        let r = try #require(
            try Ground.read(Array("From: a@b.c\nSubject: PO 4500010253 delayed\n\nto 3 May".utf8)).readings.first)
        #expect(r.document.findings.map(\.code) == ["date-missing"])
        #expect(r.document.status == .accepted)
        #expect(r.events.count == 1)
    }

    @Test(arguments: [
        ("Tue, 10 Mar 2026 09:15:00 +0100", "2026-03-10T08:15:00Z"), ("10 Mar 26 09:15 GMT", "2026-03-10T09:15:00Z"),
        ("Tue, 10 Mar 2026 09:15:00 -0500 (EST)", "2026-03-10T14:15:00Z"), ("10 Mar 2026", "2026-03-10"),
        ("2026-03-10T09:15:00Z", "2026-03-10T09:15:00Z"), ("Tue, 10 Mar 2026 09:15:00 +9900", "2026-03-10T09:15:00"),
    ])
    func `takes a time written as`(_ header: String, _ moment: String) {
        #expect(MailDate.moment(header)?.description == moment)
    }
}

@Suite struct `Hostile mails` {
    func codes(_ bytes: [UInt8]) throws -> [String] {
        let out = try Ground.read(bytes)
        #expect(out.readings.count == 1)
        #expect(out.readings.first?.events.count ?? 2 <= 1)
        return out.readings.first?.document.findings.map(\.code) ?? []
    }

    @Test func `are refused by name`() throws {
        let long = "X-A: " + String(repeating: "a", count: 70_000) + "\r\n\r\nHi"
        #expect(try codes(Array(long.utf8)) == ["header-too-long"])
        let many = String(repeating: "X-A: b\r\n", count: 2100) + "\r\nHi"
        #expect(try codes(Array(many.utf8)) == ["too-many-headers"])
        let wide =
            "From: a@b.c\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n"
            + String(repeating: "--x\r\n\r\n", count: 5100)
        #expect(try codes(Array(wide.utf8)) == ["too-many-parts"])
        #expect(try Ground.read(Array(wide.utf8)).readings.first?.document.status == .rejected)
    }

    @Test func `with nested address groups are read without addresses`() throws {
        let deep =
            "From: a@b.c\r\nTo: " + String(repeating: "g:", count: 25_000)
            + "\r\nDate: Tue, 10 Mar 2026 09:15:00 +0100\r\n\r\nPO 4500010253 is delayed"
        let r = try #require(try Ground.read(Array(deep.utf8)).readings.first)
        #expect(r.document.findings.map(\.code) == ["addresses-not-read"])
        #expect(r.document.sender == nil)
        #expect(r.events.first?.intent?.name == "supplier-delay")
    }

    @Test func `nested too deep are cut`() throws {
        var body = "Content-Type: text/plain\r\n\r\nHi\r\n"
        for n in 0..<60 {
            body = "Content-Type: multipart/mixed; boundary=b\(n)\r\n\r\n--b\(n)\r\n" + body + "--b\(n)--\r\n"
        }
        #expect(
            try codes(Array(("From: a@b.c\r\nDate: Tue, 10 Mar 2026 09:15:00 +0100\r\n" + body).utf8)) == [
                "nested-too-deep"
            ])
    }

    @Test func `of deeply nested HTML keep their text`() throws {
        let html =
            String(repeating: "<div>", count: 5000) + "Order 4500010253 is delayed."
            + String(repeating: "</div>", count: 5000)
        let e = try Ground.event(Ground.mail(html, head: "Content-Type: text/html\r\n"))
        #expect(e.intent?.name == "supplier-delay")
    }

    @Test func `never bring the reader down, cut anywhere or with flipped bits`() throws {
        let body =
            "--b1\nContent-Type: text/html; charset=utf-8\n\n<table><tr><td>PO</td><td>4500010253</td><td>delayed to 3 April</td></tr></table>\n--b1\nContent-Type: application/pdf; name=x.pdf\nContent-Transfer-Encoding: base64\n\nJVBERi0=\n--b1--"
        let whole = Ground.mail(body, subject: "=?utf-8?Q?Bestellung_4500010253?=", head: `A mail's structure`.mixed)
        var reader = try #require(Ground.reader)
        var state: UInt64 = 7
        func next() -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33)
        }
        for n in stride(from: 0, to: whole.count, by: 23) {
            _ = reader.read(Array(whole[..<n]), at: Locator(path: "m.eml"), source: "")
        }
        for _ in 0..<120 {
            var bytes = whole
            for _ in 0..<6 { bytes[next() % bytes.count] ^= UInt8(1 << (next() % 8)) }
            let out = reader.read(bytes, at: Locator(path: "m.eml"), source: "")
            #expect(out.readings.count >= 1)
            #expect(out == reader.read(bytes, at: Locator(path: "m.eml"), source: ""))
        }
    }
}
