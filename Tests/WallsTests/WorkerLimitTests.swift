import Foundation
import Glibc
import Testing
import Vocabulary
import Workers

/// Both sides of the limits that the kernel holds a worker to, met by a worker that takes what it is told to take.
@Suite struct WorkerLimitTests {
    /// What became of a worker that took so much.
    private func answer(_ request: String, _ change: (inout WorkerLimits) -> Void) throws -> String {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("lazaret-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let script = folder.appendingPathComponent("greedy-worker")
        try Data("#!/bin/sh\nexec '\(EscapeTests.executable("wall-probe").path)' worker\n".utf8).write(to: script)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: script.path)
        var limits = WorkerLimits()
        change(&limits)
        let pool = WorkerPool(
            executable: script.path, size: 1, configuration: WorkerConfiguration(limits: limits))
        defer { pool.stop() }
        // A process that another test forks in this moment may hold the script open for writing (ETXTBSY).
        for isLast in [false, false, true] {
            do throws(WorkerError) {
                _ = try pool.inspect(Array(request.utf8), withText: false)
                break
            } catch {
                if error.code == .unavailable, !isLast {
                    usleep(100_000)
                    continue
                }
                #expect(error.code == .unprocessable, "\(error.reason)")
                return error.reason
            }
        }
        return "no answer"
    }

    @Test func bytesOfATemporaryFile() throws {
        let most = 1 << 20
        #expect(try answer("file \(most)") { $0.fileBytes = UInt64(most) } == "taken")
        // SIGXFSZ
        #expect(try answer("file \(most + 1)") { $0.fileBytes = UInt64(most) }.contains("signal 25"))
        #expect(WorkerLimits().fileBytes == 1 << 30)
    }

    @Test func openFiles() throws {
        let most = WorkerLimits().openFiles
        #expect(try answer("descriptors \(most)") { _ in } == "taken")
        #expect(try answer("descriptors \(most + 1)") { _ in } == "refused \(EBADF)")
    }

    /// Beside what the program itself takes.
    @Test func addressSpace() throws {
        let most = WorkerLimits().addressSpace
        #expect(try answer("map \(most - 1 << 30)") { _ in } == "taken")
        #expect(try answer("map \(most)") { _ in } == "refused \(ENOMEM)")
        #expect(try answer("map \(most)") { $0.addressSpace = 2 * most } == "taken")
    }

    @Test func processorTime() throws {
        #expect(try answer("spin 300") { $0.processorSeconds = 0 } == "taken")
        // SIGXCPU, in the second after the one that is granted
        #expect(try answer("spin 5000") { $0.processorSeconds = 0 }.contains("signal 24"))
        #expect(WorkerLimits().processorSeconds == 160)
    }
}
