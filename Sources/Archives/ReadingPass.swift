/// One reading of one container: the loop over entries and what it has seen so far.
struct ReadingPass {
    let format: ArchiveFormat
    let limits: ArchiveLimits
    let bytes: UnsafeRawBufferPointer
    let key: Key?
    let disk: ArchiveHandle.DiskTree
    let rar: RarOutline
    var summary: ArchiveSummary

    /// What locked entries are read with.
    struct Key {
        let password: String
        /// Whether only locked entries are read: to learn if the password fits, the others say nothing.
        let isTrial: Bool
    }

    /// Set when entries that follow can't be decoded, for this reason; headers are still listed.
    private var contentBarrier: ArchiveProblem?
    /// Headers in a row that could not be read.
    private var badHeaders = 0
    private var isOpen = false
    private var piece = [UInt8](repeating: 0, count: ArchiveLimits.pieceBytes)

    init(
        format: ArchiveFormat, limits: ArchiveLimits, bytes: UnsafeRawBufferPointer, key: Key? = nil,
        disk: ArchiveHandle.DiskTree = .any
    ) {
        self.key = key
        self.disk = disk
        self.format = format
        self.limits = limits
        self.bytes = bytes
        rar = RarOutline(bytes, format: format)
        summary = ArchiveSummary(format: format)
    }

    mutating func run(_ visit: (ArchiveEntry) throws -> ArchiveVisit) rethrows -> ArchiveSummary {
        if EmptyStream.holdsNothing(bytes, format) {
            try visitEmptyStream(visit)
            return summary
        }
        summary.isVolume = rar.isVolume || isCabinetVolume
        if rar.headersAreEncrypted {
            summary.hasEncryptedNames = true
            summary.hasEncryption = true
            summary.add(.encrypted)
            return summary
        }
        guard let handle = ArchiveHandle(format: format, password: key?.password, disk: disk) else {
            summary.add(.unsupported("\(format.rawValue) files can't be opened here"))
            return summary
        }
        let opened = handle.open(bytes)
        guard opened == .done || opened == .warned else {
            noteFailure(handle)
            return summary
        }
        isOpen = true
        try readEntries(handle, visit)
        checkEnd(handle)
        return summary
    }

    private mutating func readEntries(
        _ handle: borrowing ArchiveHandle, _ visit: (ArchiveEntry) throws -> ArchiveVisit
    ) rethrows {
        while true {
            guard !limits.isLate else { return summary.add(.overLimit(.time)) }
            let (step, header) = handle.nextHeader()
            switch step {
            case .end:
                if format.isStream, summary.entryCount == 0 { noteFailure(handle) }
                return
            case .failed:
                noteFailure(handle)
                badHeaders += 1
                guard badHeaders <= ArchiveLimits.badHeaders else { return }
                continue
            case .fatal: return noteFailure(handle)
            case .done, .warned: badHeaders = 0
            }
            guard let header else { return summary.add(.damaged("an entry has no header")) }
            guard summary.entryCount < limits.entries else { return summary.add(.overLimit(.entries)) }
            let (entry, mayGoOn) = read(header, handle)
            summary.entryCount += 1
            guard try visit(entry) == .next else {
                summary.wasStopped = true
                return
            }
            guard mayGoOn else { return }
        }
    }

    /// Decodes one entry. The second value is false if nothing after it can or may be read.
    private mutating func read(
        _ header: ArchiveHeader, _ handle: borrowing ArchiveHandle
    ) -> (ArchiveEntry, Bool) {
        let kind = header.kind
        let declaredSize = format.isStream ? nil : header.declaredSize
        let isEncrypted = header.isEncrypted || rar.isEncrypted(file: summary.entryCount)
        let linkTarget = header.linkTarget
        var rawName = format.isStream ? [] : header.rawName
        if rawName.count > limits.nameBytes {
            rawName = Array(rawName.prefix(limits.nameBytes))
            summary.add(.overLimit(.nameBytes))
        }
        if isEncrypted {
            summary.hasEncryption = true
            if !format.readsBehindEncrypted { contentBarrier = .encrypted }
        }
        var content: [UInt8] = []
        var unread: ArchiveProblem?
        var mayGoOn = true
        if isEncrypted, key == nil {
            unread = .encrypted
        } else if !isEncrypted, key?.isTrial == true {
            unread = nil
        } else if let contentBarrier {
            unread = kind == .file ? contentBarrier : nil
        } else {
            (content, unread, mayGoOn) = readContent(handle, header, kind: kind, declaredSize: declaredSize)
        }
        let name = EntryName(rawName, format: format)
        let entry = ArchiveEntry(
            name: name.name, rawName: rawName, allNames: name.all, kind: kind, linkTarget: linkTarget,
            declaredSize: declaredSize, isEncrypted: isEncrypted, bytes: content, unread: unread)
        return (entry, mayGoOn)
    }

