import Cryptography
import Glibc

/// A content that lies in the folder, with what its row says of it.
struct Blob: Sendable {
    let name: String
    let size: Int
    let digest: SHA256Digest
}

/// The folder of the messages' bytes. A file bears its name only when it is whole and on the disk.
struct BlobFolder: Sendable {
    let path: String
    let files: BlobFiles

    /// What isn't finished bears this ending; nobody reads it.
    private static let unfinished = ".part"

    private func path(of name: String) -> String { path + "/" + name }

    /// Returns when the bytes survive a loss of power.
    ///
    /// The folder's own fsync is left to `sync()`, once for all blobs of a deposit.
    func place(_ bytes: [UInt8]) throws(FileFault) -> Blob {
        let name = Self.randomName()
        let part = path(of: name) + Self.unfinished
        let descriptor = try files.create(part)
        do throws(FileFault) {
            defer { close(descriptor) }
            try files.write(descriptor, bytes)
            try files.sync(descriptor)
        } catch {
            try? files.remove(part)
            throw error
        }
        do throws(FileFault) {
            try files.rename(part, path(of: name))
        } catch {
            try? files.remove(part)
            throw error
        }
        return Blob(name: name, size: bytes.count, digest: .hash(bytes))
    }

    /// Makes the names of the folder survive a loss of power.
    func sync() throws(FileFault) { try Self.sync(folder: path, files) }

    /// A file that can't be removed stays, and is collected later: no row names it.
    func remove(_ names: [String]) {
        for name in names { try? files.remove(path(of: name)) }
    }

    func read(_ name: String, size: Int) throws(FileFault) -> [UInt8] {
        let descriptor = open(path(of: name), O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileFault(.read, errno) }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: size)
        var count = 0
        while count < size {
            let more = bytes[count...].withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if more > 0 {
                count += more
            } else if more == 0 || errno != EINTR {
                throw FileFault(.read, more == 0 ? EIO : errno)
            }
        }
        return bytes
    }

    /// The files that were last written before a moment, finished or not.
    func names(before time: Int64) throws(FileFault) -> [String] {
        guard let folder = opendir(path) else { throw FileFault(.list, errno) }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            var status = stat()
            guard !name.hasPrefix("."), lstat(path(of: name), &status) == 0, status.st_mode & S_IFMT == S_IFREG,
                Int64(status.st_mtim.tv_sec) < time
            else { continue }
            names.append(name)
        }
        return names
    }

    private static func randomName() -> String {
        var generator = SystemRandomNumberGenerator()
        let digits = (0..<2).map { _ in
            let number = String(generator.next() as UInt64, radix: 16)
            return String(repeating: "0", count: 16 - number.count) + number
        }
        return digits.joined()
    }

    // MARK: Folders

    /// Creates a folder that only we may enter, with those above it, and syncs the folder that each is created in.
    static func create(_ path: String, _ files: BlobFiles) throws(FileFault) {
        let parent = Self.parent(of: path)
        if mkdir(path, 0o700) == 0 { return try sync(folder: parent, files) }
        switch errno {
        case EEXIST: return
        case ENOENT where parent != path:
            try create(parent, files)
            guard mkdir(path, 0o700) == 0 else { throw FileFault(.create, errno) }
            try sync(folder: parent, files)
        case let code: throw FileFault(.create, code)
        }
    }

    static func sync(folder: String, _ files: BlobFiles) throws(FileFault) {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileFault(.sync, errno) }
        defer { close(descriptor) }
        try files.sync(descriptor)
    }

    private static func parent(of path: String) -> String {
        var bytes = Array(path.utf8)
        while bytes.count > 1, bytes.last == UInt8(ascii: "/") { bytes.removeLast() }
        guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return "." }
        return slash == 0 ? "/" : String(decoding: bytes[..<slash], as: UTF8.self)
    }
}
