/// One reading of a disk's UDF tree: every file of every directory, by a stack of open directories.
struct UniversalPass {
    private let bytes: UnsafeRawBufferPointer
    private let limits: ArchiveLimits
    private var summary = ArchiveSummary(format: .iso9660)
    private var piece = [UInt8](repeating: 0, count: ArchiveLimits.pieceBytes)

    init(_ bytes: UnsafeRawBufferPointer, limits: ArchiveLimits) {
        self.bytes = bytes
        self.limits = limits
    }

    mutating func run(_ visit: (ArchiveEntry) throws -> ArchiveVisit) rethrows -> ArchiveSummary {
        guard let disk = UniversalDisk(bytes), let root = disk.root else {
            summary.add(.damaged("the disk's UDF tree can't be read"))
            return summary
        }
        var open: [(directory: UniversalDisk.Directory, path: [UInt8])] = [(root, [])]
        defer { for (directory, _) in open { disk.close(directory) } }
        while let (directory, path) = open.last {
            guard let item = disk.next(in: directory) else {
                disk.close(directory)
                open.removeLast()
                continue
            }
            guard hasRoom() else { return summary }
            summary.entryCount += 1
            switch item {
            case .directory(let name):
                let inner = path + name
                guard try visit(entry(inner, .directory, [], nil, size: nil)) == .next else { return stopped() }
                guard open.count < ArchiveLimits.directoryDepth else {
                    summary.add(.overLimit(.entries))
                    continue
                }
                if let next = disk.directory(name, in: directory) {
                    open.append((next, inner + [0x2F]))
                } else {
                    summary.add(.damaged("a directory of the disk can't be read"))
                }
            case .file(let name):
                let file = read(name, in: directory, of: disk, path: path)
                guard try visit(file) == .next else { return stopped() }
                if case .overLimit(let limit) = file.unread, limit != .bytesPerEntry {
                    summary.add(.overLimit(limit))
                    return summary
                }
            }
        }
        return summary
    }

    private mutating func hasRoom() -> Bool {
        if limits.isLate { summary.add(.overLimit(.time)) }
        if summary.entryCount >= limits.entries { summary.add(.overLimit(.entries)) }
        return !limits.isLate && summary.entryCount < limits.entries
    }

    private mutating func stopped() -> ArchiveSummary {
        summary.wasStopped = true
        return summary
    }

    private mutating func read(
        _ name: [UInt8], in directory: UniversalDisk.Directory, of disk: borrowing UniversalDisk, path: [UInt8]
    ) -> ArchiveEntry {
        var content: [UInt8] = []
        var met: ArchiveLimit?
        var expanded = summary.expandedBytes
        let (limits, count) = (limits, bytes.count)
        let file = disk.read(name, in: directory, into: &piece) { piece in
            expanded += piece.count
            content += piece
            met = limits.met(entryBytes: content.count, expandedBytes: expanded, of: count)
            return met == nil
        }
        summary.expandedBytes = expanded
        content.removeLast(max(0, content.count - limits.bytesPerEntry))
        let isWhole = file?.isWhole == true
        let unread = met.map { .overLimit($0) } ?? (isWhole ? nil : ArchiveProblem.damaged("a file can't be read"))
        return entry(path + name, .file, content, unread, size: file?.size)
    }

    private mutating func entry(
        _ path: [UInt8], _ kind: ArchiveEntry.Kind, _ content: [UInt8], _ unread: ArchiveProblem?, size: Int?
    ) -> ArchiveEntry {
        let name = path.count > limits.nameBytes ? Array(path.prefix(limits.nameBytes)) : path
        if path.count > limits.nameBytes { summary.add(.overLimit(.nameBytes)) }
        let names = EntryName(name, format: .iso9660)
        return ArchiveEntry(
            name: names.name, rawName: name, allNames: names.all, kind: kind, linkTarget: nil, declaredSize: size,
            isEncrypted: false, bytes: content, unread: unread)
    }
}
