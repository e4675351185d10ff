import CArchive
import Glibc
import Vocabulary

/// What a dropped file's archives may still give: it is shared by all archives in one file.
struct ArchiveBudget {
    var bytes: Int
    var entries: Int

    init(_ limits: Limits) {
        bytes = limits.archiveBytes
        entries = limits.archiveEntries
    }
}

/// The members of an archive that libarchive knows (zip, tar, 7z, with any of the usual compressions).
struct Archive {
    struct Member {
        /// Without folders that lead out of the archive, and with a number where the same name came before.
        var name: String
        var given: String
        var bytes: [UInt8]
        /// What was noticed about it; where one is critical there are no bytes to read.
        var findings: [Finding]
    }

    var members: [Member] = []
    /// What is wrong with the archive as a whole: the members above are what could be had.
    var problems: [Finding] = []

    /// Unpacks into memory.
    /// - Parameter fallback: the name of the one member of a compressed file that names none.
    init(_ bytes: [UInt8], fallback: String, limits: Limits, budget: inout ArchiveBudget) {
        guard let handle = archive_read_new() else {
            problems.append(Finding("broken-archive", .critical, "The archive cannot be opened: no memory."))
            return
        }
        defer { archive_read_free(handle) }
        archive_read_support_filter_all(handle)
        archive_read_support_format_zip(handle)
        archive_read_support_format_tar(handle)
        archive_read_support_format_7zip(handle)
        archive_read_support_format_raw(handle)
        // Member names are converted by the thread's locale; the program's own is never set.
        let utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", nil)
        let before = uselocale(utf8)
        defer {
            uselocale(before)
            if let utf8 { freelocale(utf8) }
        }
        bytes.withUnsafeBytes { raw in
            guard archive_read_open_memory(handle, raw.baseAddress, raw.count) == ARCHIVE_OK else {
                problems.append(broken(handle))
                return
            }
            readMembers(handle, packed: raw.count, fallback: fallback, limits: limits, budget: &budget)
        }
    }

    private mutating func readMembers(
        _ handle: OpaquePointer, packed: Int, fallback: String, limits: Limits, budget: inout ArchiveBudget
    ) {
        var names: [String: Int] = [:]
        var allowance = Allowance(limits: limits, packed: packed)
        while true {
            var entry: OpaquePointer?
            let status = archive_read_next_header(handle, &entry)
            if status == ARCHIVE_EOF { return }
            guard status >= ARCHIVE_WARN, let entry else {
                if status == ARCHIVE_RETRY { continue }
                problems.append(broken(handle))
                return
            }
            let kind = archive_entry_filetype(entry)
            if kind == S_IFDIR { continue }
            guard budget.entries > 0 else {
                problems.append(
                    Finding(
                        "archive-too-many", .critical,
                        "The archive holds more than \(limits.archiveEntries) members; the rest was not read."))
                return
            }
            budget.entries -= 1
            let raw = archive_format(handle) == ARCHIVE_FORMAT_RAW
            // Neither packed nor a format that is known: libarchive would give back what went in.
            if raw, archive_filter_code(handle, 0) == ARCHIVE_FILTER_NONE {
                problems.append(
                    Finding("broken-archive", .critical, "The archive is damaged from its first member on."))
                return
            }
            var member = named(entry, raw: raw, fallback: fallback, number: limits.archiveEntries - budget.entries)
            let count = (names[member.name] ?? 0) + 1
            names[member.name] = count
            if count > 1 { member.name += " (\(count))" }
            var fatal: Finding?
            if archive_entry_is_encrypted(entry) != 0 {
                member.findings.append(Finding("encrypted", .critical, "The member is encrypted and cannot be read."))
            } else if kind != S_IFREG && kind != 0 || archive_entry_hardlink(entry) != nil {
                member.findings.append(
                    Finding("symbolic-link", .info, "The member is a link or device and was not followed."))
                member.bytes = []
                members.append(member)
                continue
            } else {
                fatal = read(handle, into: &member, allowance: &allowance, budget: &budget)
            }
            members.append(member)
            if let fatal {
                problems.append(fatal)
                return
            }
        }
    }

    /// How much may come out of this archive for what it weighs packed.
    private struct Allowance {
        let limits: Limits
        let packed: Int
        var unpacked = 0

        var tooDense: Bool { unpacked > limits.archiveRatioFrom && unpacked / limits.archiveRatio > packed }
    }

    /// Gives the finding that ends the archive, where it has to end here.
    private func read(
        _ handle: OpaquePointer, into member: inout Member, allowance: inout Allowance, budget: inout ArchiveBudget
    ) -> Finding? {
        var out: [UInt8] = []
        while true {
            var block: UnsafeRawPointer?
            var size = 0
            var offset: la_int64_t = 0
            let status = archive_read_data_block(handle, &block, &size, &offset)
            if status == ARCHIVE_EOF { break }
            if status == ARCHIVE_RETRY { continue }
            guard status >= ARCHIVE_WARN else {
                member.findings.append(
                    Finding("broken-member", .critical, "The member cannot be unpacked: \(message(handle))."))
                return status <= ARCHIVE_FATAL ? broken(handle) : nil
            }
            if status == ARCHIVE_WARN, member.findings.allSatisfy({ $0.code != "broken-member" }) {
                member.findings.append(
                    Finding("broken-member", .warning, "The member came out damaged: \(message(handle))."))
            }
            // A sparse file leaves out its zeros; they count like any other bytes.
            let gap = max(0, Int(offset) - out.count)
            budget.bytes -= gap + size
            allowance.unpacked += gap + size
            if budget.bytes < 0 || allowance.tooDense {
                let finding =
                    budget.bytes < 0
                    ? Finding(
                        "archive-too-large", .critical,
                        "The archive unpacks to more than \(allowance.limits.archiveBytes) bytes; the rest was not read."
                    )
                    : Finding(
                        "archive-ratio", .critical,
                        "The archive unpacks to more than \(allowance.limits.archiveRatio) times its size; the rest was not read."
                    )
                member.findings.append(finding)
                return finding
            }
            out += repeatElement(0, count: gap)
            out += UnsafeRawBufferPointer(start: block, count: size)
        }
        member.bytes = out
        return nil
    }

    private func named(_ entry: OpaquePointer, raw: Bool, fallback: String, number: Int) -> Member {
        var findings: [Finding] = []
        var given: String?
        if raw {
            // libarchive calls the content of a compressed file `data` where the file does not name it.
            given = archive_entry_pathname(entry).map { String(cString: $0) }.flatMap { $0 == "data" ? nil : $0 }
        } else if let wide = archive_entry_pathname_utf8(entry) {
            given = String(cString: wide)
        } else if let plain = archive_entry_pathname(entry) {
            let text = Path.text((0..<strlen(plain)).map { UInt8(bitPattern: plain[$0]) })
            given = text.text
            if !text.exact { findings.append(.pathNotUTF8) }
        }
        guard let clean = Path.member(given ?? fallback) else {
            return Member(name: "member-\(number)", given: "", bytes: [], findings: findings)
        }
        if clean.changed {
            findings.append(
                Finding("unsafe-member-name", .info, "The member's name led out of its archive and was shortened."))
        }
        return Member(name: clean.name, given: clean.name, bytes: [], findings: findings)
    }

    private func message(_ handle: OpaquePointer) -> String {
        archive_error_string(handle).map { String(cString: $0) } ?? "unknown reason"
    }

    private func broken(_ handle: OpaquePointer) -> Finding {
        Finding("broken-archive", .critical, "The archive is damaged and ends early: \(message(handle)).")
    }
}