    private mutating func readContent(
        _ handle: borrowing ArchiveHandle, _ header: ArchiveHeader, kind: ArchiveEntry.Kind, declaredSize: Int?
    ) -> (bytes: [UInt8], unread: ArchiveProblem?, mayGoOn: Bool) {
        var content: [UInt8] = []
        content.reserveCapacity(min(declaredSize ?? 0, limits.bytesPerEntry, 1 << 20))
        while true {
            let (step, count) = piece.withUnsafeMutableBytes { handle.read(into: $0) }
            guard step == .done else {
                return (content, failure(handle, kind: kind, read: content.count), step != .fatal)
            }
            if count == 0 { break }
            summary.expandedBytes += count
            content.append(contentsOf: piece[..<count])
            if let limit = limitMet(entryBytes: content.count) {
                content.removeLast(max(0, content.count - limits.bytesPerEntry))
                // Where the limit is the container's, or passing over the rest would decode it, nothing more is read.
                let mayGoOn = limit == .bytesPerEntry && format.skipsWithoutDecoding
                if !mayGoOn { summary.add(.overLimit(limit)) }
                return (content, .overLimit(limit), mayGoOn)
            }
        }
        guard kind == .file, let declaredSize, declaredSize != content.count else { return (content, nil, true) }
        if header.isSparse, declaredSize > content.count { return fillHole(after: content, to: declaredSize) }
        return shortfall(of: content, against: declaredSize)
    }

    private func shortfall(of content: [UInt8], against size: Int) -> (
        bytes: [UInt8], unread: ArchiveProblem?, mayGoOn: Bool
    ) {
        let sentence = "an entry declares \(size) bytes and holds \(content.count)"
        return (content, summary.isVolume ? .multiVolume : .damaged(sentence), true)
    }

    /// The zeros at the end of a sparse file cost the sender nothing, so they are counted like decoded bytes.
    private mutating func fillHole(
        after content: [UInt8], to size: Int
    ) -> (bytes: [UInt8], unread: ArchiveProblem?, mayGoOn: Bool) {
        guard size <= limits.bytesPerEntry else { return (content, .overLimit(.bytesPerEntry), true) }
        let hole = size - content.count
        guard summary.expandedBytes + hole <= limits.totalBytes else { return (content, .overLimit(.totalBytes), true) }
        summary.expandedBytes += hole
        return (content + [UInt8](repeating: 0, count: hole), nil, true)
    }

    private func limitMet(entryBytes: Int) -> ArchiveLimit? {
        limits.met(entryBytes: entryBytes, expandedBytes: summary.expandedBytes, of: bytes.count)
    }

    private mutating func visitEmptyStream(_ visit: (ArchiveEntry) throws -> ArchiveVisit) rethrows {
        let entry = ArchiveEntry(
            name: nil, rawName: [], allNames: [], kind: .file, linkTarget: nil, declaredSize: nil,
            isEncrypted: false, bytes: [], unread: nil)
        summary.entryCount += 1
        if try visit(entry) == .stop { summary.wasStopped = true }
    }
}

/// What went wrong, in our words.
extension ReadingPass {
    /// Why the content of the current entry ended early; nil for kinds that have none.
    private mutating func failure(
        _ handle: borrowing ArchiveHandle, kind: ArchiveEntry.Kind, read: Int
    ) -> ArchiveProblem? {
        guard kind == .file || read > 0 else { return nil }
        let problem = Self.problem(in: handle.errorSentence)
        if problem == .encrypted {
            summary.hasEncryption = true
        } else if summary.isVolume {
            return .multiVolume
        }
        return problem
    }

    /// A header, or the container itself, can't be read.
    private mutating func noteFailure(_ handle: borrowing ArchiveHandle) {
        // A stream whose first bytes don't decode leaves libarchive with no format and misleading words.
        let isSilentStream = format.isStream && summary.entryCount == 0
        let problem =
            isSilentStream ? .damaged("the stream can't be decoded") : Self.problem(in: handle.errorSentence)
        if problem == .encrypted || contentBarrier == .encrypted || (isOpen && handle.hasMetEncryption) {
            summary.hasEncryption = true
            if summary.entryCount == 0 { summary.hasEncryptedNames = true }
            summary.add(.encrypted)
        } else if summary.isVolume, case .damaged = problem {
            summary.add(.multiVolume)
        } else {
            summary.add(problem)
        }
    }

    /// libarchive has one code for all failures; only the words tell them apart.
    private static func problem(in sentence: String) -> ArchiveProblem {
        let words = sentence.lowercased()
        if words.contains("encrypt") || words.contains("passphrase") || words.contains("password") {
            return .encrypted
        }
        for sign in ["unsupported", "not supported", "unrecognized compression", "can't decompress"]
        where words.contains(sign) {
            return .unsupported(sentence)
        }
        return .damaged(sentence)
    }

    /// Formats that tell their own end or size are held to it, where libarchive is content without.
    private mutating func checkEnd(_ handle: borrowing ArchiveHandle) {
        guard !summary.wasStopped, summary.problems.isEmpty else { return }
        switch format {
        case .rar, .rar5:
            if rar.isCut { summary.add(.damaged("the RAR file stops inside a block or before its end block")) }
        case .tar:
            let end = handle.consumedBytes
            let isMarked = end >= 512 && end <= bytes.count && bytes[(end - 512)..<end].allSatisfy { $0 == 0 }
            if !isMarked { summary.add(.damaged("the tar has no end mark")) }
        case .cab:
            let size = Int(bytes.uint32(at: 8))
            if size > bytes.count {
                summary.add(.damaged("the cabinet declares \(size) bytes and has \(bytes.count)"))
            }
        case .iso9660:
            let blockSize = max(512, Int(bytes.uint16(at: 32_768 + 128)))
            let size = Int(bytes.uint32(at: 32_768 + 80)) * blockSize
            if size > bytes.count {
                summary.add(.damaged("the volume declares \(size) bytes and has \(bytes.count)"))
            }
        default: break
        }
        if summary.isVolume { summary.add(.multiVolume) }
    }

    /// Flags 1 and 2 of a cabinet header: there is a previous, a next cabinet.
    private var isCabinetVolume: Bool { format == .cab && bytes.uint16(at: 30) & 3 != 0 }
}
