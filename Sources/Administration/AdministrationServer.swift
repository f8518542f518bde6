import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import NIOCore
import Operation

/// The administration port: one HTTP server, with the routes that its owners add.
///
/// Purpose: the relay is watched and governed by programs. Takes: settings, who tells the relay's state, routes. Gives: a
/// server that runs until its task is cancelled. Fails: where the port is taken or a certificate cannot be read. Limits:
/// `AdministrationLimits`.
public struct AdministrationServer: Sendable {
    /// What adds routes of a kind.
    public typealias Routes = @Sendable (inout Router<BasicRequestContext>) -> Void

    private let settings: AdministrationSettings
    private let status: any RelayStatus
    private let limits: AdministrationLimits
    private let routes: [Routes]

    public init(
        settings: AdministrationSettings, status: any RelayStatus,
        limits: AdministrationLimits = AdministrationLimits(), routes: [Routes] = []
    ) {
        self.settings = settings
        self.status = status
        self.limits = limits
        self.routes = routes
    }

    /// Serves until the task is cancelled.
    ///
    /// - Parameter whenListening: told the port, once it is open.
    /// - Throws: where the port cannot be opened, or certificate and key not read, in the library's words.
    public func run(whenListening: @escaping @Sendable (Int) async -> Void = { _ in }) async throws {
        var router = Router(context: BasicRequestContext.self)
        StatusRoutes(status: status, limits: limits).add(to: router)
        for add in routes { add(&router) }
        var application = Application(
            router: router, server: try builder(),
            configuration: ApplicationConfiguration(
                address: .hostname(settings.host, port: settings.port),
                availableConnectionsDelegate: MaximumAvailableConnections(limits.connections)),
            onServerRunning: { channel in await whenListening(channel.localAddress?.port ?? 0) })
        // What matters is in our own log; the library's lines are not of its form.
        application.logger.logLevel = .critical
        do {
            try await application.run()
        } catch is CancellationError {
            return
        }
    }

    private func builder() throws -> HTTPServerBuilder {
        let http = HTTPServerBuilder.http1(
            configuration: HTTP1Channel.Configuration(
                idleTimeout: .seconds(Int64(limits.idleSeconds)),
                httpDecoderConfiguration: .init(
                    maxHeaderFieldSize: limits.headerBytes, maxHeaderListSize: limits.headerBytes)))
        guard let identity = settings.tls else { return http }
        let chain = try NIOSSLCertificate.fromPEMFile(identity.certificates)
        var tls = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(file: identity.key, format: .pem)))
        tls.minimumTLSVersion = .tlsv12
        if let authorities = settings.clientAuthorities {
            tls.certificateVerification = .noHostnameVerification
            tls.trustRoots = .file(authorities)
        }
        return try .tls(http, tlsConfiguration: tls)
    }
}
