import Glibc

/// Why a file operation failed.
public struct FileFault: Error, Equatable, Sendable {
    public enum Step: String, Sendable {
        case create, write, sync, rename, read, remove, list
    }

    public let step: Step
    /// `errno`.
    public let code: Int32

    public init(_ step: Step, _ code: Int32) {
        self.step = step
        self.code = code
    }

    var isFull: Bool { code == ENOSPC || code == EDQUOT }
}

/// The operations on files that durability rests on, one by one, so that each of them can be made to fail.
public struct BlobFiles: Sendable {
    /// Opens a new file that only we may read.
    public var create: @Sendable (_ path: String) throws(FileFault) -> Int32
    /// Writes everything.
    public var write: @Sendable (_ descriptor: Int32, _ bytes: [UInt8]) throws(FileFault) -> Void
    /// Returns when the file, or the folder, is on the disk.
    public var sync: @Sendable (_ descriptor: Int32) throws(FileFault) -> Void
    public var rename: @Sendable (_ from: String, _ to: String) throws(FileFault) -> Void
    public var remove: @Sendable (_ path: String) throws(FileFault) -> Void

    /// Those of the system.
    public static let system = BlobFiles(
        create: createFile, write: writeAll, sync: syncFile, rename: renameFile, remove: removeFile)

    private static let createFile: @Sendable (String) throws(FileFault) -> Int32 = { path throws(FileFault) in
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw FileFault(.create, errno) }
        return descriptor
    }

    private static let writeAll: @Sendable (Int32, [UInt8]) throws(FileFault) -> Void = {
        descriptor, bytes throws(FileFault) in
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                written += count
            } else if count == 0 || errno != EINTR {
                throw FileFault(.write, count == 0 ? EIO : errno)
            }
        }
    }

    private static let syncFile: @Sendable (Int32) throws(FileFault) -> Void = { descriptor throws(FileFault) in
        // Never tried again, not even after EINTR: after a failure the kernel may have dropped the pages, and a second call
        // would say that all is well.
        guard fsync(descriptor) == 0 else { throw FileFault(.sync, errno) }
    }

    private static let renameFile: @Sendable (String, String) throws(FileFault) -> Void = {
        from, to throws(FileFault) in
        guard Glibc.rename(from, to) == 0 else { throw FileFault(.rename, errno) }
    }

    private static let removeFile: @Sendable (String) throws(FileFault) -> Void = { path throws(FileFault) in
        guard unlink(path) == 0 || errno == ENOENT else { throw FileFault(.remove, errno) }
    }
}
