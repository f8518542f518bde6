/// How far the expansion of one container may go.
///
/// Declared sizes are never believed: each limit counts bytes that were really decoded, and decoding stops at the
/// limit, so that a bomb costs no more than the limit itself. What is met is reported as `ArchiveLimit`.
/// A caller that expands containers inside containers hands each reading what is left of its own total.
public struct ArchiveLimits: Sendable, Hashable {
    /// The most entries that are listed. Default 10,000: office documents and source trees stay far below.
    public var entries: Int
    /// The most bytes kept of one entry. Default 100 MiB: twice what mail systems usually let through.
    public var bytesPerEntry: Int
    /// The most bytes decoded from the container in all. Default 256 MiB.
    public var totalBytes: Int
    /// The most bytes decoded for each byte of the container. Default 1,000: DEFLATE itself can't pass 1,032.
    public var ratio: Int
    /// The expansion below which `ratio` is not looked at. Default 8 MiB: a small file of zeros is no bomb.
    public var ratioFloor: Int
    /// The most bytes kept of a name. Default 4,096, as file systems allow; tar would take a megabyte.
    public var nameBytes: Int
    /// The instant at which reading stops, between two pieces of 64 KiB. Default none.
    public var deadline: ContinuousClock.Instant?

    /// Limits with the documented defaults for what is not given.
    public init(
        entries: Int = 10_000, bytesPerEntry: Int = 100 << 20, totalBytes: Int = 256 << 20, ratio: Int = 1_000,
        ratioFloor: Int = 8 << 20, nameBytes: Int = 4_096, deadline: ContinuousClock.Instant? = nil
    ) {
        self.entries = entries
        self.bytesPerEntry = bytesPerEntry
        self.totalBytes = totalBytes
        self.ratio = ratio
        self.ratioFloor = ratioFloor
        self.nameBytes = nameBytes
        self.deadline = deadline
    }

    /// The documented defaults.
    public static let standard = ArchiveLimits()

    /// The bytes handed over by libarchive at a time, and the distance between two looks at the clock.
    static let pieceBytes = 64 << 10
    /// How many headers in a row that can't be read are passed over before the container is given up.
    static let badHeaders = 16
    /// How many blocks of a RAR file are walked to find its end; then the walk claims nothing.
    static let rarBlocks = 100_000
    /// How far into other bytes a RAR, 7z or cabinet is looked for, as self-extracting programs carry them: as far as
    /// the programs that open them look.
    static let embeddedDistance = 8 << 20
    /// The most records of each kind that are looked for in a zip by their signatures.
    static let zipSignatures = 1_000_000
    /// How many end records of one zip are followed.
    static let zipEnds = 64
    /// How many records are compared that lead to one entry of a zip.
    static let zipClaims = 16
    /// How many extra fields of one record of a zip are read.
    static let zipExtraFields = 64
    /// How many bytes a zip's contents may be copied for a decoder that needs them apart, for each byte of the zip.
    static let zipCopies = 4
    /// How many descriptors of an optical disk are looked at.
    static let diskDescriptors = 64
    /// How many directories of a disk lie in one another.
    static let directoryDepth = 64
    /// How many partitions of a disk are looked at.
    static let diskPartitions = 128
    /// How many copies of a table of clusters are compared.
    static let diskTables = 4
    /// How many bytes of each copy.
    static let diskTableBytes = 16 << 20
    /// How many bytes of one directory of a disk are read: FAT allows 2 MiB.
    static let diskDirectoryBytes = 4 << 20
    /// How many records of an NTFS volume's table of files are read.
    static let diskRecords = 65_536
    /// Pieces in which the index of one directory of an NTFS volume lies.
    static let diskIndexPieces = 1_024
    /// How often the bytes of a disk, and `ratioFloor` with them, are read for its directories and files.
    static let diskReadings = 8
    /// How often the bytes of a help file are read for its files, of which each may make a decoder begin again.
    static let helpReads = 16
    /// How many members of a gzip file are told apart.
    static let gzipMembers = 1_000
    /// The farthest the end-of-central-directory record of a zip lies from the end: its comment has 65,535 bytes.
    static let zipEndDistance = 65_535 + 22

    /// The limit that is met by so many bytes of one entry and of all, taken out of a container of `size` bytes.
    func met(entryBytes: Int, expandedBytes: Int, of size: Int) -> ArchiveLimit? {
        if entryBytes > bytesPerEntry { return .bytesPerEntry }
        if expandedBytes > totalBytes { return .totalBytes }
        if expandedBytes > ratioFloor, expandedBytes / max(1, size) > ratio { return .ratio }
        return isLate ? .time : nil
    }

    /// How many bytes one more entry may have, after so many of all, taken out of a container of `size` bytes; and the
    /// limit that says so. For a decoder that is told beforehand how much it may give.
    func room(expandedBytes: Int, of size: Int) -> (bytes: Int, limit: ArchiveLimit) {
        let left = max(0, totalBytes - expandedBytes)
        let expansion = size.multipliedReportingOverflow(by: ratio)
        let most = max(ratioFloor, expansion.overflow ? Int.max : expansion.partialValue)
        let bytes = min(bytesPerEntry, left, max(0, most - expandedBytes))
        return (bytes, bytes == bytesPerEntry ? .bytesPerEntry : bytes == left ? .totalBytes : .ratio)
    }

    var isLate: Bool { deadline.map { ContinuousClock.now >= $0 } ?? false }
}

/// Which of `ArchiveLimits` was met.
public enum ArchiveLimit: String, Sendable, Hashable, Codable, CaseIterable {
    /// `ArchiveLimits.entries`.
    case entries
    /// `ArchiveLimits.bytesPerEntry`.
    case bytesPerEntry = "bytes-per-entry"
    /// `ArchiveLimits.totalBytes`.
    case totalBytes = "total-bytes"
    /// `ArchiveLimits.ratio`.
    case ratio
    /// `ArchiveLimits.nameBytes`.
    case nameBytes = "name-bytes"
    /// `ArchiveLimits.deadline`.
    case time
}
