/// The streams of a compound file with the storages they stand in. Valid as long as the file's bytes stay in place.
struct CompoundTree {
    struct Stream {
        let name: String
        /// The storages above it, the root left out; empty too where no storage leads to it.
        let path: [String]
        fileprivate let entry: CompoundDirectory.Entry

        var length: Int { entry.length }
    }

    private(set) var streams: [Stream] = []
    let hasMacros: Bool
    private let contents: CompoundStreams
    private let meter: Meter

    /// What may still be read of all streams together.
    private final class Meter {
        var left: Int
        var isExceeded = false

        init(left: Int) { self.left = left }
    }

    /// Whether streams were not read, because they all lie in the same sectors.
    var isExceeded: Bool { meter.isExceeded }

    init(_ directory: CompoundDirectory) {
        meter = Meter(left: directory.sectors.bytes.count * InspectionLimits.streamReadings)
        hasMacros = directory.allNames.contains { $0.uppercased() == "_VBA_PROJECT" }
        contents = CompoundStreams(directory)
        let paths = Self.paths(directory.entries)
        for (index, entry) in directory.entries.enumerated() where index > 0 && entry.isStream {
            streams.append(Stream(name: entry.name, path: paths[index] ?? [], entry: entry))
        }
    }

    /// The content, up to `limit`; incomplete where its chain is.
    func content(of stream: Stream, limit: Int) -> (bytes: [UInt8], isComplete: Bool) {
        guard meter.left > 0 else {
            meter.isExceeded = true
            return ([], false)
        }
        let read = contents.content(of: stream.entry, limit: limit)
        meter.left -= read.bytes.count
        return read
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
