import Foundation
import Intake
import Schemas

/// What the tests of this room stand on: the project's schemas, folders of their own, small samples.
enum Ground {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The worker that the same build made.
    static let worker = root.appendingPathComponent(".build/debug/interline-reader").path
    static var hasWorker: Bool { FileManager.default.isExecutableFile(atPath: worker) }

    /// One that does what documents tell it to (Tests/HostileReader).
    static let hostileWorker = root.appendingPathComponent(".build/debug/hostile-reader").path
    static var hasHostileWorker: Bool { FileManager.default.isExecutableFile(atPath: hostileWorker) }

    /// The most that this process ever held, in bytes.
    static var peakMemory: Int {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage.ru_maxrss << 10
    }

    /// Of the maps only those that the samples need: each test makes its readers anew.
    static let schemas: SchemaFiles = {
        let maps = Set(
            [
                "x12/850", "x12/common", "edifact/ORDERS", "edifact/common", "xml/cds-declaration",
                "xml/customs-common",
            ].map { "maps/\($0).yaml" })
        return SchemaFiles(
            allSchemas.texts.filter { name, _ in
                !["maps/x12/", "maps/edifact/", "maps/xml/"].contains { name.hasPrefix($0) } || maps.contains(name)
            })
    }()

    static let allSchemas: SchemaFiles = {
        let folder = root.appendingPathComponent("schemas").resolvingSymlinksInPath()
        var texts: [String: String] = [:]
        let files = FileManager.default.enumerator(atPath: folder.path)
        while let path = files?.nextObject() as? String {
            if let text = try? String(contentsOfFile: folder.path + "/" + path, encoding: .utf8) { texts[path] = text }
        }
        return SchemaFiles(texts)
    }()

    static func intake(_ limits: Limits = Limits(), reader: String? = "/nonexistent/interline-reader") throws -> Intake
    {
        try Intake(schemas, limits: limits, reader: reader)
    }

    static let order = Array(
        """
        ISA*00*          *00*          *ZZ*BUYER          *ZZ*SELLER         *260301*1200*U*00401*000000001*0*P*>~
        GS*PO*BUYER*SELLER*20260301*1200*1*X*004010~
        ST*850*0001~
        BEG*00*NE*PO-1**20260301~
        PO1*1*10*EA*2.50**UP*012345678905~
        CTT*1~
        SE*5*0001~
        GE*1*1~
        IEA*1*000000001~

        """.utf8)

    static let edifact = Array(
        """
        UNA:+.? '
        UNB+UNOC:3+4000000000019:14+4000000000026:14+260301:1200+1'
        UNH+1+ORDERS:D:96A:UN:EAN008'
        BGM+220+PO-2+9'
        DTM+137:20260301:102'
        LIN+1++4000000000033:SRV'
        QTY+21:10'
        UNS+S'
        UNT+7+1'
        UNZ+1+1'
        """.utf8)

    static let mail = Array(
        "From: a@example.com\r\nTo: b@example.com\r\nSubject: Hello\r\nDate: Sun, 1 Mar 2026 12:00:00 +0000\r\n\r\nHi\r\n"
            .utf8
    )

    static let pdf = Array("%PDF-1.4\n1 0 obj\n<<>>\nendobj\n".utf8)
}

/// A folder that is gone when the test is over.
final class Folder {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("interline-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        _ = chmod(path + "/locked", 0o755)
        try? FileManager.default.removeItem(atPath: path)
    }

    func write(_ name: String, _ bytes: [UInt8]) throws {
        let url = URL(fileURLWithPath: path + "/" + name)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: url)
    }

    /// A shell script that takes the worker's place.
    func script(_ text: String) throws -> String {
        let file = path + "-worker.sh"
        try Data(("#!/bin/sh\n" + text + "\n").utf8).write(to: URL(fileURLWithPath: file))
        _ = chmod(file, 0o755)
        return file
    }
}
