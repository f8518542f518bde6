import Vocabulary

/// Reads the streams of a compound file. The root's stream, in which the small ones lie, is read once for all of them.
/// Valid as long as the file's bytes stay in place.
struct CompoundStreams {
    private let directory: CompoundDirectory
    private let small: [UInt8]
    private let smallTables: CompoundSectors.Chain
    /// Streams from this length on lie in sectors of their own.
    private let cutoff: Int

    init(_ directory: CompoundDirectory) {
        let sectors = directory.sectors
        self.directory = directory
        small = directory.entries.first.map { sectors.stream(from: $0.start, length: $0.length).bytes } ?? []
        smallTables = sectors.smallTables
        cutoff = Int(sectors.bytes.number(at: 56, count: 4))
    }

    /// The content of a stream, up to `limit`; incomplete where it is cut or its chain is broken.
    func content(of entry: CompoundDirectory.Entry, limit: Int = .max) -> (bytes: [UInt8], isComplete: Bool) {
        let length = min(entry.length, limit)
        let read =
            entry.length < cutoff
            ? directory.sectors.smallStream(from: entry.start, length: length, in: small, tables: smallTables)
            : directory.sectors.stream(from: entry.start, length: length)
        return (read.bytes, read.isComplete && read.bytes.count == entry.length)
    }

    /// The contents of the streams of a name, wherever they stand: an embedded document has streams like its host.
    /// What is missing: `damaged` where one of them is incomplete, `over-limit` where there are more than are read.
    func named(_ name: String) -> (contents: [[UInt8]], missing: Reasons) {
        let entries = directory.entries.filter { $0.isStream && $0.name.lowercased() == name.lowercased() }
        let read = entries.prefix(FileTypingLimits.compoundStreams).map { content(of: $0) }
        let missing: Reasons = read.count == entries.count ? [] : .overLimit
        return (read.map(\.bytes), read.allSatisfy(\.isComplete) ? missing : missing.union(.damaged))
    }
}
