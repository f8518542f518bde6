/// One reading of a compiled help file: its pages and whatever else it carries.
struct HelpPass {
    private let bytes: UnsafeRawBufferPointer
    private let limits: ArchiveLimits
    private var summary = ArchiveSummary(format: .chm)
    /// Bytes that may still be read: files that share bytes, or lie in a wrong order, make a decoder begin again.
    private var reads: Int

    init(_ bytes: UnsafeRawBufferPointer, limits: ArchiveLimits) {
        self.bytes = bytes
        self.limits = limits
        reads = bytes.count * ArchiveLimits.helpReads
    }

    mutating func run(_ visit: (ArchiveEntry) throws -> ArchiveVisit) rethrows -> ArchiveSummary {
        guard let help = HelpFile(bytes), help.isRead else {
            summary.add(.damaged("the help file's directory can't be read"))
            return summary
        }
        let most = limits.entries
        // The tables by which the others are unpacked are no files.
        let system = help.items(ofSystem: true, count: most + 1).filter {
            !$0.name.starts(with: "::DataSpace/".utf8)
        }
        // In the order of their contents, so that each is unpacked where the last one ended.
        let items = (help.items(ofSystem: false, count: most + 1) + system).sorted { $0.offset < $1.offset }
        if items.isEmpty { summary.add(.damaged("the help file's directory names no file")) }
        for item in items {
            guard summary.entryCount < most else {
                summary.add(.overLimit(.entries))
                break
            }
            guard !limits.isLate else {
                summary.add(.overLimit(.time))
                break
            }
            let entry = read(item, of: help)
            summary.entryCount += 1
            guard try visit(entry) == .next else {
                summary.wasStopped = true
                break
            }
            if case .overLimit(let limit) = entry.unread, limit != .bytesPerEntry {
                summary.add(.overLimit(limit))
                break
            }
        }
        return summary
    }

    private mutating func read(_ item: HelpFile.Item, of help: borrowing HelpFile) -> ArchiveEntry {
        let path = Array(item.name.drop { $0 == 0x2F }.prefix(limits.nameBytes))
        if item.name.count > limits.nameBytes { summary.add(.overLimit(.nameBytes)) }
        let name = EntryName(path, format: .chm)
        guard item.size > 0 else {
            return ArchiveEntry(
                name: name.name, rawName: path, allNames: name.all, kind: path.last == 0x2F ? .directory : .file,
                linkTarget: nil, declaredSize: 0, isEncrypted: false, bytes: [], unread: nil)
        }
        let (room, limit) = limits.room(expandedBytes: summary.expandedBytes, of: bytes.count)
        let (content, ending) = help.content(
            of: item, room: room, reads: &reads, milliseconds: milliseconds)
        summary.expandedBytes += content.count
        let unread: ArchiveProblem? =
            switch ending {
            case .whole: nil
            case .broken: .damaged("a file of the help can't be unpacked")
            case .stopped where content.count < room: .overLimit(limits.isLate ? .time : .totalBytes)
            case .stopped: .overLimit(limit)
            }
        return ArchiveEntry(
            name: name.name, rawName: path, allNames: name.all, kind: .file, linkTarget: nil, declaredSize: item.size,
            isEncrypted: false, bytes: content, unread: unread)
    }

    /// What is left until the deadline.
    private var milliseconds: Int64 {
        guard let deadline = limits.deadline else { return 20_000 }
        let left = ContinuousClock.now.duration(to: deadline).components
        return max(1, left.seconds * 1_000 + left.attoseconds / 1_000_000_000_000_000)
    }
}
