import Testing
import Vocabulary

@testable import MailReader

@Suite struct `News is told from history` {
    static let news = "Order 111 is late."

    @Test(arguments: [
        "On Tue, 10 Mar 2026 at 09:15, Anna Berg <anna@berg.de> wrote:\n> old",
        "On 10 Mar 2026, at 09:15, Anna Berg\n<anna@berg.de> wrote:\n\n> old",
        "Am 10.03.2026 um 09:15 schrieb Anna Berg <anna@berg.de>:\n> old",
        "Le mar. 10 mars 2026 à 09:15, Anna Berg <anna@berg.de> a écrit :\n> old",
        "El mar, 10 mar 2026 a las 9:15, Anna (<anna@berg.de>) escribió:\n> old",
        "Il giorno mar 10 mar 2026 alle ore 09:15 Anna <anna@berg.de> ha scritto:\n> old",
        "Op di 10 mrt 2026 om 09:15 schreef Anna <anna@berg.de>:\n> old",
        "W dniu 10.03.2026 o 09:15, Anna Berg pisze:\n> old",
        "Den 10. mar. 2026 kl. 09.15 skrev Anna Berg <anna@berg.de>:\n> old",
        "10.03.2026, 09:15, \"Anna Berg\" <anna@berg.de>:\n> old",
        "-----Original Message-----\nFrom: Anna\nold", "-----Ursprüngliche Nachricht-----\nVon: Anna\nold",
        "-----Message d'origine-----\nDe : Anna\nold", "-----Messaggio originale-----\nold",
        "________________________________\nFrom: Anna Berg <anna@berg.de>\nSent: Tuesday, 10 March 2026\nTo: Tom\nSubject: x\n\nold",
        "Von: Anna Berg <anna@berg.de>\nGesendet: Dienstag, 10. März 2026 09:15\nAn: Tom\nBetreff: x\n\nold",
        "De : Anna Berg\nEnvoyé : mardi 10 mars 2026\nÀ : Tom\nObjet : x\n\nold",
        "De: Anna Berg\nEnviado el: martes\nPara: Tom\nAsunto: x\n\nold",
        "Da: Anna Berg\nInviato: martedì\nA: Tom\nOggetto: x\n\nold",
        "Van: Anna Berg\nVerzonden: dinsdag\nAan: Tom\nOnderwerp: x\n\nold",
        "Od: Anna Berg\nWysłano: wtorek\nDo: Tom\nTemat: x\n\nold",
        "*From:* Anna Berg\n*Sent:* Tuesday\n*To:* Tom\n*Subject:* x\n\nold",
        "> old without a line above", "---------- Forwarded message ---------\nFrom: Anna\nold",
    ])
    func `above`(_ history: String) throws {
        #expect(try Ground.news(Self.news + "\n\n" + history) == Self.news)
    }

    @Test func `between quoted lines and below them`() throws {
        let text = "On 10 March 2026 09:15 Anna <a@b.de> wrote:\n> When?\nFriday.\n> How many?\n300 pcs."
        #expect(try Ground.news(text) == "Friday.\n300 pcs.")
    }

    @Test(arguments: [
        "Kind regards,\nAnna Berg\nSales\nTel +49 221 5567788", "Mit freundlichen Grüßen\n\nAnna Berg\nBerg GmbH",
        "Cordialement,\nAnna", "Saludos cordiales\nAnna", "Best\nAnna", "-- \nAnna\nBerg GmbH", "--\nAnna | berg.de",
        "Thanks,\nAnna", "Sent from my iPhone", "Met vriendelijke groet,\nAnna", "Distinti saluti\nAnna",
        "Regards,\n\nAnna\nBerg GmbH\nT: +49 221 556 | W: www.berg.de\nRegistered office: Köln. Company no. 04418827",
        "Regards\nAnna\n\nThis e-mail and any attachments are confidential. Our terms of 1 January 2019 apply.",
        "Anna Berg\nBerg GmbH\nTel. +49 221 5567788", "Please consider the environment before printing this e-mail.",
    ])
    func `from signatures and notices`(_ tail: String) throws {
        #expect(try Ground.news(Self.news + "\n\n" + tail) == Self.news)
    }

    @Test(arguments: [
        "Thanks for the call. Order 111 is late.", "Best price is 5 EUR.\nOrder 111 is late.\nMore follows.",
        "From Monday on we deliver.\nTo be safe, order 111 ships today.", "She wrote:\nall is fine",
        "Date: 13 March 2026\nOrder: 4500010253",
    ])
    func `and prose stays news`(_ text: String) throws {
        #expect(try Ground.news(text) == text)
    }

    @Test(arguments: [
        "<p>Order 111 is late.</p><blockquote type=\"cite\">old</blockquote>",
        "<div>Order 111 is late.</div><div class=\"gmail_quote\">On Tue wrote:<blockquote>old</blockquote></div>",
        "<p>Order 111 is late.</p><div style=\"border-top:solid #E1E1E1 1.0pt\"><p><b>From:</b> Anna<br><b>Sent:</b> Tuesday<br><b>To:</b> Tom<br><b>Subject:</b> x</p></div><p>old</p>",
        "<p>Order 111 is late.</p><p style=\"display:none\">order 222 too</p><script>order 333</script>",
    ])
    func `in HTML`(_ html: String) throws {
        #expect(try Ground.news(html, html: true) == Self.news)
    }

    @Test func `and quoted facts count for nothing`() throws {
        let e = try Ground.event(
            Ground.mail(
                "Well noted, thank you.\n\nOn Tue, 3 Mar 2026 at 09:15, Anna <a@b.de> wrote:\n> PO 4500012345 is delayed to 3 April 2026.",
                subject: "Re: news"))
        #expect(e.intent?.name == "other")
        #expect(e.facts.references.isEmpty)
        #expect(e.facts.dates.isEmpty)
    }

    @Test func `but a mail that only hands another one on speaks with its words`() throws {
        let body = """
            FYI

            ---------- Forwarded message ---------
            From: Mill <sales@mill.example>
            Date: Mon, 9 Mar 2026
            Subject: order
            To: Tom

            PO 4500012345 is delayed to 3 April 2026.
            """
        let e = try Ground.event(Ground.mail(body, subject: "Fwd: order"))
        #expect(e.intent?.name == "supplier-delay")
        #expect(e.intent?.newDate?.value.description == "2026-04-03")
        #expect(e.confidence < 700)
    }
}
