/// A volume whose directories are files of records: FAT and exFAT.
protocol DirectoryVolume {
    var disk: DiskSource { get }
    var clusterBytes: Int { get }
    var root: DirectoryExtent { get }
    /// The cluster after another one; nil where a chain ends.
    func next(after cluster: Int) -> Int?
    /// Where a cluster lies; nil for numbers that are no cluster's.
    func place(of cluster: Int) -> Int?
    func records(in directory: [UInt8]) -> DirectoryListing
}

/// Where the content of a directory or file lies.
enum DirectoryExtent: Hashable {
    case region(start: Int, count: Int)
    case chain(first: Int)
    /// Clusters side by side, of which the table tells nothing.
    case row(first: Int)
}

/// What the bytes of a directory say.
struct DirectoryListing {
    struct Record {
        let names: [String]
        let isDirectory: Bool
        let extent: DirectoryExtent
        let size: Int
        /// Of the size, what was written.
        let written: Int
    }

    var records: [Record] = []
    var anomalies: [ArchiveAnomaly] = []
}

/// The walk through all directories of such a volume, each once, by a stack of those that wait.
struct DirectoryWalk<Volume: DirectoryVolume>: DiskWalk {
    private(set) var problems: [ArchiveProblem] = []
    private(set) var anomalies: [ArchiveAnomaly] = []
    private let volume: Volume
    private var waiting: [Folder]
    private var folder: String = ""
    private var depth = 0
    private var records: [DirectoryListing.Record] = []
    private var seen: Set<DirectoryExtent>

    private struct Folder {
        let extent: DirectoryExtent
        let path: String
        let depth: Int
        /// Nil where only the chain tells.
        let size: Int?
    }

    init(_ volume: Volume) {
        self.volume = volume
        waiting = [Folder(extent: volume.root, path: "", depth: 0, size: nil)]
        seen = [volume.root]
    }

    mutating func next(_ budget: inout DiskBudget) -> DiskItem? {
        while true {
            if let record = records.popLast() { return item(of: record, &budget) }
            guard let next = waiting.popLast() else { return nil }
            open(next, &budget)
        }
    }

    private mutating func item(of record: DirectoryListing.Record, _ budget: inout DiskBudget) -> DiskItem {
        guard record.isDirectory else {
            return DiskItem(
                folder: folder, names: record.names, isDirectory: false, size: record.size,
                content: content(of: record, &budget))
        }
        if !seen.insert(record.extent).inserted {
            problems.append(.damaged("directories of the disk lie in themselves or in one another"))
        } else if depth + 1 >= ArchiveLimits.directoryDepth {
            problems.append(.overLimit(.entries))
        } else {
            let path = folder + (record.names.first ?? "") + "/"
            let size = record.size > 0 ? record.size : nil
            waiting.append(Folder(extent: record.extent, path: path, depth: depth + 1, size: size))
        }
        return DiskItem(
            folder: folder, names: record.names, isDirectory: true, size: 0, content: .bytes([]))
    }

    private func content(of record: DirectoryListing.Record, _ budget: inout DiskBudget) -> DiskContent {
        guard record.size > 0 else { return .bytes([]) }
        guard let (pieces, isWhole) = pieces(of: record.extent, bytes: record.size, &budget) else {
            return .unread(.overLimit(.totalBytes))
        }
        return isWhole
            ? .pieces(pieces, written: record.written) : .unread(.damaged("the chain of a file's clusters breaks off"))
    }

    private mutating func open(_ next: Folder, _ budget: inout DiskBudget) {
        (folder, depth) = (next.path, next.depth)
        let most = ArchiveLimits.diskDirectoryBytes
        guard let (pieces, isWhole) = pieces(of: next.extent, bytes: next.size, &budget) else {
            return problems.append(.overLimit(.totalBytes))
        }
        var bytes: [UInt8] = []
        var isThere = isWhole || next.size == nil
        for piece in pieces {
            let count = min(piece.count, most - bytes.count)
            if let place = piece.place, !volume.disk.read(place, count: count, into: &bytes) { isThere = false }
        }
        if bytes.count >= most { problems.append(.overLimit(.entries)) }
        if !isThere || pieces.isEmpty { problems.append(.damaged("a directory of the disk can't be read")) }
        let listing = volume.records(in: bytes)
        records = listing.records.reversed()
        anomalies += listing.anomalies
    }

    /// The stretches of so many bytes, or of the whole chain, and whether there are so many; nil where the budget ends.
    private func pieces(
        of extent: DirectoryExtent, bytes: Int?, _ budget: inout DiskBudget
    ) -> (pieces: [DiskPiece], isWhole: Bool)? {
        switch extent {
        case .region(let start, let count):
            return budget.take(count) ? ([DiskPiece(place: start, count: count)], true) : nil
        case .row(let first):
            guard let place = volume.place(of: first), let bytes else { return ([], false) }
            return budget.take(bytes) ? ([DiskPiece(place: place, count: bytes)], true) : nil
        case .chain(let first): return chain(from: first, bytes: bytes, &budget)
        }
    }

    private func chain(
        from first: Int, bytes: Int?, _ budget: inout DiskBudget
    ) -> (pieces: [DiskPiece], isWhole: Bool)? {
        let most = bytes ?? ArchiveLimits.diskDirectoryBytes
        var found: [DiskPiece] = []
        var seen: Set<Int> = []
        var total = 0
        var cluster: Int? = first
        while total < most, let current = cluster, let place = volume.place(of: current) {
            guard seen.insert(current).inserted else { return (found, false) }
            guard budget.take(volume.clusterBytes) else { return nil }
            if let last = found.last, let start = last.place, start + last.count == place {
                found[found.count - 1] = DiskPiece(place: start, count: last.count + volume.clusterBytes)
            } else {
                found.append(DiskPiece(place: place, count: volume.clusterBytes))
            }
            total += volume.clusterBytes
            cluster = volume.next(after: current)
        }
        return (found, total >= most || (bytes == nil && total > 0))
    }
}
