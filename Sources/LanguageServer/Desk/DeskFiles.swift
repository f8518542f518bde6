import Foundation
import Glibc

/// The files around the editor, handed in so that a test can hold them in memory.
public protocol DeskFiles: Sendable {
    /// The names in a folder, in any order; none where it cannot be read.
    func names(in folder: String) -> [String]
    /// The bytes of a plain file of bounded size, or nil.
    func read(_ path: String) -> [UInt8]?
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
}

/// The files of this machine.
public struct DiskFiles: DeskFiles {
    private let fileBytes: Int
    private let suffixFile: String?

    /// Makes a reader that takes files up to a size in bytes, and the list of public suffixes from a file.
    public init(fileBytes: Int = 16 << 20, suffixFile: String? = nil) {
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
    public func read(_ path: String) -> [UInt8]? {
        guard let status = Self.status(path), status.st_mode & S_IFMT == S_IFREG, Int(status.st_size) <= fileBytes
        else { return nil }
        return FileManager.default.contents(atPath: path).map { Array($0) }
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
