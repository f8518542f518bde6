import Foundation
import Glibc
import TestSupport

/// The built executable, run as a person runs it.
struct CommandLine {
    struct Result {
        var status: Int32
        var output: String
        var errors: String

        var lines: [String] { output.split(separator: "\n").map(String.init) }
        /// Each line of the output as JSON.
        var objects: [[String: Any]] {
            lines.compactMap { try? JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] }
        }
    }

    /// Beside the test bundle, where SwiftPM puts both.
    static var executables: URL {
        let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        let bundle = ProcessInfo.processInfo.arguments.first { $0.hasSuffix(".xctest") } ?? own
        return URL(fileURLWithPath: bundle).deletingLastPathComponent()
    }

    static var package: URL {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
    }

    /// Runs `lazaret` to its end; one that takes longer than the limit is killed, and the status says so.
    static func run(
        _ arguments: String..., input: String = "", worker: ScriptWorker? = nil, in folder: URL? = nil,
        whenStarted: (@Sendable (Process) -> Void)? = nil
    ) throws -> Result {
        try run(arguments, input: input, worker: worker, in: folder, whenStarted: whenStarted)
    }

    static func run(
        _ arguments: [String], input: String = "", worker: ScriptWorker? = nil, in folder: URL? = nil,
        whenStarted: (@Sendable (Process) -> Void)? = nil
    ) throws -> Result {
        let process = Process()
        process.executableURL = executables.appendingPathComponent("lazaret")
        process.arguments = arguments
        process.currentDirectoryURL = folder ?? package
        var environment = ProcessInfo.processInfo.environment
        environment["LAZARET_WORKER"] = worker?.path
        environment["NO_COLOR"] = nil
        process.environment = environment
        let pipes = (input: Pipe(), output: Pipe(), errors: Pipe())
        process.standardInput = pipes.input
        process.standardOutput = pipes.output
        process.standardError = pipes.errors
        try process.run()
        whenStarted?(process)
        let pid = process.processIdentifier
        let guardian = DispatchWorkItem { kill(pid, SIGKILL) }
        DispatchQueue.global().asyncAfter(deadline: .now() + 600, execute: guardian)
        DispatchQueue.global().async {
            try? pipes.input.fileHandleForWriting.write(contentsOf: Data(input.utf8))
            try? pipes.input.fileHandleForWriting.close()
        }
        let group = DispatchGroup()
        nonisolated(unsafe) var errors = Data()
        DispatchQueue.global().async(group: group) { errors = pipes.errors.fileHandleForReading.readDataToEndOfFile() }
        let output = pipes.output.fileHandleForReading.readDataToEndOfFile()
        group.wait()
        process.waitUntilExit()
        guardian.cancel()
        return Result(
            status: process.terminationStatus, output: String(decoding: output, as: UTF8.self),
            errors: String(decoding: errors, as: UTF8.self))
    }
}

/// A folder of files for one test, removed with it.
final class Scratch: Sendable {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("lazaret-\(UUID().uuidString)")

    init(_ files: [String: String] = [:]) throws {
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        for (path, text) in files { try write(path, text) }
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func path(_ name: String) -> String { url.appendingPathComponent(name).path }

    func text(_ name: String) -> String? { try? String(contentsOfFile: path(name), encoding: .utf8) }

    var names: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []).sorted() }

    func write(_ name: String, _ text: String) throws {
        let file = url.appendingPathComponent(name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }
}
