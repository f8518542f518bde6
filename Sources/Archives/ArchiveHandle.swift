import CArchive
import Glibc

/// libarchive's reader over bytes in memory: opened for exactly one format, freed when the value ends.
///
/// libarchive reads lazily from the memory it is given, so a handle must not outlive the closure that lends it the
/// bytes; being neither copyable nor public, it never leaves `ArchiveReader`.
struct ArchiveHandle: ~Copyable {
    private let pointer: OpaquePointer

    /// Names outside ASCII come back as nil unless the process has a UTF-8 character type. Done once, for all.
    private static let localeIsSet: Bool = setlocale(LC_CTYPE, "C.UTF-8") != nil

    /// Which trees of an optical disk are read; of those the richest that there is.
    enum DiskTree {
        case any, withoutRockRidge, withoutJoliet, plain

        /// The extensions that are passed over.
        fileprivate var ignored: [String] {
            switch self {
            case .any: []
            case .withoutRockRidge: ["rockridge"]
            case .withoutJoliet: ["joliet"]
            case .plain: ["rockridge", "joliet"]
            }
        }
    }

    /// A reader for `format`, or nil if libarchive lacks it or has no memory.
    ///
    /// - Parameter password: what locked entries are tried with. It may hold no NUL and may not be empty.
    init?(format: ArchiveFormat, password: String? = nil, disk: DiskTree = .any) {
        guard Self.localeIsSet, let pointer = archive_read_new() else { return nil }
        let isReady =
            Self.enable(format, on: pointer)
            && disk.ignored.allSatisfy { archive_read_set_option(pointer, "iso9660", $0, nil) == ARCHIVE_OK }
            && (password.map { archive_read_add_passphrase(pointer, $0) == ARCHIVE_OK } ?? true)
        guard isReady else {
            archive_read_free(pointer)
            return nil
        }
        self.pointer = pointer
    }

    deinit {
        archive_read_free(pointer)
    }

    /// Formats are named one by one. "All formats" includes mtree, which takes almost any text for an archive.
    private static func enable(_ format: ArchiveFormat, on pointer: OpaquePointer) -> Bool {
        let result: Int32
        switch format {
        // By the directory; `ZipContent` asks for one entry at a time, whose records agree.
        case .zip: result = archive_read_support_format_zip_seekable(pointer)
        case .sevenZip: result = archive_read_support_format_7zip(pointer)
        case .rar: result = archive_read_support_format_rar(pointer)
        case .rar5: result = archive_read_support_format_rar5(pointer)
        case .tar: result = archive_read_support_format_tar(pointer)
        case .iso9660: result = archive_read_support_format_iso9660(pointer)
        case .cab: result = archive_read_support_format_cab(pointer)
        case .cpio: result = archive_read_support_format_cpio(pointer)
        case .ar: result = archive_read_support_format_ar(pointer)
        case .lha: result = archive_read_support_format_lha(pointer)
        case .rpm: return enableRPM(on: pointer)
        case .bzip2: return enableStream(ARCHIVE_FILTER_BZIP2, on: pointer)
        case .xz: return enableStream(ARCHIVE_FILTER_XZ, on: pointer)
        case .lzma: return enableStream(ARCHIVE_FILTER_LZMA, on: pointer)
        case .zstd: return enableStream(ARCHIVE_FILTER_ZSTD, on: pointer)
        case .lz4: return enableStream(ARCHIVE_FILTER_LZ4, on: pointer)
        case .lzip: return enableStream(ARCHIVE_FILTER_LZIP, on: pointer)
        case .compress: return enableCompress(on: pointer)
        case .gzip, .chm, .vhd, .vhdx, .img, .arj, .ace, .wim, .xar, .lzop, .lrzip: return false
        }
        return result == ARCHIVE_OK
    }

    /// One filter, set and not guessed: guessing would open up to 25 nested streams at once, out of our sight.
    /// The format "empty" is left out: it takes a stream that can't be decoded for an empty one.
    /// A result other than OK means that libarchive would start another program to decode; that is refused.
    private static func enableStream(_ filter: Int32, on pointer: OpaquePointer) -> Bool {
        archive_read_append_filter(pointer, filter) == ARCHIVE_OK
            && archive_read_support_format_raw(pointer) == ARCHIVE_OK
    }

    /// Set outright, this filter reads its first bytes before there are any and dereferences nil (libarchive 3.6.2).
    /// Guessing among this one filter is safe: at worst compress inside compress is opened in one step.
    private static func enableCompress(on pointer: OpaquePointer) -> Bool {
        archive_read_support_filter_compress(pointer) == ARCHIVE_OK
            && archive_read_support_format_raw(pointer) == ARCHIVE_OK
    }

