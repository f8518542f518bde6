import Foundation
import Glibc

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

    /// Whether nobody but its owner, and the superuser, may read or write a file.
    static func isPrivate(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & 0o077 == 0
    }
}
