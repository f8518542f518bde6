import Foundation
import Glibc

/// The built `lazaretd`, run as systemd runs it, in a folder of its own that goes with it.
final class RunningDaemon {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("lazaret-\(UUID().uuidString)")
    private let process = Process()
    private var logPath: String { folder.appendingPathComponent("log").path }

    /// Beside the test bundle, where SwiftPM puts both.
    private static var executable: URL {
        let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        let bundle = ProcessInfo.processInfo.arguments.first { $0.hasSuffix(".xctest") } ?? own
        return URL(fileURLWithPath: bundle).deletingLastPathComponent().appendingPathComponent("lazaretd")
    }

    init(_ arguments: [String], settings: String? = nil, environment: [String: String] = [:]) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        if let settings { try write(settings) }
        try Data().write(to: URL(fileURLWithPath: logPath))
        process.executableURL = Self.executable
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let log = FileHandle(forWritingAtPath: logPath)
        process.standardOutput = log
        process.standardError = log
        process.standardInput = FileHandle.nullDevice
        try process.run()
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        try? FileManager.default.removeItem(at: folder)
    }

    var output: String { (try? String(contentsOfFile: logPath, encoding: .utf8)) ?? "" }

    func write(_ settings: String) throws {
        try Data(settings.utf8).write(to: folder.appendingPathComponent("lazaretd.toml"))
    }

    func signal(_ number: Int32) { kill(process.processIdentifier, number) }

    /// The end of the process; -1 where it does not come in time.
    func status(within seconds: Double = 60) -> Int32 {
        guard wait(seconds, until: { !self.process.isRunning }) else { return -1 }
        return process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
    }

    /// Whether a text is written within a time.
    func says(_ text: String, within seconds: Double = 60) -> Bool {
        wait(seconds) { self.output.contains(text) }
    }

    private func wait(_ seconds: Double, until condition: () -> Bool) -> Bool {
        let end = Date(timeIntervalSinceNow: seconds)
        while !condition() {
            guard Date() < end else { return condition() }
            usleep(20_000)
        }
        return true
    }
}
