import Archives
import Synchronization
import Vocabulary

/// Tells what a content is from its bytes.
///
/// Purpose: bytes become places in the lattice of file types. Takes bytes, and name and declared type as weak evidence
/// that counts only where the bytes are text or a Windows program (whose kinds differ in name alone). Gives the types,
/// most specific first; several where a file is several things at once, which hostile files like to be.
/// Own signatures decide first: they cover what mail filters must not get wrong, and libmagic, which takes most macro
/// documents for plain ones and any text with two odd words for source code, fills the rest.
/// Limits: `FileTypingLimits`. Safe to share: libmagic's handle is behind a lock.
public final class FileTyper: Sendable {
    private let magic: Mutex<MagicDatabase>

    /// Opens libmagic's database.
    ///
    /// - Throws: `FileTyperFault` if it can't be opened.
    public init() throws(FileTyperFault) {
        magic = Mutex(try MagicDatabase())
    }

    /// The types of a content, most specific first; never empty.
    ///
    /// - Parameters:
    ///   - name: the name it bears, of which only the extension counts.
    ///   - declaredType: the media type it is declared as.
    ///   - isShown: whether it stands where readers show text; a text is then a plain one if no sign says otherwise.
    public func types(
        of bytes: [UInt8], name: String? = nil, declaredType: String? = nil, isShown: Bool = false
    ) -> [FileType] {
        let hint = TypeHint(name: name, declaredType: declaredType, isShown: isShown)
        return bytes.withUnsafeBytes { types(of: $0, hint: hint) }
    }

    /// The types by every name it bears: of two names, a reader may show the one and a system run the other.
    public func types(
        of bytes: [UInt8], names: [String], declaredType: String? = nil, isShown: Bool = false
    ) -> [FileType] {
        var types: [FileType] = []
        var seen: [TypeHint] = []
        for name in names.isEmpty ? [nil] : names.map(Optional.some) {
            let hint = TypeHint(name: name, declaredType: declaredType, isShown: isShown)
            guard !seen.contains(hint) else { continue }
            seen.append(hint)
            for type in bytes.withUnsafeBytes({ self.types(of: $0, hint: hint) }) where !types.contains(type) {
                types.append(type)
            }
        }
        return types
    }

    private func types(of bytes: UnsafeRawBufferPointer, hint: TypeHint) -> [FileType] {
        guard !bytes.isEmpty else { return Self.resolve(["empty"]) }
        let formats = ArchiveFormat.all(in: bytes)
        var names = formats.flatMap { format in
            format == .zip ? ZipContentType.names(bytes) : [ContainerNames.name(of: format, bytes)]
        }
        // A disk says nothing of what its first bytes are to a program that knows no disks.
        if formats.first?.leavesFirstBytes ?? true { names += ownNames(bytes, hint: hint) }
        return Self.resolve(names)
    }

    private func ownNames(_ bytes: UnsafeRawBufferPointer, hint: TypeHint) -> [String] {
        var names = CompoundDirectory(bytes).map(CompoundContentType.names) ?? []
        if names.isEmpty { names = BinarySignature.names(bytes, hint: hint) }
        if names.isEmpty { names = magicNames(bytes, hint: hint) }
        return names
    }

    private func magicNames(_ bytes: UnsafeRawBufferPointer, hint: TypeHint) -> [String] {
        let prefix = Array(bytes.prefix(FileTypingLimits.magicBytes))
        guard let isText = magic.withLock({ $0.isText(prefix) }) else { return ["unknown"] }
        if isText { return TextContentType.names(bytes, hint: hint) { magicName(prefix) } }
        if let name = magicName(prefix) {
            let isText = FileType.named(name)?.isUnder(.text) == true
            return isText ? TextContentType.names(bytes, hint: hint) { name } : [name]
        }
        let tolerant = TextContentType.tolerantNames(bytes, hint: hint)
        if !tolerant.isEmpty { return tolerant }
        // A program for MS-DOS without a header has nothing but its name.
        if hint.hasExtension("com") { return ["com"] }
        return ["unknown"]
    }

    private func magicName(_ prefix: [UInt8]) -> String? {
        magic.withLock { $0.mediaType(prefix) }.flatMap(MagicNames.name)
    }

    /// The types with these names, without those that another one already implies.
    private static func resolve(_ names: [String]) -> [FileType] {
        var types: [FileType] = []
        for type in names.compactMap(FileType.named) where !types.contains(type) { types.append(type) }
        if types.count > 1 { types.removeAll { $0 == .unknown } }
        let specific = types.filter { type in !types.contains { $0 != type && $0.isSubtype(of: type) } }
        return specific.isEmpty ? [.unknown] : specific
    }
}

/// How much of a content is looked at to type it.
enum FileTypingLimits {
    /// Bytes handed to libmagic. Its signatures lie at the start, those of disk images within 40 KiB.
    static let magicBytes = 256 << 10
    /// Bytes of a text searched for signs of mark-up and of mail.
    static let textBytes = 8 << 10
    /// Bytes decoded to reach the part of a zip that names the document's kind; it usually comes first.
    static let zipBytes = 1 << 20
    /// Names of a zip's directory that are looked at.
    static let zipNames = 4_096
    /// Entries of a compound file's directory that are looked at.
    static let compoundEntries = 8_192
    /// Streams of one name in a compound file that are read for macros and text.
    static let compoundStreams = 8
    /// Bytes before a PDF's signature that readers tolerate (ISO 32000-1, annex H.3.4.1).
    static let pdfPrefix = 1_024
}

/// What a content is said to be, by its name and its declaration. Weak evidence.
struct TypeHint: Equatable {
    private let fileExtension: String?
    private let mediaType: String?
    /// Whether readers show it as text, if text it is.
    let isShown: Bool

    init(name: String?, declaredType: String?, isShown: Bool) {
        self.isShown = isShown
        fileExtension = name.flatMap(NameExtension.of)?.lowercased()
        mediaType = declaredType.map { String($0.prefix { $0 != ";" && $0 != " " }) }
    }

    func hasExtension(_ extensions: String...) -> Bool {
        fileExtension.map(extensions.contains) ?? false
    }

    /// The types under `family` that the extension suggests, or failing that the declaration.
    func types(under family: KnownType) -> [FileType] {
        let byName = (fileExtension.map(FileType.withExtension) ?? []).filter { $0.isUnder(family) }
        guard byName.isEmpty else { return byName }
        return (mediaType.map(FileType.withMediaType) ?? []).filter { $0.isUnder(family) }
    }
}
