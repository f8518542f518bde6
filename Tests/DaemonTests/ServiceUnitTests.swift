import Foundation
import Testing

/// systemd's own judgement of the units, where it is installed.
@Suite struct ServiceUnitTests {
    private static let analyser = "/usr/bin/systemd-analyze"
    private static let isInstalled = FileManager.default.isExecutableFile(atPath: analyser)
    private static let packaging = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("packaging")

    private static func unit(_ name: String) throws -> String {
        try String(contentsOf: packaging.appendingPathComponent(name), encoding: .utf8)
    }

    private static func analyse(_ arguments: [String]) throws -> (status: Int32, output: String) {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: analyser)
        process.arguments = arguments
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }

    @Test(.enabled(if: isInstalled, "systemd-analyze is not installed"))
    func theUnitsAreGoodAndHardened() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("lazaret-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var paths: [String] = []
        for name in ["lazaretd.service", "lazaretd.socket"] {
            // Verified are units that can be started here: the program is not installed on every machine.
            let text = try Self.unit(name).replacingOccurrences(of: "/usr/local/bin/lazaretd", with: "/bin/true")
            let file = folder.appendingPathComponent(name)
            try Data(text.utf8).write(to: file)
            paths.append(file.path)
        }
        let verified = try Self.analyse(["verify", "--man=no"] + paths)
        let own = verified.output.split(separator: "\n").filter { $0.contains("lazaretd") }
        #expect(own.isEmpty, "\(verified.output)")
        let rated = try Self.analyse(["security", "--offline=true", "--threshold=20", paths[0]])
        #expect(rated.status == 0, "\(rated.output)")
    }

    /// The socket's unit, the sample's listener and the defaults are one listener.
    @Test func theSocketIsTheUsualListener() throws {
        let socket = try Self.unit("lazaretd.socket")
        let name = try #require(socket.firstMatch(of: /\nFileDescriptorName=(.*)/)?.output.1)
        let address = try #require(socket.firstMatch(of: /\nListenStream=(.*)/)?.output.1)
        let daemon = try RunningDaemon(["check-config", "--config", "lazaretd.toml"], settings: "")
        #expect(daemon.status() == 0)
        #expect(daemon.output.contains("listens at \(address)\n"))
        let sample = try String(
            contentsOf: Self.packaging.deletingLastPathComponent().appendingPathComponent("share/lazaretd.sample.toml"),
            encoding: .utf8)
        #expect(sample.contains("#name = \"\(name)\"") && sample.contains("#address = \"\(address)\""))
    }
}
