import Foundation
import Glibc

/// A program that a test runs to its end.
enum ProcessRun {
    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    /// - Returns: what it wrote.
    /// - Throws: `Failure`, with what it wrote, where it ends with another status than 0.
    @discardableResult
    static func check(_ program: String, _ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        // A file, because a daemon that the program leaves behind would keep a pipe open.
        let path = NSTemporaryDirectory() + "/run-\(UUID().uuidString)"
        try Data().write(to: URL(fileURLWithPath: path))
        defer { unlink(path) }
        let output = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        process.standardOutput = output
        process.standardError = output
        try process.run()
        process.waitUntilExit()
        let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
        guard process.terminationStatus == 0 else {
            throw Failure(description: "\(program) \(arguments.joined(separator: " ")): \(text)")
        }
        return text
    }
}

/// A folder for one thing of a test.
enum TestFolder {
    static func make(_ name: String) throws -> String {
        let path = NSTemporaryDirectory() + "/lazaret-\(name)-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
        return URL(fileURLWithPath: path).standardizedFileURL.path
    }
}
