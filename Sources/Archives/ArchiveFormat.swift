/// A container format that is recognised by its bytes.
///
/// Two families: archives, which hold named entries, and compressed streams, which hold one entry without more than
/// a hint of a name. A `.tar.gz` is a stream that holds a tar archive: each layer is read as itself, so every layer
/// has its bytes, its type and its limits, and a stream may hide anything, not only a tar.
public enum ArchiveFormat: String, Sendable, Hashable, Codable, CaseIterable {
    case zip
    case sevenZip = "7z"
    /// RAR up to version 4.
    case rar
    case rar5
    case tar
    case iso9660 = "iso"
    /// A virtual hard disk of the older kind.
    case vhd
    /// A virtual hard disk of the newer kind.
    case vhdx
    /// A disk as it is, with partitions or without.
    case img
    case cab
    case cpio
    case ar
    case lha
    case xar
    /// A package of the RPM family: a lead, two headers, and a compressed cpio archive.
    case rpm
    case arj
    case ace
    case wim
    /// Compiled help: pages in one compressed stream.
    case chm
    case gzip
    case bzip2
    case xz
    case lzma
    case zstd
    case lz4
    case lzip
    case lzop
    case lrzip
    case compress

    /// Whether the format holds one nameless stream instead of named entries.
    public var isStream: Bool {
        switch self {
        case .gzip, .bzip2, .xz, .lzma, .zstd, .lz4, .lzip, .lzop, .lrzip, .compress: true
        default: false
        }
    }

    /// Whether this room can open the format. The others are recognised, so that they are never taken for harmless.
    ///
    /// A xar whose hard links form a ring keeps libarchive 3.6.2 in an endless loop. lzop and lrzip could be opened
    /// by libarchive only by starting another program with hostile bytes, which this
    /// room never does.
    public var isReadable: Bool {
        switch self {
        case .arj, .ace, .wim, .xar, .lzop, .lrzip: false
        default: true
        }
    }

    /// The name that the one entry of a stream has on most systems, given the stream's own name.
    ///
    /// `report.pdf.gz` gives `report.pdf`, `backup.tgz` gives `backup.tar`; nil if the name has no usual ending.
    public func innerName(ofStreamNamed name: String) -> String? {
        guard isStream, let dot = name.lastIndex(of: "."), dot != name.startIndex else { return nil }
        let stem = String(name[..<dot])
        switch name[name.index(after: dot)...].lowercased() {
        case "gz", "gzip", "z", "bz", "bz2", "xz", "lzma", "zst", "zstd", "lz4", "lz", "lzo": return stem
        case "tgz", "taz", "tbz", "tbz2", "tb2", "txz", "tlz", "tzst", "tzo": return stem + ".tar"
        case "svgz": return stem + ".svg"
        default: return nil
        }
    }

    /// Whether passing over an entry costs nothing, because its place in the file is known.
    ///
    /// The others must decode what they pass over: there, reading ends at the first entry beyond a limit, or a bomb
    /// would be decoded after all, out of sight.
    var skipsWithoutDecoding: Bool {
        switch self {
        case .tar, .iso9660, .cpio, .ar: true
        default: false
        }
    }

    /// Whether entries after an encrypted one can be read. In 7z and RAR libarchive's answers after the first
    /// encrypted entry are misleading errors ("Damaged 7-Zip archive"), so their data is not asked for.
    var readsBehindEncrypted: Bool {
        switch self {
        case .sevenZip, .rar, .rar5: false
        default: true
        }
    }

    /// Whether a password can open it here: libarchive 3.6 decrypts zip, by the classic cipher and by AES, and no other.
    public var opensWithPassword: Bool { self == .zip }

    /// The charsets old writers of this format used for names, beside UTF-8.
    var hasNamesInUnknownCharset: Bool {
        switch self {
        case .zip, .rar, .lha, .cab, .tar, .cpio, .ar, .arj, .ace: true
        default: false
        }
    }
}
