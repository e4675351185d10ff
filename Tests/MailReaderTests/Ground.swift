import Foundation
import Schemas
import Testing
import Vocabulary

@testable import MailReader

/// Schemas of the package and mails made of pieces.
enum Ground {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static let words: MailWords? = try? MailWords(files)
    /// Reading the schemas takes longer than a mail, so that they are read once.
    static let reader = try? MailReader(files)
    static let files: SchemaFiles = {
        var texts: [String: String] = [:]
        let folder = root.appendingPathComponent("schemas")
        func add(_ path: String) {
            texts[path] = try? String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8)
        }
        for path in ["words.yaml", "dates.yaml"] { add(path) }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path + "/phrases")) ?? []
        for n in names { add("phrases/" + n) }
        return SchemaFiles(texts)
    }()

    static let head = """
        From: "Anna Berg" <anna@berg-textil.de>\r
        To: Buyer <orders@buyer.example>\r
        Date: Tue, 10 Mar 2026 09:15:00 +0100\r
        Message-ID: <1.a@berg-textil.de>\r
        MIME-Version: 1.0\r

        """

    static func mail(_ body: String, subject: String = "", head more: String = "") -> [UInt8] {
        var s = head + (subject.isEmpty ? "" : "Subject: \(subject)\r\n") + more
        if !more.lowercased().contains("content-type") { s += "Content-Type: text/plain; charset=utf-8\r\n" }
        return Array((s + "\r\n" + body.replacingOccurrences(of: "\n", with: "\r\n")).utf8)
    }

    static func read(_ bytes: [UInt8], part: String? = nil) throws -> Extracted {
        var reader = try #require(reader)
        return reader.read(bytes, at: Locator(path: "m.eml", part: part), source: "s")
    }

    static func event(_ bytes: [UInt8]) throws -> Event {
        try #require(try read(bytes).readings.first?.events.first)
    }

    static func intent(_ body: String, subject: String = "", head: String = "") throws -> Intent {
        try #require(try event(mail(body, subject: subject, head: head)).intent)
    }

    /// What is left of a text as news.
    static func news(_ text: String, html: Bool = false) throws -> String {
        let w = try #require(words)
        var t = MailText(part: "1", text: html ? HTMLText.text(of: text).text : text)
        var splitter = Splitter(words: w.quoting)
        splitter.split(&t)
        Signature(words: w.quoting).split(&t)
        return t.news
    }
}
