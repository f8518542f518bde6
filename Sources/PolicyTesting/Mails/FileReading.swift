import Foundation
import Glibc

/// A file or folder that could not be read.
public struct FileFault: Error, Equatable, Sendable, CustomStringConvertible {
    public let path: String
    /// In words, without a full stop: `No such file or directory`.
    public let reason: String

    public init(path: String, reason: String) {
        self.path = path
        self.reason = reason
    }

    static func system(_ path: String) -> FileFault {
        let error = errno
        // Paths are kept as text, so a name whose bytes are no UTF-8 was listed in a mended form that opens nothing.
        if error == ENOENT, path.unicodeScalars.contains("\u{FFFD}") {
            return FileFault(path: path, reason: "its name is not UTF-8 and so cannot be opened")
        }
        return FileFault(path: path, reason: String(cString: strerror(error)))
    }

    public var description: String { "\(path): \(reason)" }
}

/// What stands at a path; links are followed.
enum FileKind {
    case file(bytes: Int)
    case folder
    /// A device, a pipe or a socket.
    case other

    /// - Throws: `FileFault` when there is nothing, or it may not be seen.
    static func of(_ path: String) throws(FileFault) -> FileKind {
        var status = stat()
        guard stat(path, &status) == 0 else { throw .system(path) }
        switch status.st_mode & S_IFMT {
        case S_IFREG: return .file(bytes: Int(status.st_size))
        case S_IFDIR: return .folder
        default: return .other
        }
    }

    /// Whether something stands at a path, be it that it may not be seen.
    static func isThere(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 || (errno != ENOENT && errno != ENOTDIR)
    }

    static func isLink(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
    }
}

/// A file open for reading; closed when it is let go.
final class ReadableFile: Sendable {
    let path: String
    private let descriptor: Int32

    /// - Throws: `FileFault` when it cannot be opened.
    init(_ path: String) throws(FileFault) {
        // Non-blocking, so that a named pipe without a writer cannot hold the run up; it says nothing to plain files.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw .system(path) }
        self.path = path
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// Up to `count` bytes from an offset; fewer only at the end of the file.
    ///
    /// - Throws: `FileFault` when the system refuses.
    func read(at offset: Int, count: Int) throws(FileFault) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let got = bytes.withUnsafeMutableBytes { buffer in
                pread(descriptor, buffer.baseAddress.map { $0 + filled }, count - filled, off_t(offset + filled))
            }
            if got < 0, errno == EINTR { continue }
            guard got >= 0 else { throw .system(path) }
            if got == 0 { break }
            filled += got
        }
        bytes.removeLast(count - filled)
        return bytes
    }
}

/// Standard input, for the readers here.
enum StandardInput {
    /// Everything there is, at most `limit` bytes.
    ///
    /// - Throws: `FileFault` when there is more, or the system refuses.
    static func all(limit: Int) throws(FileFault) -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(STDIN_FILENO, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .system("-") }
            if count == 0 { return bytes }
            bytes.append(contentsOf: buffer[..<count])
            guard bytes.count <= limit else { throw FileFault(path: "-", reason: "larger than \(limit) bytes") }
        }
    }
}