    private static func enableRPM(on pointer: OpaquePointer) -> Bool {
        for result in [
            archive_read_support_filter_rpm(pointer), archive_read_support_filter_gzip(pointer),
            archive_read_support_filter_bzip2(pointer), archive_read_support_filter_xz(pointer),
            archive_read_support_filter_lzma(pointer), archive_read_support_filter_zstd(pointer),
            archive_read_support_format_cpio(pointer),
        ] where result != ARCHIVE_OK {
            return false
        }
        return true
    }

    /// Starts reading `bytes`, which must stay in place as long as the handle lives.
    func open(_ bytes: UnsafeRawBufferPointer) -> Step {
        Step(archive_read_open_memory(pointer, bytes.baseAddress, bytes.count))
    }

    /// What a call of libarchive came to.
    enum Step {
        case done
        case end
        /// The call worked with a reservation.
        case warned
        /// The call failed; the next header may still be read.
        case failed
        /// The container can't be read any further.
        case fatal

        init(_ code: Int32) {
            switch code {
            case ARCHIVE_OK: self = .done
            case ARCHIVE_EOF: self = .end
            case ARCHIVE_WARN: self = .warned
            case ARCHIVE_RETRY, ARCHIVE_FAILED: self = .failed
            default: self = .fatal
            }
        }
    }

    /// Goes to the next entry and returns its header.
    func nextHeader() -> (Step, ArchiveHeader?) {
        var entry: OpaquePointer?
        // Readers ask for names themselves, see `ArchiveHeader.text`.
        errno = 0
        let step = Step(archive_read_next_header(pointer, &entry))
        switch step {
        case .done, .warned: return (step, entry.map(ArchiveHeader.init))
        case .end, .failed, .fatal: return (step, nil)
        }
    }

    /// Decodes up to `buffer.count` bytes of the current entry. Returns their number, 0 at its end.
    func read(into buffer: UnsafeMutableRawBufferPointer) -> (Step, Int) {
        let count = archive_read_data(pointer, buffer.baseAddress, buffer.count)
        return count >= 0 ? (.done, Int(count)) : (Step(Int32(truncatingIfNeeded: count)), 0)
    }

    /// libarchive's sentence for the last failure.
    var errorSentence: String {
        archive_error_string(pointer).map { String(cString: $0) } ?? "the container can't be read"
    }

    /// Whether libarchive has met an encrypted entry or header. To be asked only after `open` worked: where no format
    /// was recognised, libarchive 3.6.2 follows a pointer one past its table of formats.
    var hasMetEncryption: Bool { archive_read_has_encrypted_entries(pointer) == 1 }

    /// How far the container was consumed.
    var consumedBytes: Int { Int(archive_filter_bytes(pointer, 0)) }
}

/// The header of the current entry; valid until the next one is asked for.
struct ArchiveHeader {
    fileprivate let pointer: OpaquePointer

    /// The name's bytes as libarchive has them.
    var rawName: [UInt8] {
        if let name = Self.text(archive_entry_pathname, pointer) { return Self.bytes(name) }
        if let name = Self.text(archive_entry_pathname_utf8, pointer) { return Self.bytes(name) }
        return []
    }

    var linkTarget: String? {
        (Self.text(archive_entry_hardlink_utf8, pointer) ?? Self.text(archive_entry_symlink_utf8, pointer))
            .map { String(cString: $0) }
    }

    /// The size declared; nil if none, or one that no file has.
    var declaredSize: Int? {
        guard archive_entry_size_is_set(pointer) != 0 else { return nil }
        let size = archive_entry_size(pointer)
        return size < 0 ? nil : Int(size)
    }

    /// Whether the content has holes, which libarchive leaves out at the end instead of filling them with zeros.
    var isSparse: Bool { archive_entry_sparse_count(pointer) > 0 }

    var isEncrypted: Bool { archive_entry_is_encrypted(pointer) != 0 }

    var kind: ArchiveEntry.Kind {
        if Self.text(archive_entry_hardlink, pointer) != nil { return .hardLink }
        // The values of S_IFMT; libarchive's macros for them are casts, which Swift does not import.
        switch UInt32(archive_entry_filetype(pointer)) {
        case 0o040000: return .directory
        case 0o120000: return .symbolicLink
        case 0o020000, 0o060000, 0o010000, 0o140000: return .special
        default: return .file
        }
    }

    /// Asks for a text of the entry. Where a name can't be converted libarchive looks at `errno`, and if it finds
    /// ENOMEM there, left by any earlier failure, it ends the process ("Fatal Internal Error"). So it is cleared.
    private static func text(
        _ accessor: (OpaquePointer?) -> UnsafePointer<CChar>?, _ entry: OpaquePointer
    ) -> UnsafePointer<CChar>? {
        errno = 0
        return accessor(entry)
    }

    private static func bytes(_ string: UnsafePointer<CChar>) -> [UInt8] {
        Array(UnsafeRawBufferPointer(start: string, count: strlen(string)))
    }
}
