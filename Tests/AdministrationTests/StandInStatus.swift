import Administration
import AsyncHTTPClient
import Foundation
import Hummingbird
import NIOCore
import Operation

/// A relay that says what a test gave it.
struct StandInStatus: RelayStatus {
    var checks: [ReadinessCheck] = []
    var counted = RelayFigures()

    func readiness() async -> [ReadinessCheck] { checks }
    func figures() async -> RelayFigures { counted }
}

/// An answer, as a client sees it.
struct SeenAnswer {
    var status: Int
    var type: String
    var text: String
}

/// Runs a server on a port of its own while a test asks it.
enum RunningServer {
    static func ask(
        _ status: StandInStatus, settings: AdministrationSettings = AdministrationSettings(port: 0),
        limits: AdministrationLimits = AdministrationLimits(), routes: [AdministrationServer.Routes] = [],
        _ work: @escaping @Sendable (Int) async throws -> Void
    ) async throws {
        let server = AdministrationServer(settings: settings, status: status, limits: limits, routes: routes)
        let (ports, told) = AsyncStream.makeStream(of: Int.self)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { told.finish() }
                try await server.run { port in told.yield(port) }
            }
            group.addTask {
                for await port in ports {
                    try await work(port)
                    return
                }
            }
            try await group.next()
            group.cancelAll()
            try await group.waitForAll()
        }
    }

    static func get(
        _ path: String, port: Int, scheme: String = "http", client: HTTPClient = .shared,
        fields: [(String, String)] = []
    ) async throws -> SeenAnswer {
        var request = HTTPClientRequest(url: "\(scheme)://127.0.0.1:\(port)\(path)")
        for (name, value) in fields { request.headers.add(name: name, value: value) }
        let response = try await client.execute(request, timeout: .seconds(20))
        let body = try await response.body.collect(upTo: 1 << 22)
        return SeenAnswer(
            status: Int(response.status.code), type: response.headers.first(name: "content-type") ?? "",
            text: String(buffer: body))
    }
}
