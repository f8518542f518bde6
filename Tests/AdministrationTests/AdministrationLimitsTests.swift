import Administration
import AsyncHTTPClient
import Foundation
import Glibc
import NIOCore
import Operation
import Testing

@Suite struct AdministrationLimitsTests {
    @Test func headerFieldsAreBounded() async throws {
        var limits = AdministrationLimits()
        limits.headerBytes = 1024
        try await RunningServer.ask(StandInStatus(), limits: limits) { port in
            let short = String(repeating: "a", count: 600)
            let long = String(repeating: "a", count: 2000)
            let taken = try await RunningServer.get("/health", port: port, fields: [("X-A", short)])
            #expect(taken.status == 200)
            let refused = try? await RunningServer.get("/health", port: port, fields: [("X-A", long)])
            #expect(refused?.status != 200)
        }
    }

    @Test func anIdleConnectionIsClosed() async throws {
        var limits = AdministrationLimits()
        limits.idleSeconds = 1
        try await RunningServer.ask(StandInStatus(), limits: limits) { port in
            let connection = try #require(PlainConnection(port: port))
            let start = ContinuousClock.now
            #expect(connection.isClosed(within: 15))
            #expect(ContinuousClock.now - start > .milliseconds(500))
        }
    }

    /// A connection beyond the bound is answered once another is closed.
    @Test func connectionsAreBounded() async throws {
        var limits = AdministrationLimits()
        limits.connections = 1
        try await RunningServer.ask(StandInStatus(), limits: limits) { port in
            let first = try #require(PlainConnection(port: port))
            first.write("GET /health HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(first.isReadable(within: 15))
            let second = try #require(PlainConnection(port: port))
            second.write("GET /health HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(!second.isReadable(within: 0.7))
            first.close()
            #expect(second.isReadable(within: 15))
        }
    }

    @Test func aMetricOfTooManyLinesSaysSo() async throws {
        var limits = AdministrationLimits()
        limits.series = 2
        var figures = RelayFigures()
        for name in ["a", "b"] { figures.sessions[name] = 1 }
        for name in ["a", "b", "c"] { figures.alarms[name] = 1 }
        try await RunningServer.ask(StandInStatus(counted: figures), limits: limits) { port in
            let text = try await RunningServer.get("/metrics", port: port).text
            #expect(text.contains("lazaret_sessions{listener=\"b\"} 1\n"))
            #expect(text.contains("lazaret_alarms_total{event=\"b\"} 1\n"))
            #expect(!text.contains("event=\"c\""))
            #expect(text.contains("\nlazaret_series_omitted{metric=\"lazaret_alarms_total\"} 1\n"))
            #expect(!text.contains("metric=\"lazaret_sessions\""))
        }
    }
}

/// A socket to a port of this machine.
final class PlainConnection {
    private var descriptor: Int32

    init?(port: Int) {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(port).bigEndian)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else {
            Glibc.close(descriptor)
            return nil
        }
    }

    deinit { close() }

    func close() {
        if descriptor >= 0 { Glibc.close(descriptor) }
        descriptor = -1
    }

    func write(_ text: String) { _ = send(descriptor, text, text.utf8.count, Int32(MSG_NOSIGNAL)) }

    func isReadable(within seconds: Double) -> Bool {
        var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&request, 1, Int32(seconds * 1000)) == 1
    }

    func isClosed(within seconds: Double) -> Bool {
        guard isReadable(within: seconds) else { return false }
        var byte: UInt8 = 0
        return recv(descriptor, &byte, 1, 0) <= 0
    }
}
