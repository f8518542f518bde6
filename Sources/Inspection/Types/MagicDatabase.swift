import CMagic

/// libmagic with its database of signatures: content in, media type out.
///
/// The handle belongs to this value and is closed with it. libmagic keeps its answer in the handle, so one handle
/// serves one caller at a time; `FileTyper` sees to that.
struct MagicDatabase: ~Copyable {
    private let handle: magic_t

    /// Opens the database that the system's libmagic was installed with.
    ///
    /// - Throws: `FileTyperFault` if libmagic or its database can't be opened.
    init() throws(FileTyperFault) {
        guard let handle = magic_open(MAGIC_MIME_TYPE) else {
            throw FileTyperFault(cause: "libmagic does not start")
        }
        guard magic_load(handle, nil) == 0 else {
            let cause = magic_error(handle).map { String(cString: $0) } ?? "libmagic has no database"
            magic_close(handle)
            throw FileTyperFault(cause: cause)
        }
        self.handle = handle
    }

    deinit {
        magic_close(handle)
    }

    /// Whether it finds characters and not bytes, in whatever charset; nil if libmagic fails. Asks no signature, so it
    /// costs microseconds where `mediaType` costs up to milliseconds: libmagic compiles hundreds of regular expressions
    /// for every text.
    mutating func isText(_ bytes: [UInt8]) -> Bool? {
        let encoding = answer(
            bytes,
            MAGIC_MIME_ENCODING | MAGIC_NO_CHECK_SOFT | MAGIC_NO_CHECK_APPTYPE | MAGIC_NO_CHECK_ELF
                | MAGIC_NO_CHECK_TEXT | MAGIC_NO_CHECK_CDF | MAGIC_NO_CHECK_CSV | MAGIC_NO_CHECK_JSON
                | MAGIC_NO_CHECK_TOKENS)
        return encoding.map { $0 != "binary" }
    }

    /// The media type, lower case: `application/pdf`; nil if libmagic fails.
    mutating func mediaType(_ bytes: [UInt8]) -> String? { answer(bytes, MAGIC_MIME_TYPE) }

    private mutating func answer(_ bytes: [UInt8], _ flags: Int32) -> String? {
        // Compressed content is never unpacked here: that is the archive room's task, under its limits.
        magic_setflags(handle, flags | MAGIC_NO_CHECK_COMPRESS | MAGIC_NO_CHECK_TAR)
        return magic_buffer(handle, bytes, bytes.count).map { String(cString: $0).lowercased() }
    }
}

/// Why contents can't be typed at all.
public struct FileTyperFault: Error, Equatable, Sendable, CustomStringConvertible {
    /// What is wrong.
    public let cause: String

    /// The cause with its cure.
    public var description: String { "libmagic: \(cause); install libmagic1 and libmagic-mgc" }
}
