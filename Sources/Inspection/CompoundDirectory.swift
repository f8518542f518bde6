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

    private static let signature: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
    private static let noEntry: UInt32 = 0xFFFF_FFFF

    private struct Entry {
        let name: String
        let left: UInt32
        let right: UInt32
        let child: UInt32
    }

    /// Nil if the bytes are no compound file. A damaged one has as many names as can be found.
    init?(_ bytes: UnsafeRawBufferPointer) {
        guard bytes.count >= 512, bytes.prefix(8).elementsEqual(Self.signature) else { return nil }
        let sectors = Self.directorySectors(bytes)
        var entries: [Entry] = []
        for offset in sectors {
            for start in stride(from: offset, to: offset + Self.sectorSize(bytes), by: 128)
            where start + 128 <= bytes.count && entries.count < FileTypingLimits.compoundEntries {
                if entries.isEmpty { rootClass = Array(bytes[(start + 80)..<(start + 96)]) }
                entries.append(Self.entry(bytes, at: start))
            }
        }
        allNames = Set(entries.map(\.name))
        collectRoot(entries)
    }

    /// The children of an entry form a binary tree of siblings.
    private mutating func collectRoot(_ entries: [Entry]) {
        guard let root = entries.first else { return }
        var waiting = [root.child]
        var seen: Set<UInt32> = []
        while let index = waiting.popLast() {
            guard index != Self.noEntry, Int(index) < entries.count, seen.insert(index).inserted else { continue }
            let entry = entries[Int(index)]
            rootNames.insert(entry.name)
            waiting += [entry.left, entry.right]
        }
    }

    private static func entry(_ bytes: UnsafeRawBufferPointer, at start: Int) -> Entry {
        let length = min(Int(number(bytes, at: start + 64, count: 2)), 64)
        var units: [UInt16] = []
        for offset in stride(from: 0, to: max(0, length - 2), by: 2) {
            units.append(UInt16(number(bytes, at: start + offset, count: 2)))
        }
        return Entry(
            name: String(decoding: units, as: UTF16.self), left: number(bytes, at: start + 68, count: 4),
            right: number(bytes, at: start + 72, count: 4), child: number(bytes, at: start + 76, count: 4))
    }

    private static func sectorSize(_ bytes: UnsafeRawBufferPointer) -> Int {
        number(bytes, at: 30, count: 2) == 12 ? 4_096 : 512
    }

    /// Where the sectors of the directory start, following the chain in the allocation table.
    private static func directorySectors(_ bytes: UnsafeRawBufferPointer) -> [Int] {
        let size = sectorSize(bytes)
        var sector = number(bytes, at: 48, count: 4)
        var offsets: [Int] = []
        var seen: Set<UInt32> = []
        while sector < 0xFFFF_FFFA, seen.insert(sector).inserted,
            offsets.count * (size / 128) < FileTypingLimits.compoundEntries
        {
            let offset = (Int(sector) + 1) * size
            guard offset < bytes.count else { break }
            offsets.append(offset)
            sector = next(of: sector, bytes, size)
        }
        return offsets
    }

    /// The successor of a sector. Only tables listed in the header are followed: they cover the first 6.8 MB, and
    /// the directory's head lies there in what real writers make; a chain beyond ends early, with the names so far.
    private static func next(of sector: UInt32, _ bytes: UnsafeRawBufferPointer, _ size: Int) -> UInt32 {
        let perTable = size / 4
        let table = Int(sector) / perTable
        guard table < 109 else { return noEntry }
        let tableSector = number(bytes, at: 76 + table * 4, count: 4)
        guard tableSector < 0xFFFF_FFFA else { return noEntry }
        return number(bytes, at: (Int(tableSector) + 1) * size + Int(sector) % perTable * 4, count: 4)
    }

    /// A little-endian number; all ones beyond the end, which every caller reads as "none".
    private static func number(_ bytes: UnsafeRawBufferPointer, at offset: Int, count: Int) -> UInt32 {
        guard offset >= 0, offset + count <= bytes.count else { return noEntry }
        return (0..<count).reversed().reduce(0) { $0 << 8 | UInt32(bytes[offset + $1]) }
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
