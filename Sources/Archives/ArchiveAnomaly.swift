/// A place where programs that open the container would read different things in it, or where it breaks its format.
public struct ArchiveAnomaly: Sendable, Hashable {
    /// The stable name, as `message.anomalies` has it.
    public let name: String
    /// One clause that says it, lower case and without a full stop.
    public let sentence: String
    /// Where in the container it shows.
    public let range: Range<Int>?
    /// Whether programs differ in what they take out of the container. All that any of them takes out is handed over.
    public let isAmbiguous: Bool
    /// Whether the container breaks its format.
    public let isMalformed: Bool

    init(
        _ name: String, _ sentence: String, at range: Range<Int>? = nil, isAmbiguous: Bool = true,
        isMalformed: Bool = true
    ) {
        self.name = name
        self.sentence = sentence
        self.range = range
        self.isAmbiguous = isAmbiguous
        self.isMalformed = isMalformed
    }
}

extension ArchiveAnomaly {
    static func zipMismatch(_ field: ZipMismatch, at range: Range<Int>?) -> ArchiveAnomaly {
        ArchiveAnomaly(
            "zip-\(field.rawValue)-mismatch",
            "the records of one entry contradict each other about its \(field.rawValue)", at: range)
    }

    static func zipHiddenEntry(at offset: Int) -> ArchiveAnomaly {
        ArchiveAnomaly(
            "zip-hidden-entry", "an entry is in no directory of the zip", at: offset..<(offset + 30))
    }

    static func zipHiddenDirectory(at offset: Int) -> ArchiveAnomaly {
        ArchiveAnomaly(
            "zip-hidden-directory", "the zip has directory records outside its directory", at: offset..<(offset + 46))
    }

    static func zipSeveralEnds(at offset: Int) -> ArchiveAnomaly {
        ArchiveAnomaly("zip-several-ends", "the zip has several end records", at: offset..<(offset + 22))
    }

    static func zipSeveralDirectories(at offset: Int) -> ArchiveAnomaly {
        ArchiveAnomaly(
            "zip-directory-place", "the end record of the zip leads to its directory in contradictory ways",
            at: offset..<(offset + 22))
    }

    static let zipEntryCount = ArchiveAnomaly(
        "zip-entry-count", "the zip's directory has another number of entries or another size than its end record says")

    static let zipOverlap = ArchiveAnomaly("zip-overlapping-entries", "entries of the zip share the same bytes")

    static let zipDuplicateName = ArchiveAnomaly(
        "zip-duplicate-name", "entries of the zip have names that some systems take for the same")

    static let zipTrailingData = ArchiveAnomaly(
        "zip-trailing-data", "bytes follow the end of the zip", isAmbiguous: false)

    static let zipOddName = ArchiveAnomaly(
        "zip-odd-name", "an entry's name is read in different ways: a control character, or two different names")

    static let zipFullDirectory = ArchiveAnomaly(
        "zip-directory-with-content", "an entry is a directory to some programs and a file to others")

    static let zipNoLocalHeader = ArchiveAnomaly(
        "zip-no-local-header", "the directory leads to a place where no entry is")

    static let gzipSeveralMembers = ArchiveAnomaly(
        "gzip-several-members", "the gzip file has several members, of which some programs read only the first")

    static let diskTrees = ArchiveAnomaly(
        "iso-several-trees", "the disk shows other files to one system than to another")

    static let diskTables = ArchiveAnomaly(
        "disk-several-tables", "the tables of the disk lead to file systems in different places")

    static let diskRecords = ArchiveAnomaly(
        "disk-several-records", "the records of the virtual disk contradict each other about its content")

    static let fatTables = ArchiveAnomaly(
        "disk-tables-differ", "the disk has other files by another copy of its table of clusters")

    static let diskNames = ArchiveAnomaly(
        "disk-names-differ", "a directory of the disk calls a file by another name than the file's own record")

    static let diskHiddenFiles = ArchiveAnomaly(
        "disk-hidden-files", "files stand behind the end of a directory, where some systems do not look")

    static let diskDeletedFiles = ArchiveAnomaly(
        "disk-deleted-files", "the disk has records of files that were deleted", isAmbiguous: false, isMalformed: false)

    static let trailingData = ArchiveAnomaly(
        "archive-trailing-data", "bytes follow the end of the container", isAmbiguous: false)
}

/// What the records of one zip entry may contradict each other about.
enum ZipMismatch: String {
    case method
    case size
    case name
    case encryption
    case checksum
    case descriptor
}
