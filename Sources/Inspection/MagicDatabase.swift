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
        // Compressed content is never unpacked here: that is the archive room's task, under its limits.
        guard let handle = magic_open(MAGIC_MIME | MAGIC_NO_CHECK_COMPRESS | MAGIC_NO_CHECK_TAR) else {
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

    /// What libmagic takes bytes for.
    struct Answer: Sendable, Equatable {
        /// The media type, lower case: `application/pdf`.
        let mediaType: String
        /// Whether it found characters and not bytes, in whatever charset.
        let isText: Bool
    }

    /// Looks at `bytes`; nil if libmagic fails.
    mutating func identify(_ bytes: [UInt8]) -> Answer? {
        guard let text = magic_buffer(handle, bytes, bytes.count) else { return nil }
        let fields = String(cString: text).lowercased().split(separator: ";", maxSplits: 1)
        guard let mediaType = fields.first else { return nil }
        let encoding = fields.count > 1 ? fields[1] : ""
        return Answer(mediaType: String(mediaType), isText: !encoding.hasSuffix("charset=binary"))
    }
}

/// Why contents can't be typed at all.
public struct FileTyperFault: Error, Equatable, Sendable, CustomStringConvertible {
    /// What is wrong.
    public let cause: String

    /// The cause with its cure.
    public var description: String { "libmagic: \(cause); install libmagic1 and libmagic-mgc" }
}
