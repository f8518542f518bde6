/// Whether contents of a type have text that content rules can judge.
public enum TextKind: String, Sendable, Hashable, Codable {
    /// Its text is read.
    case extractable
    /// It has no text of its own: images, sound, programs, fonts; containers, whose entries have theirs.
    case none
    /// It has text, and nothing here reads it yet: content rules answer `unsupported`.
    case notYet = "not-yet"
}

/// A kind of file, as a place in a lattice: `mp4` is `video`, which is `media`.
///
/// Purpose: the words in which policies speak of files. A type may lie under several others: `docm` is `word` and
/// `macro-enabled`. Types are made from content by the room `Inspection`; this is only their table. A value is an
/// index into the table; what is stored or sent is the name, so that the table may grow.
public struct FileType: Hashable, Sendable {
    /// The place in the table.
    let index: UInt8

    /// The name policies use: kebab case, unique.
    public var name: String { row.name }

    /// One sentence that says what it is.
    public var documentation: String { row.documentation }

    /// The types right above it.
    public var parents: [FileType] { FileTypeLattice.shared.parents[Int(index)] }

    /// The extensions such files usually have, lower case, without a dot.
    public var extensions: [String] { row.extensions }

    /// The media types such files are declared as, lower case.
    public var mediaTypes: [String] { row.mediaTypes }

    /// Whether it has text.
    public var textKind: TextKind { FileTypeLattice.shared.textKinds[Int(index)] }

    /// Whether every such file is one of `other` too; every type is a subtype of itself. One look at a bit set.
    public func isSubtype(of other: FileType) -> Bool {
        FileTypeLattice.shared.ancestors[Int(index)].contains(other.index)
    }

    /// The type with this name, in lower case.
    public static func named(_ name: String) -> FileType? {
        FileTypeLattice.shared.byName[name]
    }

    /// The types whose files usually have this extension, given without a dot, in any case.
    public static func withExtension(_ text: String) -> [FileType] {
        FileTypeLattice.shared.byExtension[text.lowercased()] ?? []
    }

    /// The types that are declared as this media type, in any case and without parameters.
    public static func withMediaType(_ text: String) -> [FileType] {
        FileTypeLattice.shared.byMediaType[text.lowercased()] ?? []
    }

    /// All types: families first, each before its members.
    public static var all: [FileType] { FileTypeLattice.shared.all }

    /// Bytes that nothing recognises.
    public static let unknown = FileTypeLattice.shared.byName["unknown"] ?? FileType(index: 0)

    private var row: FileTypeRow { FileTypeLattice.shared.rows[Int(index)] }
}

extension FileType: CustomStringConvertible {
    /// The name.
    public var description: String { name }
}

extension FileType: Codable {
    /// Reads a type from its name.
    ///
    /// - Throws: `DecodingError.dataCorrupted` if no type has the name.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let name = try container.decode(String.self)
        guard let type = FileType.named(name) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "no file type is named \(name)")
        }
        self = type
    }

    /// Writes the name.
    ///
    /// - Throws: what the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(name)
    }
}
