import Foundation
import Glibc
import Vocabulary

/// Files that an operator names.
enum OperatorFile {
    static func bytes(_ path: String, limit: Int) throws(ConfigurationFault) -> [UInt8] {
        guard let file = FileHandle(forReadingAtPath: path) else {
            throw ConfigurationFault(
                path: path, cause: "the file cannot be read: \(String(cString: strerror(errno)))",
                cure: "name a file that is there and can be read")
        }
        defer { try? file.close() }
        do {
            let data = try file.read(upToCount: limit + 1) ?? Data()
            guard data.count <= limit else {
                throw ConfigurationFault(path: path, cause: "the file is too large", cure: "name the right file")
            }
            return Array(data)
        } catch let fault as ConfigurationFault {
            throw fault
        } catch {
            throw ConfigurationFault(
                path: path, cause: "the file cannot be read: \(error.localizedDescription)",
                cure: "name a file that can be read")
        }
    }

    /// A path of a file, relative to the folder of the file that names it.
    static func located(_ file: String, beside path: String) -> String {
        file.hasPrefix("/")
            ? file : URL(fileURLWithPath: path).deletingLastPathComponent().appendingPathComponent(file).path
    }

    /// Whether this process may read a file, which is no folder.
    static func isReadable(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFDIR && access(path, R_OK) == 0
    }

    /// The first line, where it can be a password.
    static func secret(_ bytes: [UInt8]) -> Secret? {
        let line = bytes.prefix { $0 != 0x0A && $0 != 0x0D }
        guard !line.isEmpty, line.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else { return nil }
        return Secret(String(decoding: line, as: UTF8.self))
    }

    /// Whether a key for TLS is kept well: a group may read it, as Debian's `ssl-cert` does.
    static func isKept(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & 0o027 == 0
    }

    /// Whether nobody but its owner, and the superuser, may read or write a file.
    static func isPrivate(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & 0o077 == 0
    }
}
