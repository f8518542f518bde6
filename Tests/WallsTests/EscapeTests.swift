import Foundation
import Glibc
import TestSupport
import Testing
import Vocabulary
import Workers

/// Every way out of a worker that we can think of, tried by a process behind the walls, and by the same process without
/// them, so that a refusal is known to be the walls' doing.
@Suite struct EscapeTests {
    private static let attempts: [String] = {
        let usage = (try? run(["usage"]))?.output ?? ""
        return usage.split(whereSeparator: \.isWhitespace).dropFirst().map(String.init)
    }()

    /// What Landlock alone refuses: not tried where the kernel has none, as `docs/walls.md` says of it.
    private static let needsLandlock: Set<String> = [
        "connect-to-a-port", "list-root", "read-accounts", "read-own-environment", "read-secret",
        "read-secret-by-old-call", "write-shared-memory",
    ]

    private static let walled: [String] = {
        let pool = WorkerPool(executable: executable("lazaret-worker").path, size: 1)
        defer { pool.stop() }
        try? pool.warmUp()
        let hasLandlock = pool.walls.contains { $0.hasPrefix("files") }
        return attempts.filter { hasLandlock || !needsLandlock.contains($0) }
    }()

    /// What needs root, a kernel built for it, or a terminal even without walls, so that it may fail here for another
    /// reason; and `execute`, which has nothing left to print. Everything else must succeed without walls.
    private static let refusedAnyway: Set<String> = [
        "another-filter", "connect-by-another-protocol", "become-root", "become-root-group", "change-root",
        "connect-32-bits", "execute", "faults-of-pages", "file-by-handle", "keys", "limits-of-parent", "list-home",
        "make-device", "mount",
        "new-user-space", "performance-counters", "program-the-kernel", "read-memory-of-parent", "read-passwords",
        "ring", "signal-thread-of-parent", "socket-raw", "trace-parent", "type-into-terminal", "write-library",
    ]

    private struct Ending {
        var output: String
        var status: Int32
        var wasKilled: Bool
    }

    private static func run(_ arguments: [String]) throws -> Ending {
        let process = Process()
        process.executableURL = executable("wall-probe")
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Ending(
            output: String(decoding: output, as: UTF8.self), status: process.terminationStatus,
            wasKilled: process.terminationReason == .uncaughtSignal)
    }

    private func attempt(_ name: String, _ walls: String) throws -> Ending {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("lazaret-\(UUID().uuidString)")
        let temporary = folder.appendingPathComponent("temporary")
        try FileManager.default.createDirectory(at: temporary, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let secret = folder.appendingPathComponent("secret")
        try Data("confidential".utf8).write(to: secret)
        return try Self.run([walls, name, temporary.path, secret.path])
    }

    /// Beside the test bundle, where SwiftPM puts both.
    static func executable(_ name: String) -> URL {
        let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        let bundle = ProcessInfo.processInfo.arguments.first { $0.hasSuffix(".xctest") } ?? own
        return URL(fileURLWithPath: bundle).deletingLastPathComponent().appendingPathComponent(name)
    }

    @Test func thereAreAttempts() { #expect(Self.attempts.count > 50) }

    /// A wall is for ever and for all: raised beside other threads it would have a hole.
    @Test func theWorkerOfTheProductStandsBehindThem() throws {
        let pool = WorkerPool(executable: Self.executable("lazaret-worker").path, size: 1)
        defer { pool.stop() }
        try pool.warmUp()
        #expect(pool.walls.contains("system calls (seccomp)"))
        if getuid() == 0 { #expect(pool.walls.contains { $0.hasPrefix("user ") }) }
        let report = try pool.inspect(Array("Subject: x\r\n\r\nhello\r\n".utf8), withText: true)
        #expect(report.root.size != nil)
    }

    /// What libclamav does when it finds something, opens containers and cleans up behind itself is allowed.
    @Test(arguments: ["virus.eml", "virus-in-zip.eml", "clip.eml"])
    func theAntivirusWorksBehindThem(_ mail: String) throws {
        let policies = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Policies")
        let engine = EngineSettings(
            name: "clamav", kind: .clamav(signatures: policies.appendingPathComponent("signatures").path))
        let pool = WorkerPool(
            executable: Self.executable("lazaret-worker").path, size: 1,
            configuration: WorkerConfiguration(engines: EngineConfiguration(engines: [engine])))
        defer { pool.stop() }
        let bytes = try Data(contentsOf: policies.appendingPathComponent("samples/" + mail))
        let report = try pool.inspect(Array(bytes), withText: true)
        #expect(report.root.virus.contains { $0.infected == true } == mail.hasPrefix("virus"))
    }

    /// Where a socket is deadly, a stream that is handed in still carries an engine's answer.
    @Test func anEngineElsewhereIsReachedFromBehindThem() throws {
        let clamd = FakeServer { connection in
            guard connection.read(until: "\0").starts(with: Array("zINSTREAM".utf8)) else {
                connection.write("ClamAV 1.0.9/27000/Mon Nov  2 09:00:00 2026\0")
                return
            }
            _ = connection.read(until: "\0\0\0\0")
            connection.write("stream: House.Test FOUND\0")
        }
        defer { clamd.stop() }
        let engine = EngineSettings(name: "house", kind: .clamd(.tcp(host: "127.0.0.1", port: clamd.port)))
        let pool = WorkerPool(
            executable: Self.executable("lazaret-worker").path, size: 1,
            configuration: WorkerConfiguration(engines: EngineConfiguration(engines: [engine])))
        defer { pool.stop() }
        let report = try pool.inspect(Array("Subject: x\r\n\r\nhello\r\n".utf8), withText: false)
        #expect(pool.walls.contains("system calls (seccomp)"))
        #expect(report.root.virus.contains { $0.infected == true })
    }

    /// As the kernel tells it, not as the process says it.
    @Test func theKernelConfirmsIt() throws {
        let pool = WorkerPool(executable: Self.executable("lazaret-worker").path, size: 1)
        defer { pool.stop() }
        try pool.warmUp()
        let workers = try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap { Int32($0) }
            .filter {
                (try? String(contentsOfFile: "/proc/\($0)/stat", encoding: .utf8))?.contains("(lazaret-worker) ")
                    == true
            }
            .compactMap { try? String(contentsOfFile: "/proc/\($0)/status", encoding: .utf8) }
            .filter { $0.contains("PPid:\t\(getpid())\n") }
        // Other tests' workers may still be starting, so it is one that is looked for.
        #expect(
            workers.contains { status in
                status.contains("NoNewPrivs:\t1\n") && status.contains("Seccomp:\t2\n")
                    && (getuid() != 0 || !status.contains("Uid:\t0"))
            })
    }

    @Test(arguments: Self.walled)
    func nothingGetsThroughTheWalls(_ name: String) throws {
        let ending = try attempt(name, "walled")
        #expect(ending.wasKilled || ending.output.hasPrefix("refused"), "\(name): \(ending.output)")
        #expect(!ending.output.contains("escaped") && !ending.output.contains("no walls"))
    }

    @Test(arguments: Self.attempts.filter { !Self.refusedAnyway.contains($0) })
    func withoutWallsItWouldHaveSucceeded(_ name: String) throws {
        let ending = try attempt(name, "open")
        #expect(ending.output.contains("escaped"), "\(name): \(ending.output)")
    }
}
