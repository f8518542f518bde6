/// One row of the table of file types.
struct FileTypeRow: Sendable {
    let name: String
    let parents: [String]
    let extensions: [String]
    let mediaTypes: [String]
    let documentation: String
    let textKind: TextKind?

    /// A row; lists are written with blanks between their words. Without `text` the first parent's kind holds.
    init(
        _ name: String, _ parents: String, _ extensions: String = "", _ mediaTypes: String = "",
        text: TextKind? = nil, _ documentation: String
    ) {
        func words(_ list: String) -> [String] { list.split(separator: " ").map(String.init) }
        self.name = name
        self.parents = words(parents)
        self.extensions = words(extensions)
        self.mediaTypes = words(mediaTypes)
        self.documentation = documentation
        textKind = text
    }
}

/// The table with everything that is worked out from it, once.
///
/// Invariant: a row's parents stand above it, so the lattice has no cycle; tests hold the table to it.
struct FileTypeLattice: Sendable {
    static let shared = FileTypeLattice(
        rows: FileTypeRow.families + FileTypeRow.texts + FileTypeRow.documents + FileTypeRow.images + FileTypeRow.media
            + FileTypeRow.archives + FileTypeRow.programs + FileTypeRow.scripts + FileTypeRow.messages
            + FileTypeRow.others)

    let rows: [FileTypeRow]
    let all: [FileType]
    let byName: [String: FileType]
    let byExtension: [String: [FileType]]
    let byMediaType: [String: [FileType]]
    let parents: [[FileType]]
    let ancestors: [FileTypeSet]
    let textKinds: [TextKind]

    init(rows: [FileTypeRow]) {
        precondition(rows.count <= FileTypeSet.capacity, "file types no longer fit their bit set")
        self.rows = rows
        all = rows.indices.map { FileType(index: UInt8($0)) }
        var byName: [String: FileType] = [:]
        var byExtension: [String: [FileType]] = [:]
        var byMediaType: [String: [FileType]] = [:]
        var parents: [[FileType]] = []
        var ancestors: [FileTypeSet] = []
        var textKinds: [TextKind] = []
        for (index, row) in rows.enumerated() {
            let type = FileType(index: UInt8(index))
            let above = row.parents.compactMap { byName[$0] }
            var set = FileTypeSet()
            set.insert(type.index)
            for parent in above { set.formUnion(ancestors[Int(parent.index)]) }
            parents.append(above)
            ancestors.append(set)
            textKinds.append(row.textKind ?? above.first.map { textKinds[Int($0.index)] } ?? .notYet)
            byName[row.name] = type
            for text in row.extensions { byExtension[text, default: []].append(type) }
            for text in row.mediaTypes { byMediaType[text, default: []].append(type) }
        }
        self.byName = byName
        self.byExtension = byExtension
        self.byMediaType = byMediaType
        self.parents = parents
        self.ancestors = ancestors
        self.textKinds = textKinds
    }
}

/// A set of places in the table: 256 bits.
struct FileTypeSet: Sendable {
    static let capacity = 256
    private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

    mutating func insert(_ index: UInt8) {
        let bit: UInt64 = 1 << UInt64(index & 63)
        switch index >> 6 {
        case 0: words.0 |= bit
        case 1: words.1 |= bit
        case 2: words.2 |= bit
        default: words.3 |= bit
        }
    }

    mutating func formUnion(_ other: FileTypeSet) {
        words.0 |= other.words.0
        words.1 |= other.words.1
        words.2 |= other.words.2
        words.3 |= other.words.3
    }

    func contains(_ index: UInt8) -> Bool {
        let word =
            switch index >> 6 {
            case 0: words.0
            case 1: words.1
            case 2: words.2
            default: words.3
            }
        return word >> UInt64(index & 63) & 1 == 1
    }
}
