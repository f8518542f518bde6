import Administration
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import Logging
import NIOCore
import NIOSSL

/// The routes about policies behind a real server on a port of its own on loopback.
public enum StandInServer {
    /// Runs a server for as long as `body` takes.
    public static func run<Value: Sendable>(
        _ register: StandInRegister, tokens: [AccessToken], limits: PolicyRouteLimits = PolicyRouteLimits(),
        tls: TLSConfiguration? = nil, _ body: @escaping @Sendable (_ port: Int) async throws -> Value
    ) async throws -> Value {
        let router = Router()
        addPolicyRoutes(to: router, register: register, tokens: AccessTokens(tokens), limits: limits)
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        var logger = Logger(label: "stand-in relay")
        logger.logLevel = .critical
        let application = Application(
            router: router,
            server: try tls.map { try HTTPServerBuilder.tls(tlsConfiguration: $0) } ?? .http1(),
            configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in port.yield(channel.localAddress?.port ?? 0) }, logger: logger)
        return try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask {
                try await application.runService(gracefulShutdownSignals: [])
                return nil
            }
            group.addTask {
                var iterator = ports.makeAsyncIterator()
                return try await body(await iterator.next() ?? 0)
            }
            defer { group.cancelAll() }
            while let value = try await group.next() {
                if let value { return value }
            }
            throw CancellationError()
        }
    }
}
