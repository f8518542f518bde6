import Foundation
import Glibc
import Semantics

/// The files around the editor, handed in so that a test can hold them in memory.
public protocol DeskFiles: Sendable {
    /// The names in a folder, in any order; none where it cannot be read.
    func names(in folder: String) -> [String]
    /// The bytes of a plain file of bounded size, or nil.
    func read(_ path: String) -> [UInt8]?
    /// The bytes of a list of a bounded size.
    ///
    /// - Throws: `ListFault` where they cannot be had, or are more than `most`.
    func list(_ path: String, atMost most: Int) throws(ListFault) -> [UInt8]
    /// Something that changes when a file does, or nil where there is none.
    func stamp(_ path: String) -> UInt64?
    /// The path with links followed.
    func resolved(_ path: String) -> String
    /// The list of public suffixes, or nil where there is none.
    var publicSuffixes: [UInt8]? { get }
}

extension DeskFiles {
    /// None, where nothing else is said.
    public var publicSuffixes: [UInt8]? { nil }

    /// A file like any other, where nothing else is said.
    ///
    /// - Throws: `ListFault` where there is none, or it is too large.
    public func list(_ path: String, atMost most: Int) throws(ListFault) -> [UInt8] {
        guard let bytes = read(path) else { throw .missing }
        guard bytes.count <= most else { throw .tooLarge }
        return bytes
    }
}

/// The files of this machine.
public struct DiskFiles: DeskFiles {
    private let fileBytes: Int
    private let suffixFile: String?

    /// Makes a reader that takes files up to a size in bytes, and the list of public suffixes from a file.
    public init(fileBytes: Int = SemanticsLimits().fileBytes, suffixFile: String? = nil) {
        self.fileBytes = fileBytes
        self.suffixFile = suffixFile
    }

    /// The list of public suffixes, read anew each time: a check runs seldom, the list may be renewed.
    public var publicSuffixes: [UInt8]? { suffixFile.flatMap(read) }

    /// The names in a folder.
    public func names(in folder: String) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    }

    /// The bytes of a plain file.
    public func read(_ path: String) -> [UInt8]? { try? list(path, atMost: fileBytes) }

    /// The bytes of a plain file.
    ///
    /// - Throws: `ListFault` where they cannot be had, or are more than `most`.
    public func list(_ path: String, atMost most: Int) throws(ListFault) -> [UInt8] {
        guard let status = Self.status(path) else {
            throw errno == ENOENT || errno == ENOTDIR ? .missing : .unreadable(String(cString: strerror(errno)))
        }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .unreadable("not a plain file") }
        guard Int(status.st_size) <= most else { throw .tooLarge }
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw .unreadable("the system does not let it be read")
        }
        return Array(bytes)
    }

    /// The time of the last change and the size.
    public func stamp(_ path: String) -> UInt64? {
        guard let status = Self.status(path) else { return nil }
        let time = UInt64(truncatingIfNeeded: status.st_mtim.tv_sec &* 1_000_000_000 &+ status.st_mtim.tv_nsec)
        return time ^ UInt64(truncatingIfNeeded: status.st_size) << 1 ^ UInt64(status.st_ino) << 20
    }

    /// The path with links followed.
    public func resolved(_ path: String) -> String {
        URL(fileURLWithPath: path).resolvingSymlinksInPath().standardizedFileURL.path
    }

    private static func status(_ path: String) -> stat? {
        var status = stat()
        return stat(path, &status) == 0 ? status : nil
    }
}
