/// One reading of an optical disk by each of its trees of names: plain ISO 9660, with Rock Ridge, Joliet, and UDF.
///
/// Linux shows the one, Windows the other (UDF where there is one), and nothing makes them agree: what only one of them
/// has is an entry too. The trees are told apart by content and by the ending of names, because their rules for names
/// differ.
struct DiskPass {
    private let bytes: UnsafeRawBufferPointer
    private let limits: ArchiveLimits

    init(_ bytes: UnsafeRawBufferPointer, limits: ArchiveLimits) {
        self.bytes = bytes
        self.limits = limits
    }

    func run(_ visit: (ArchiveEntry) throws -> ArchiveVisit) rethrows -> ArchiveSummary {
        guard let form = SectorForm.of(bytes), !form.isPlain else { return try runSectors(visit) }
        return try form.unwrapped(bytes).withUnsafeBytes { try DiskPass($0, limits: limits).runSectors(visit) }
    }

    private func runSectors(_ visit: (ArchiveEntry) throws -> ArchiveVisit) rethrows -> ArchiveSummary {
        var seen = Files()
        guard UniversalDisk.isUniversal(bytes) else { return try runPlain(&seen, visit) }
        guard bytes.holds(Array("CD001".utf8), at: 32_769) else {
            var pass = UniversalPass(bytes, limits: limits)
            return try pass.run(visit)
        }
        var summary = try runPlain(&seen, visit)
        guard !summary.wasStopped else { return summary }
        let whole = seen
        var pass = UniversalPass(bytes, limits: rest(after: summary))
        var found = Files()
        var added = 0
        let own = try pass.run { entry in
            found.insert(entry)
            guard seen.insert(entry) else { return .next }
            added += 1
            return try visit(entry)
        }
        summary.expandedBytes += own.expandedBytes
        summary.entryCount += added
        summary.wasStopped = own.wasStopped
        if added > 0 || found.contents != whole.contents { summary.add(.diskTrees) }
        for problem in own.problems { summary.add(problem) }
        return summary
    }

    private func rest(after summary: ArchiveSummary) -> ArchiveLimits {
        var rest = limits
        rest.totalBytes = max(0, limits.totalBytes - summary.expandedBytes)
        rest.entries = max(0, limits.entries - summary.entryCount)
        return rest
    }

    private func runPlain(
        _ seen: inout Files, _ visit: (ArchiveEntry) throws -> ArchiveVisit
    ) rethrows -> ArchiveSummary {
        var first = ReadingPass(format: .iso9660, limits: limits, bytes: bytes)
        var summary = try first.run { entry in
            seen.insert(entry)
            return try visit(entry)
        }
        guard hasSecondTree, !summary.wasStopped else { return summary }
        let whole = seen
        for tree in [ArchiveHandle.DiskTree.withoutRockRidge, .withoutJoliet, .plain] {
            var rest = limits
            rest.totalBytes = max(0, limits.totalBytes - summary.expandedBytes)
            var pass = ReadingPass(format: .iso9660, limits: rest, bytes: bytes, disk: tree)
            var found = Files()
            var added = 0
            let own = try pass.run { entry in
                found.insert(entry)
                // Plain names are in capitals and cut, so that their endings say nothing.
                guard seen.insert(entry, byEnding: tree != .plain) else { return .next }
                guard summary.entryCount + added < limits.entries else { return .stop }
                added += 1
                return try visit(entry)
            }
            summary.expandedBytes += own.expandedBytes
            summary.entryCount += added
            if tree == .plain ? found.contents != whole.contents : found.named != whole.named {
                summary.add(.diskTrees)
            }
            for problem in own.problems { summary.add(problem) }
            if own.wasStopped {
                if summary.entryCount >= limits.entries { summary.add(.overLimit(.entries)) }
                break
            }
        }
        return summary
    }

    /// The files of a tree, by content, and by content with the ending of the name.
    private struct Files {
        var contents: Set<Int> = []
        var named: Set<Int> = []

        /// Whether the file was not there. Directories and empty files are none.
        @discardableResult
        mutating func insert(_ entry: ArchiveEntry, byEnding: Bool = true) -> Bool {
            guard entry.kind == .file, entry.unread != nil || !entry.bytes.isEmpty else { return false }
            let isNewContent = contents.insert(DiskPass.key(of: entry, withEnding: false)).inserted
            let isNewName = named.insert(DiskPass.key(of: entry, withEnding: true)).inserted
            return byEnding ? isNewName : isNewContent
        }
    }

    /// Keyed anew in every process, so that nobody can make two contents that are taken for one.
    fileprivate static func key(of entry: ArchiveEntry, withEnding: Bool) -> Int {
        var hasher = Hasher()
        hasher.combine(entry.bytes)
        hasher.combine(withEnding ? entry.name?.split(separator: ".").last?.lowercased() : nil)
        return hasher.finalize()
    }

    /// Whether a supplementary volume descriptor (ECMA-119, 8.5) brings a second tree.
    private var hasSecondTree: Bool {
        (16..<(16 + ArchiveLimits.diskDescriptors)).contains { sector in
            bytes.holds([2, 0x43, 0x44, 0x30, 0x30, 0x31], at: sector * 2_048)
        }
    }
}
