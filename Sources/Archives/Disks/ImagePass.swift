/// One reading of a disk in a file: every file of every volume, by every table and record that leads to one.
struct ImagePass {
    private let file: UnsafeRawBufferPointer
    private let limits: ArchiveLimits
    private var summary: ArchiveSummary
    private var budget: DiskBudget
    /// What was handed over, by path and content: of a second reading only what is new counts.
    private var seen: Set<Int> = []
    private var isOver = false

    init(_ file: UnsafeRawBufferPointer, format: ArchiveFormat, limits: ArchiveLimits) {
        self.file = file
        self.limits = limits
        summary = ArchiveSummary(format: format)
        budget = DiskBudget(of: file.count, limits: limits)
    }

    mutating func run(_ visit: (ArchiveEntry) throws -> ArchiveVisit) rethrows -> ArchiveSummary {
        for (number, disk) in views().enumerated() where !isOver {
            try read(disk, doubt: number == 0 ? nil : .diskRecords, visit)
        }
        return summary
    }

    private mutating func views() -> [DiskSource] {
        switch summary.format {
        case .vhd:
            let disk = VirtualDisk(file)
            for problem in disk.problems { summary.add(problem) }
            return disk.views
        case .vhdx:
            let disk = WideVirtualDisk(file)
            for problem in disk.problems { summary.add(problem) }
            return disk.views
        default: return [DiskSource(file)]
        }
    }

    // MARK: Volumes

    private mutating func read(
        _ disk: DiskSource, doubt: ArchiveAnomaly?, _ visit: (ArchiveEntry) throws -> ArchiveVisit
    ) rethrows {
        let table = PartitionTable(disk)
        if table.isContradictory { summary.add(.diskTables) }
        if table.hasMore { summary.add(.overLimit(.entries)) }
        var volumes = table.volumes
        // What a disk is as a whole, read as an optical one, is no second content.
        if disk.layout == .plain { volumes.removeAll { $0.start == 0 && $0.kind == .optical } }
        if volumes.isEmpty, !isBlank(disk) {
            summary.add(.unsupported("the disk has no file system of a known kind"))
        }
        for (number, volume) in volumes.enumerated() where !isOver {
            guard let part = disk.part(from: volume.start, count: volume.count) else { continue }
            try read(part, volume.kind, folder: volumes.count > 1 ? "\(number + 1)/" : "", doubt: doubt, visit)
        }
    }

    private mutating func read(
        _ volume: DiskSource, _ kind: FileSystem?, folder: String, doubt: ArchiveAnomaly?,
        _ visit: (ArchiveEntry) throws -> ArchiveVisit
    ) rethrows {
        switch kind {
        case .fat: try readFat(volume, folder: folder, doubt: doubt, visit)
        case .exFAT:
            let first = ExtendedFatVolume(volume)
            guard let own = first ?? ExtendedFatVolume(volume, firstSector: ExtendedFatVolume.reserveSector) else {
                return summary.add(.damaged("the first sector of a volume can't be read"))
            }
            try walk(DirectoryWalk(own), volume, folder: folder, doubt: doubt, visit)
        case .ntfs:
            guard let table = MasterTable(volume) else {
                return summary.add(.damaged("the table of files of a volume can't be read"))
            }
            try walk(MasterWalk(table), volume, folder: folder, doubt: doubt, visit)
        case .optical: summary.add(.unsupported("a file system of the disk (optical) can't be read here"))
        case .other(let name): summary.add(.unsupported("a file system of the disk (\(name)) can't be read here"))
        case nil:
            if !isBlank(volume) {
                summary.add(.unsupported("a partition of the disk has no file system of a known kind"))
            }
        }
    }

    /// Whether nothing stands in a part; what costs too much to look through counts as something.
    private mutating func isBlank(_ part: DiskSource) -> Bool {
        budget.take(min(part.count, file.count)) && part.isBlank
    }

    private mutating func readFat(
        _ volume: DiskSource, folder: String, doubt: ArchiveAnomaly?,
        _ visit: (ArchiveEntry) throws -> ArchiveVisit
    ) rethrows {
        let reserve = volume.part(from: FatGeometry.reserveSector * 512, count: volume.count)
        guard let own = FatGeometry(volume) ?? reserve.flatMap(FatGeometry.init) else {
            return summary.add(.damaged("the first sector of a volume can't be read"))
        }
        try walk(
            DirectoryWalk(FatVolume(disk: volume, geometry: own)), volume, folder: folder, doubt: doubt, visit)
        let (others, isBounded) = own.otherReadings(of: volume)
        if isBounded { summary.add(.overLimit(.totalBytes)) }
        for other in others where !isOver {
            let walk = DirectoryWalk(FatVolume(disk: volume, geometry: other))
            try self.walk(walk, volume, folder: folder, doubt: .fatTables, visit)
        }
    }

