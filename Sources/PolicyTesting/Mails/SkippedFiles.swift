import Synchronization

/// Files of a walk over folders that are no mails: not one of their first lines is a header field.
///
/// A class, because the walk is copied into whoever runs it, and is counted here all the same.
public final class SkippedFiles: Sendable {
    private let state = Mutex<(count: Int, first: String?)>((0, nil))

    public init() {}

    func add(_ path: String) {
        state.withLock { state in
            state.count += 1
            state.first = state.first ?? path
        }
    }

    /// `3 files are no mails and were left out, notes.txt first: none has a header field`; `nil` where there was none.
    public var sentence: String? {
        let (count, first) = state.withLock { $0 }
        guard let first else { return nil }
        return count == 1
            ? "\(Shown.text(first)) is no mail and was left out: it has no header field"
            : "\(count) files are no mails and were left out, \(Shown.text(first)) first: none has a header field"
    }

    /// Whether a file in a folder can be a mail: by its name, or by a header field above the first empty line of what is
    /// read of it.
    static func isMail(_ file: ReadableFile, limits: MailLimits) throws(FileFault) -> Bool {
        if file.path.lowercased().hasSuffix(".eml") { return true }
        let start = try file.read(at: 0, count: limits.headerBytes)
        var isInside = false
        for line in start.split(separator: 0x0a, omittingEmptySubsequences: false) {
            if line.allSatisfy({ $0 == 0x0d || $0 == 0x20 || $0 == 0x09 }) {
                if isInside { return false }
                continue
            }
            isInside = true
            if isField(line) { return true }
        }
        return false
    }

    /// `Name: …`, the name of letters, digits and hyphens as all fields in use have it (RFC 5322 allows more).
    private static func isField(_ line: ArraySlice<UInt8>) -> Bool {
        let name = line.prefix { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte & 0xdf) || byte == 0x2d || byte == 0x5f
        }
        return !name.isEmpty && line[name.endIndex...].drop { $0 == 0x20 || $0 == 0x09 }.first == UInt8(ascii: ":")
    }
}
