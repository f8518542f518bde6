/// A mail where it lies, not yet read.
public struct StoredMail: Sendable {
    /// How results call it: its path, with `#3` for the third of an mbox of several; `-` for standard input.
    public let name: String
    let place: Place

    enum Place: Sendable {
        case file(String)
        case mbox(ReadableFile, Range<Int>)
        case bytes([UInt8])
    }

    init(name: String, place: Place) {
        self.name = name
        self.place = place
    }

    /// The mail of one file, whatever the file starts with.
    public init(path: String) { self.init(name: path, place: .file(path)) }

    /// Its bytes, as they came over the wire as far as the storage tells.
    ///
    /// - Throws: `FileFault` when it cannot be read or is larger than the limit.
    public func read(limits: MailLimits = MailLimits()) throws(FileFault) -> [UInt8] {
        switch place {
        case .bytes(let bytes): return bytes
        case .mbox(let file, let range):
            try checkSize(range.count, limits)
            return MboxScanner.unquoted(try file.read(at: range.lowerBound, count: range.count))
        case .file(let path):
            guard case .file(let bytes) = try FileKind.of(path) else {
                throw FileFault(path: path, reason: "not a plain file")
            }
            try checkSize(bytes, limits)
            return try ReadableFile(path).read(at: 0, count: bytes)
        }
    }

    private func checkSize(_ bytes: Int, _ limits: MailLimits) throws(FileFault) {
        guard bytes <= limits.mailBytes else {
            throw FileFault(path: name, reason: "larger than \(limits.mailBytes) bytes")
        }
    }
}

/// What a walk over mails comes to next.
public enum MailItem: Sendable {
    case mail(StoredMail)
    /// A file or folder that could not be read; the walk goes on.
    case unreadable(FileFault)

    public var name: String {
        switch self {
        case .mail(let mail): mail.name
        case .unreadable(let fault): fault.path
        }
    }
}