    private mutating func walk(
        _ walk: some DiskWalk, _ volume: DiskSource, folder: String, doubt: ArchiveAnomaly?,
        _ visit: (ArchiveEntry) throws -> ArchiveVisit
    ) rethrows {
        var walk = walk
        while !isOver, let item = walk.next(&budget) {
            guard hasRoom() else { return }
            let entry = entry(of: item, volume, folder: folder)
            if entry.unread == .encrypted { summary.hasEncryption = true }
            let isNew = seen.insert(Self.key(of: entry)).inserted
            if let doubt {
                // What another reading can't make out is no content of it.
                guard isNew, entry.isComplete, entry.kind == .file else { continue }
                summary.add(doubt)
            }
            summary.entryCount += 1
            if try visit(entry) == .stop {
                summary.wasStopped = true
                isOver = true
            }
            if case .overLimit(let limit) = entry.unread, limit != .bytesPerEntry {
                summary.add(.overLimit(limit))
                isOver = true
            }
        }
        for anomaly in walk.anomalies { summary.add(anomaly) }
        for problem in walk.problems where doubt == nil || problem.isOfLimits { summary.add(problem) }
    }

    private mutating func hasRoom() -> Bool {
        if limits.isLate { summary.add(.overLimit(.time)) }
        if summary.entryCount >= limits.entries { summary.add(.overLimit(.entries)) }
        isOver = limits.isLate || summary.entryCount >= limits.entries
        return !isOver
    }

    /// Keyed anew in every process, so that nobody can make two files that are taken for one.
    private static func key(of entry: ArchiveEntry) -> Int {
        var hasher = Hasher()
        hasher.combine(entry.name)
        hasher.combine(entry.bytes)
        hasher.combine(entry.isComplete)
        return hasher.finalize()
    }

    // MARK: Files

    private mutating func entry(of item: DiskItem, _ volume: DiskSource, folder: String) -> ArchiveEntry {
        let (content, unread) = item.isDirectory ? ([], nil) : content(of: item, volume)
        let names = item.names.map { folder + item.folder + $0 }
        let cut = names.map { name in
            name.utf8.count <= limits.nameBytes
                ? name : String(decoding: name.utf8.prefix(limits.nameBytes), as: UTF8.self)
        }
        if cut != names { summary.add(.overLimit(.nameBytes)) }
        return ArchiveEntry(
            name: cut.first, rawName: Array((cut.first ?? "").utf8.prefix(limits.nameBytes)), allNames: cut,
            kind: item.isDirectory ? .directory : .file, linkTarget: nil,
            declaredSize: item.isDirectory ? nil : item.size, isEncrypted: false, bytes: content, unread: unread)
    }

    private mutating func content(
        of item: DiskItem, _ volume: DiskSource
    ) -> (bytes: [UInt8], unread: ArchiveProblem?) {
        let (room, limit) = limits.room(expandedBytes: summary.expandedBytes, of: file.count)
        switch item.content {
        case .unread(let problem): return ([], problem)
        case .bytes(let bytes):
            summary.expandedBytes += min(bytes.count, room)
            return bytes.count <= room ? (bytes, nil) : (Array(bytes.prefix(room)), .overLimit(limit))
        case .pieces(let pieces, let written):
            let most = min(item.size, room)
            var content: [UInt8] = []
            var isThere = true
            for piece in pieces where isThere && content.count < most {
                guard !limits.isLate else { return (content, .overLimit(.time)) }
                let count = min(piece.count, most - content.count)
                guard let place = piece.place, content.count < written else {
                    content.append(contentsOf: repeatElement(0, count: count))
                    continue
                }
                let real = min(count, written - content.count)
                isThere = volume.read(place, count: real, into: &content)
                if isThere { content.append(contentsOf: repeatElement(0, count: count - real)) }
            }
            summary.expandedBytes += content.count
            guard isThere, content.count == most else {
                return (content, .damaged("a file of the disk reaches beyond its end"))
            }
            return (content, item.size > room ? .overLimit(limit) : nil)
        }
    }
}

extension ArchiveProblem {
    /// Whether a bound ended the reading, and not the bytes.
    fileprivate var isOfLimits: Bool {
        if case .overLimit = self { return true }
        return false
    }
}
