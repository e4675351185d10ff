import Foundation

/// A folder of partner files to measure, written from the samples of the repository and two templates beside this package.
struct Drop {
    let name: String
    let what: String
    let folder: URL

    /// What can be written: name, description, how often the story is told, and the templates it is told with.
    private static let kinds: [(name: String, what: String, stories: Int, templates: [String])] = [
        ("start", "nothing: what a run costs before the first file", 0, []),
        ("x12", "204 210 214 810 820 843 850 855 856 861 990 997", 170, x12),
        ("x12-one", "the same interchanges in one file", 170, x12),
        ("edifact", "ORDERS ORDRSP IFTMBF IFTMBC IFTSTA DESADV INVOIC CONTRL", 250, edifact),
        ("xml", "CDS declaration and response, UBL invoice", 170, xml),
        ("pdf", "proofs of delivery, one page of text", 200, [proof]),
        ("mail", "delay, arrival, charge, approval, one in five with a proof", 100, mail),
        ("mixed", "each story in every format, its proof attached to a mail", 60, x12 + edifact + xml + mail),
    ]

    private static let proof = "POD.pdf"
    private static let x12 =
        [
            "inbound/piedmont/843_PQ-5512", "outbound/piedmont/850_300118", "inbound/piedmont/997_4101",
            "inbound/piedmont/855_300118", "outbound/tidewater/204_LD77031", "inbound/tidewater/990_LD77031",
            "inbound/tidewater/214_20260304", "inbound/piedmont/856_PGS-9001", "inbound/chester-dc/861_GR-6101",
            "inbound/piedmont/810_PGI-7701", "inbound/tidewater/210_TW-30091", "outbound/piedmont/820_PAY-20260320",
        ].map { "samples/drop/\($0).x12" }
    private static let edifact =
        [
            "outbound/songlam/ORDERS_300121", "inbound/songlam/ORDRSP_SLC-0871", "outbound/nordkap/IFTMBF_TB-1190",
            "inbound/nordkap/CONTRL_701", "inbound/nordkap/IFTMBC_NKB8804117", "inbound/songlam/DESADV_SLD-2207",
            "inbound/nordkap/IFTSTA_NKB8804117",
        ].map { "samples/drop/\($0).edi" } + ["Benchmarks/Templates/INVOIC_SLI-0455.edi"]
    private static let xml = [
        "samples/drop/inbound/castlequay/CQ26-003418_declaration.xml",
        "samples/drop/inbound/castlequay/CQ26-003418_accepted.xml", "Benchmarks/Templates/SLI-0455.xml",
    ]
    private static let mail = [
        "20260305-tidewater-pod", "20260311-detention", "20260311-detention-approved", "20260324-songlam-delay",
        "20260326-arrival-notice",
    ].map { "samples/drop/mail/2026-03/\($0).eml" }

    /// Writes every drop that is asked for (all when none is) below a folder.
    static func write(_ wanted: [String], root: URL, below: URL) throws -> [Drop] {
        try kinds.filter { wanted.isEmpty || wanted.contains($0.name) }.map { kind in
            let folder = below.appending(path: kind.name)
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let templates = try kind.templates.map { path in
                let text = path == proof ? "" : try String(contentsOf: root.appending(path: path), encoding: .utf8)
                return (path: path, text: text)
            }
            var whole = ""
            for story in (0..<kind.stories).lazy.map(Story.init) {
                for template in templates {
                    let text = told(template.path, template.text, by: story)
                    if kind.name == "x12-one" {
                        whole += text
                    } else {
                        let name = "\(story.number)_\(URL(filePath: template.path).lastPathComponent)"
                        try Data(text.utf8).write(to: folder.appending(path: name))
                    }
                }
            }
            if !whole.isEmpty { try Data(whole.utf8).write(to: folder.appending(path: "all.x12")) }
            return Drop(name: kind.name, what: kind.what, folder: folder)
        }
    }

    /// Related X12 documents, a story of twelve from the quote to the payment after the other, a folder a story.
    static func related(stories: Int, root: URL, in folder: URL) throws -> [(path: String, size: Int)] {
        let templates = try x12.map { path in
            (path: path, text: try String(contentsOf: root.appending(path: path), encoding: .utf8))
        }
        for story in (0..<stories).lazy.map(Story.init) {
            let below = folder.appending(path: "\(story.number)")
            try FileManager.default.createDirectory(at: below, withIntermediateDirectories: true)
            for template in templates {
                let name = URL(filePath: template.path).lastPathComponent
                try Data(story.told(template.text).utf8).write(to: below.appending(path: name))
            }
        }
        return Drop(name: folder.lastPathComponent, what: "", folder: folder).files()
    }

    private static func told(_ path: String, _ text: String, by story: Story) -> String {
        if path == proof { return Proof.page(of: story) }
        // An attachment is exchanged for the story's own proof: equal ones would be read only once.
        guard let start = text.range(of: "Content-Transfer-Encoding: base64\r\n\r\n")?.upperBound,
            let end = text.range(of: "\r\n------=", range: start..<text.endIndex)?.lowerBound
        else { return story.told(text) }
        let attachment = Data(Proof.page(of: story).utf8).base64EncodedString(options: .lineLength76Characters)
        return story.told(String(text[..<start])) + attachment + story.told(String(text[end...]))
    }

    /// Every file in it, with sizes in bytes.
    func files() -> [(path: String, size: Int)] {
        let keys: Set<URLResourceKey> = [.isRegularFileKey, .fileSizeKey]
        let all = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: Array(keys))
        return (all?.compactMap { $0 as? URL } ?? []).compactMap { url in
            guard let values = try? url.resourceValues(forKeys: keys), values.isRegularFile == true else { return nil }
            return (url.path, values.fileSize ?? 0)
        }
    }
}
