import Foundation
import Glibc

/// Files of made-up traffic below a folder that outlives the run: what is there in the right size is used again.
struct TrafficFile {
    let folder: URL

    /// Interchanges of 5 to 50 messages until `size` bytes are reached; the file is a little larger.
    func stream(_ name: String, size: Int, standard: String) throws -> URL {
        let url = folder.appending(path: "\(name)-\(size).edi")
        if let there = try? url.resourceValues(forKeys: [.fileSizeKey]).fileSize, there >= size { return url }
        try write(url) { file in
            var traffic = Traffic(seed: 7)
            var written = 0
            var turn = 5
            while written < size {
                let text = standard == "x12" ? traffic.x12(messages: turn) : traffic.edifact(messages: turn)
                turn = turn == 50 ? 5 : turn + 1
                written += try Self.put(text, file)
            }
        }
        return url
    }

    /// One interchange that is one message of about `size` bytes.
    func message(size: Int) throws -> URL {
        let url = folder.appending(path: "message-\(size).edi")
        if let there = try? url.resourceValues(forKeys: [.fileSizeKey]).fileSize, there >= size { return url }
        try write(url) { file in
            var traffic = Traffic(seed: 9)
            _ = try Self.put(traffic.x12Order(atLeast: size), file)
        }
        return url
    }

    /// A batch of customs declarations of about `size` bytes.
    func declarations(size: Int) throws -> URL {
        let url = folder.appending(path: "declarations-\(size).xml")
        if let there = try? url.resourceValues(forKeys: [.fileSizeKey]).fileSize, there >= size { return url }
        try write(url) { file in
            var declarations = Declarations(seed: 13)
            var written = try Self.put("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Batch>\n", file)
            while written < size { written += try Self.put(declarations.next(), file) }
            _ = try Self.put("</Batch>\n", file)
        }
        return url
    }

    /// One small message a file, 500 files a folder.
    func folderOfFiles(_ count: Int) throws -> URL {
        let all = folder.appending(path: "files-\(count)")
        let done = all.appending(path: "complete")
        if FileManager.default.fileExists(atPath: done.path) { return all }
        var traffic = Traffic(seed: 11)
        for n in 0..<count {
            let sub = all.appending(path: "\(n / 500)")
            if n % 500 == 0 { try FileManager.default.createDirectory(at: sub, withIntermediateDirectories: true) }
            let isX12 = n % 2 == 0
            let text = isX12 ? traffic.x12(messages: 1, lines: 5...12) : traffic.edifact(messages: 1, lines: 5...9)
            try Data(text.utf8).write(to: sub.appending(path: "\(n).edi"))
        }
        try Data().write(to: done)
        return all
    }

    /// Under another name until it is whole.
    private func write(_ url: URL, _ body: (UnsafeMutablePointer<FILE>) throws -> Void) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let part = url.path + ".part"
        guard let file = fopen(part, "w") else { throw Failure(description: "\(part) cannot be written") }
        do { try body(file) } catch {
            fclose(file)
            throw error
        }
        guard fclose(file) == 0, rename(part, url.path) == 0 else {
            throw Failure(description: "\(url.path) cannot be written")
        }
    }

    private static func put(_ text: String, _ file: UnsafeMutablePointer<FILE>) throws -> Int {
        let bytes = Array(text.utf8)
        guard fwrite(bytes, 1, bytes.count, file) == bytes.count else { throw Failure(description: "the disk is full") }
        return bytes.count
    }
}
