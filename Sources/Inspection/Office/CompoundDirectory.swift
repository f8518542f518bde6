/// The directory of a compound file ([MS-CFB]): which streams and storages stand at its root, and which below.
///
/// An Excel sheet may embed a Word document, whose streams then stand in a storage below the root: only the root's
/// own children say what the file is.
struct CompoundDirectory {
    /// The names at the root.
    private(set) var rootNames: Set<String> = []
    /// All names, embedded documents' included.
    private(set) var allNames: Set<String> = []
    /// The class identifier of the root storage, as stored.
    private(set) var rootClass: [UInt8] = []
    /// Whether all of the directory could be followed.
    private(set) var isComplete: Bool
    let entries: [Entry]
    let sectors: CompoundSectors

    struct Entry {
        let name: String
        let isStream: Bool
        let left: UInt32
        let right: UInt32
        let child: UInt32
        let start: UInt32
        let length: Int
    }

    /// Nil if the bytes are no compound file. A damaged one has as many names as can be found. Valid as long as the
    /// bytes stay in place.
    init?(_ bytes: UnsafeRawBufferPointer) {
        guard let sectors = CompoundSectors(bytes) else { return nil }
        let perSector = sectors.size / 128
        let chain = sectors.chain(
            from: bytes.number(at: 48, count: 4), limit: FileTypingLimits.compoundEntries / perSector)
        var entries: [Entry] = []
        for offset in chain.offsets {
            for start in stride(from: offset, to: offset + sectors.size, by: 128) where start + 128 <= bytes.count {
                if entries.isEmpty { rootClass = Array(bytes[(start + 80)..<(start + 96)]) }
                entries.append(Self.entry(bytes, at: start))
            }
        }
        self.entries = entries
        self.sectors = sectors
        isComplete = chain.isComplete
        allNames = Set(entries.map(\.name))
        collectRoot()
    }

    /// The children of an entry form a binary tree of siblings.
    private mutating func collectRoot() {
        guard let root = entries.first else { return }
        var waiting = [root.child]
        var seen: Set<UInt32> = []
        while let index = waiting.popLast() {
            guard index != UInt32.max, Int(index) < entries.count, seen.insert(index).inserted else { continue }
            let entry = entries[Int(index)]
            rootNames.insert(entry.name)
            waiting += [entry.left, entry.right]
        }
    }

    private static func entry(_ bytes: UnsafeRawBufferPointer, at start: Int) -> Entry {
        let length = min(Int(bytes.number(at: start + 64, count: 2)), 64)
        var units: [UInt16] = []
        for offset in stride(from: 0, to: max(0, length - 2), by: 2) {
            units.append(UInt16(bytes.number(at: start + offset, count: 2)))
        }
        return Entry(
            name: String(decoding: units, as: UTF16.self), isStream: bytes[start + 66] == 2,
            left: bytes.number(at: start + 68, count: 4), right: bytes.number(at: start + 72, count: 4),
            child: bytes.number(at: start + 76, count: 4), start: bytes.number(at: start + 116, count: 4),
            length: Int(bytes.number(at: start + 120, count: 4)))
    }
}

/// What a compound file is by the streams at its root.
enum CompoundContentType {
    /// The names of its types; `ole` if it is of no known kind.
    static func names(_ directory: CompoundDirectory) -> [String] {
        var names: [String] = []
        for (stream, type) in streams where directory.rootNames.contains(stream) { names.append(type) }
        if directory.rootNames.contains(where: { $0.hasPrefix("__substg1.0_") }) { names.append("msg") }
        if let installer = classes.first(where: { $0.0 == directory.rootClass.first }),
            directory.rootClass.dropFirst().elementsEqual(installerClassTail)
        {
            names.append(installer.1)
        }
        // A broken directory still shows its streams somewhere.
        if names.isEmpty {
            for (stream, type) in streams where directory.allNames.contains(stream) { names.append(type) }
        }
        if names.isEmpty { names = ["ole"] }
        if !directory.allNames.isDisjoint(with: ["_VBA_PROJECT", "_VBA_PROJECT_CUR"]) { names.append("macro-enabled") }
        return names
    }

    private static let streams: [(String, String)] = [
        ("EncryptedPackage", "encrypted-office"), ("WordDocument", "doc"), ("Workbook", "xls"), ("Book", "xls"),
        ("PowerPoint Document", "ppt"), ("VisioDocument", "visio"), ("Quill", "publisher"), ("FileHeader", "hwp"),
        ("__properties_version1.0", "msg"), ("   114", "project"), ("   112", "project"),
    ]

    /// {000C10xx-0000-0000-C000-000000000046}: 84 is an installer, 86 a patch, 82 a transform.
    private static let classes: [(UInt8, String)] = [(0x84, "msi"), (0x86, "msp"), (0x82, "msp")]
    private static let installerClassTail: [UInt8] = [0x10, 0x0C, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46]
}
