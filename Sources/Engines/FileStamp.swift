import Foundation
import Glibc

/// What tells one version of a file from another without reading it.
struct FileStamp: Hashable, Sendable {
    let path: String
    private let inode: UInt64
    private let size: Int64
    let seconds: Int64
    private let nanoseconds: Int64

    /// `nil` where there is no such file.
    init?(of path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        self.path = path
        inode = UInt64(status.st_ino)
        size = Int64(status.st_size)
        seconds = Int64(status.st_mtim.tv_sec)
        nanoseconds = Int64(status.st_mtim.tv_nsec)
    }

    /// Of the paths, and of everything directly in those that are folders.
    static func all(of paths: [String]) -> Set<FileStamp> {
        var stamps: Set<FileStamp> = []
        for path in paths {
            let inside = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
            for stamp in ([path] + inside.map { path + "/" + $0 }).compactMap(FileStamp.init(of:)) {
                stamps.insert(stamp)
            }
        }
        return stamps
    }
}
