/// The streams of a compound file with the storages they stand in. Valid as long as the file's bytes stay in place.
struct CompoundTree {
    struct Stream {
        let name: String
        /// The storages above it, the root left out; empty too where no storage leads to it.
        let path: [String]
        let length: Int
        fileprivate let start: UInt32
    }

    private(set) var streams: [Stream] = []
    let hasMacros: Bool
    private let directory: CompoundDirectory
    private let small: [UInt8]
    private let smallTables: CompoundSectors.Chain

    init(_ directory: CompoundDirectory) {
        self.directory = directory
        hasMacros = directory.allNames.contains { $0.uppercased() == "_VBA_PROJECT" }
        small = directory.entries.first.map { directory.sectors.stream(from: $0.start, length: $0.length).bytes } ?? []
        smallTables = directory.sectors.smallTables
        let paths = Self.paths(directory.entries)
        for (index, entry) in directory.entries.enumerated() where index > 0 && entry.isStream {
            streams.append(
                Stream(name: entry.name, path: paths[index] ?? [], length: entry.length, start: entry.start))
        }
    }

    /// The content, up to `limit`; incomplete where its chain is.
    func content(of stream: Stream, limit: Int) -> (bytes: [UInt8], isComplete: Bool) {
        let sectors = directory.sectors
        let length = min(stream.length, limit)
        let cutoff = sectors.bytes.number(at: 56, count: 4)
        let read =
            stream.length < Int(cutoff)
            ? sectors.smallStream(from: stream.start, length: length, in: small, tables: smallTables)
            : sectors.stream(from: stream.start, length: length)
        return (read.bytes, read.isComplete && read.bytes.count == stream.length)
    }

    /// Walks the trees of siblings from the root down; what is met twice keeps its first place.
    private static func paths(_ entries: [CompoundDirectory.Entry]) -> [Int: [String]] {
        var paths: [Int: [String]] = [:]
        guard let root = entries.first else { return paths }
        var waiting: [(index: UInt32, path: [String])] = [(root.child, [])]
        while let (index, path) = waiting.popLast() {
            let index = Int(index)
            guard index < entries.count, index > 0, paths[index] == nil else { continue }
            paths[index] = path
            let entry = entries[index]
            waiting += [(entry.left, path), (entry.right, path)]
            guard path.count < InspectionLimits.storageDepth else { continue }
            waiting.append((entry.child, path + [entry.name]))
        }
        return paths
    }
}
