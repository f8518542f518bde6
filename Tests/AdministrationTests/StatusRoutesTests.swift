import Administration
import Foundation
import Hummingbird
import Operation
import Testing

@Suite struct StatusRoutesTests {
    @Test func aliveIsOneThingAndReadyAnother() async throws {
        let status = StandInStatus(checks: [
            ReadinessCheck("store"), ReadinessCheck("next-hop", fault: "127.0.0.1:10026 refused the connection"),
        ])
        try await RunningServer.ask(status) { port in
            let health = try await RunningServer.get("/health", port: port)
            #expect(health.status == 200 && health.text == "alive\n")
            let ready = try await RunningServer.get("/ready", port: port)
            #expect(ready.status == 503)
            #expect(ready.type == "application/json")
            #expect(
                ready.text == #"{"parts":[{"name":"store","ready":true},{"name":"next-hop","ready":false,"#
                    + #""reason":"127.0.0.1:10026 refused the connection"}],"ready":false}"# + "\n")
            let none = try await RunningServer.get("/held", port: port)
            #expect(none.status == 404)
        }
    }

    @Test func whereEveryPartIsReadySoIsTheRelay() async throws {
        try await RunningServer.ask(StandInStatus(checks: [ReadinessCheck("store")])) { port in
            let ready = try await RunningServer.get("/ready", port: port)
            #expect(ready.status == 200)
            let metrics = try await RunningServer.get("/metrics", port: port)
            #expect(metrics.status == 200)
            #expect(metrics.type == "text/plain; version=0.0.4; charset=utf-8")
            #expect(metrics.text.contains("\nlazaret_ready{part=\"store\"} 1\n"))
        }
    }

    @Test func othersAddRoutes() async throws {
        let greeting: AdministrationServer.Routes = { router in
            router.get("greeting") { _, _ in "good day" }
        }
        try await RunningServer.ask(StandInStatus(), routes: [greeting]) { port in
            let greeting = try await RunningServer.get("/greeting", port: port)
            #expect(greeting.text == "good day")
            let health = try await RunningServer.get("/health", port: port)
            #expect(health.status == 200)
        }
    }

    @Test func aPortThatIsTakenIsAFault() async throws {
        try await RunningServer.ask(StandInStatus()) { port in
            let second = AdministrationServer(settings: AdministrationSettings(port: port), status: StandInStatus())
            await #expect(throws: (any Error).self) { try await second.run() }
        }
    }
}
