import Glibc

/// A file that takes no other's place: a key that is written over is lost, and with it whatever rests on it.
enum FreshFile {
    /// - Parameter rights: `0o600` for what nobody else may read.
    /// - Throws: `CommandFailure` when something stands there, or it cannot be written; nothing is left then.
    static func write(_ bytes: [UInt8], to path: String, rights: mode_t) throws(CommandFailure) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, rights)
        guard descriptor >= 0 else {
            if errno == EEXIST {
                throw CommandFailure(.usage, "\(path) is there already; give another name (--output), or move it away")
            }
            throw StagedFile.failure(path, errno)
        }
        // What the process masks out of new files is wanted here.
        var fault: Int32? = fchmod(descriptor, rights) == 0 ? nil : errno
        if fault == nil { fault = Descriptor.write(bytes, to: descriptor) }
        if fault == nil, fsync(descriptor) != 0 { fault = errno }
        close(descriptor)
        if let fault {
            unlink(path)
            throw StagedFile.failure(path, fault)
        }
    }
}
