import Foundation
import Glibc
import Testing

@Suite struct ReloadTests {
    private static func settings(_ more: String) -> String {
        """
        \(more)
        [administration]
        address = "127.0.0.1:0"
        [[listener]]
        name = "proxy"
        address = "127.0.0.1:0"

        """
    }

    @Test func faultySettingsChangeNothingAndGoodOnesAreTakenOver() throws {
        let daemon = try RunningDaemon(["--config", "lazaretd.toml"], settings: Self.settings(""))
        #expect(daemon.says("administration listens: address=127.0.0.1:"), "\(daemon.output)")

        try daemon.write(Self.settings("hostname = 3"))
        daemon.signal(SIGHUP)
        #expect(daemon.says("alarm settings refused: reason="), "\(daemon.output)")
        #expect(daemon.output.contains("lazaretd.toml:1:1: there is no `hostname` here"))

        try daemon.write(
            Self.settings("host-name = \"new.example\"") + "[log]\nformat = \"json\"\n[store]\nfolder = \"b\"\n")
        daemon.signal(SIGHUP)
        #expect(
            daemon.says(
                #""event":"settings read anew","changed":"host-name, log","at-restart":"store"}"#), "\(daemon.output)")

        daemon.signal(SIGTERM)
        #expect(daemon.status() == 0)
        #expect(daemon.output.contains(#""event":"stopped"}"#))
    }

    @Test func withoutAFileItSaysWhereItIs() throws {
        let daemon = try RunningDaemon([])
        #expect(daemon.says("started: settings=\"the defaults\""), "\(daemon.output)")
        #expect(daemon.output.contains(daemon.folder.path + "/lazaret-data"))
        daemon.signal(SIGINT)
        #expect([0, 3].contains(daemon.status()))
    }

    @Test func faultySettingsAtTheStartEndIt() throws {
        let daemon = try RunningDaemon(["--config", "lazaretd.toml"], settings: "a = 1\nb = 2\n")
        #expect(daemon.status() == 1)
        #expect(daemon.output.split(separator: "\n").count == 2, "\(daemon.output)")
    }

    @Test func systemdIsToldHowFarItIs() throws {
        let path = "/tmp/lazaret-\(UUID().uuidString.prefix(8)).sock"
        defer { unlink(path) }
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let bound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        try #require(bound == 0)
        let daemon = try RunningDaemon(
            ["--config", "lazaretd.toml"], settings: Self.settings(""), environment: ["NOTIFY_SOCKET": path])
        #expect(Self.message(descriptor).hasPrefix("READY=1\nSTATUS=taking mail\n"))
        daemon.signal(SIGHUP)
        #expect(Self.message(descriptor).hasPrefix("RELOADING=1\n"))
        #expect(Self.message(descriptor).hasPrefix("READY=1\n"))
        daemon.signal(SIGTERM)
        #expect(Self.message(descriptor).hasPrefix("STOPPING=1\n"))
        #expect(daemon.status() == 0)
    }

    private static func message(_ descriptor: Int32) -> String {
        var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&request, 1, 60_000) == 1 else { return "" }
        var bytes = [UInt8](repeating: 0, count: 512)
        let count = recv(descriptor, &bytes, bytes.count, 0)
        return String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self)
    }
}
