import Foundation
import Hummingbird
import Operation

/// What programs watch the relay by: `/health`, `/ready`, `/metrics`. They ask for no token and say nothing of mail but
/// numbers.
struct StatusRoutes: Sendable {
    private struct Readiness: Encodable {
        struct Part: Encodable {
            var name: String
            var ready: Bool
            var reason: String?
        }

        var ready: Bool
        var parts: [Part]
    }

    let status: any RelayStatus
    let limits: AdministrationLimits

    func add(to router: Router<BasicRequestContext>) {
        router.get("health") { _, _ in Self.response(.ok, "text/plain; charset=utf-8", "alive\n") }
        router.get("ready") { [status] _, _ in Self.readiness(await status.readiness()) }
        router.get("metrics") { [status, limits] _, _ in
            let checks = await status.readiness()
            let text = MetricsPage.text(await status.figures(), checks: checks, series: limits.series)
            return Self.response(.ok, PrometheusText.mediaType, text)
        }
    }

    /// 200 where mail is taken, else 503, as load balancers and orchestrators have it.
    private static func readiness(_ checks: [ReadinessCheck]) -> Response {
        let isReady = checks.allSatisfy { $0.fault == nil }
        let answer = Readiness(
            ready: isReady, parts: checks.map { .init(name: $0.name, ready: $0.fault == nil, reason: $0.fault) })
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let text = (try? encoder.encode(answer)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
        return response(isReady ? .ok : .serviceUnavailable, "application/json", text + "\n")
    }

    private static func response(_ status: HTTPResponse.Status, _ type: String, _ text: String) -> Response {
        Response(
            status: status, headers: [.contentType: type, .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}
