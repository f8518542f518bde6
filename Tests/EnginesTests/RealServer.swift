import Foundation
import Glibc
import TestSupport

/// A real engine on loopback, started for one test and ended by its process id.
///
/// Whether a package is there is asked by `isInstalled`: a test is skipped where it is not.
final class RealServer {
    let folder: URL
    private let process = Process()

    static func isInstalled(_ path: String) -> Bool { FileManager.default.isExecutableFile(atPath: path) }

    /// A folder for the server's files that its user can reach.
    static func makeFolder() throws -> URL {
        let folder = URL(fileURLWithPath: "/tmp/lze-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o777])
        return folder
    }

    /// - Parameters:
    ///   - isReady: asked until it says yes, for a minute at most.
    init(
        _ executable: String, _ arguments: [String], folder: URL, environment: [String: String] = [:],
        isReady: () -> Bool
    ) throws {
        self.folder = folder
        process.executableURL = URL(fileURLWithPath: executable)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        _ = FileManager.default.createFile(atPath: folder.appendingPathComponent("out").path, contents: nil)
        let output = try FileHandle(forWritingTo: folder.appendingPathComponent("out"))
        process.standardOutput = output
        process.standardError = output
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let end = ContinuousClock.now + .seconds(60)
        while !isReady() {
            guard process.isRunning, ContinuousClock.now < end else {
                stop()
                throw Unready(description: "\(executable) does not get ready: \(said)")
            }
            usleep(50_000)
        }
    }

    struct Unready: Error, CustomStringConvertible {
        let description: String
    }

    var said: String {
        let text = try? String(contentsOf: folder.appendingPathComponent("out"), encoding: .utf8)
        return String((text ?? "").suffix(2000))
    }

    /// Ends it at once, as a crash does.
    func kill() {
        guard process.isRunning else { return }
        Glibc.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// Lets it end its own children.
    func stop() {
        guard process.isRunning else { return }
        process.terminate()
        let end = ContinuousClock.now + .seconds(5)
        while process.isRunning, ContinuousClock.now < end { usleep(20_000) }
        kill()
    }

    deinit {
        stop()
        try? FileManager.default.removeItem(at: folder)
    }

    /// A port of loopback that was free a moment ago.
    static func freePort() -> Int {
        let server = FakeServer { _ in }
        server.stop()
        return server.port
    }
}
