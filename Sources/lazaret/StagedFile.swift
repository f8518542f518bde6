import Glibc

/// A file that takes another's place once it is whole. Until then it lies beside it under a name of its own, so that a
/// run that is killed or finds the disk full leaves what was there.
final class StagedFile {
    /// Where it is to stand; behind a symbolic link it is the file that is replaced, not the link.
    let path: String
    private(set) var descriptor: Int32 = -1
    private var temporary: String?
    private static let attempts = 100

    /// Makes an empty file with the rights and the owner of the one it replaces.
    ///
    /// - Throws: `CommandFailure` when it cannot be made there, or what stands there is not to be written to.
    init(replacing path: String) throws(CommandFailure) {
        var status = stat()
        let isThere = stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
        var place = path
        if isThere, let resolved = realpath(path, nil) {
            place = String(cString: resolved)
            free(resolved)
        }
        self.path = place
        // A folder may let a file be replaced that may not be written to; whoever protected it did not mean that.
        if isThere, status.st_mode & 0o222 == 0 || faccessat(AT_FDCWD, place, W_OK, AT_EACCESS) != 0 {
            throw Self.failure(place, EACCES)
        }
        let rights = isThere ? status.st_mode & 0o777 : 0o644
        for _ in 0..<Self.attempts where descriptor < 0 {
            // Never an existing file, and no link that somebody has laid in a folder open to all.
            let name = Self.folder(of: place) + ".lazaret-\(String(UInt64.random(in: 0...(.max)), radix: 36)).partial"
            descriptor = open(name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, rights)
            if descriptor >= 0 { temporary = name } else if errno != EEXIST { break }
        }
        guard descriptor >= 0 else { throw Self.failure(place, errno) }
        guard isThere else { return }
        if status.st_uid != geteuid() || status.st_gid != getegid() {
            _ = fchown(descriptor, status.st_uid, status.st_gid)
        }
        fchmod(descriptor, rights)
    }

    deinit { discard() }

    private static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    }

    static func failure(_ path: String, _ fault: Int32) -> CommandFailure {
        CommandFailure(.environment, "\(path): \(String(cString: strerror(fault)))")
    }

    /// Writes to the end of it.
    ///
    /// - Throws: `CommandFailure` when the disk is full or broken.
    func write(_ bytes: [UInt8]) throws(CommandFailure) {
        if let fault = Descriptor.write(bytes, to: descriptor) { throw Self.failure(path, fault) }
    }

    /// Sees to it that what was written is on the disk.
    ///
    /// - Throws: `CommandFailure` when that cannot be done.
    func settle() throws(CommandFailure) {
        guard fsync(descriptor) == 0 else { throw Self.failure(path, errno) }
    }

    /// Takes the other's place.
    ///
    /// - Throws: `CommandFailure` when that cannot be done; what was there still is.
    func commit() throws(CommandFailure) {
        guard let temporary else { return }
        guard rename(temporary, path) == 0 else { throw Self.failure(path, errno) }
        self.temporary = nil
        discard()
    }

    /// Leaves what was there.
    func discard() {
        if descriptor >= 0 { close(descriptor) }
        descriptor = -1
        if let temporary { unlink(temporary) }
        temporary = nil
    }
}
