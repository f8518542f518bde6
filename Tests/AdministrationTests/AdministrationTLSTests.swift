import Administration
import AsyncHTTPClient
import Foundation
import NIOCore
import NIOSSL
import Operation
import Testing

/// The port with TLS, with certificates that openssl makes.
@Suite struct AdministrationTLSTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("lazaret-\(UUID().uuidString)")

    private func file(_ name: String) -> String { folder.appendingPathComponent(name).path }

    private func makeIdentity(_ name: String) throws -> TLSIdentity {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
        process.arguments = [
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj",
            "/CN=\(name)", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", file(name + ".key"), "-out",
            file(name + ".pem"),
        ]
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        return TLSIdentity(certificates: file(name + ".pem"), key: file(name + ".key"))
    }

    private func client(trusting server: TLSIdentity, as own: TLSIdentity? = nil) throws -> HTTPClient {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.trustRoots = .file(server.certificates)
        if let own {
            tls.certificateChain = try NIOSSLCertificate.fromPEMFile(own.certificates).map { .certificate($0) }
            tls.privateKey = .privateKey(try NIOSSLPrivateKey(file: own.key, format: .pem))
        }
        return HTTPClient(configuration: HTTPClient.Configuration(tlsConfiguration: tls))
    }

    @Test func onlyClientsOfTheAuthoritiesAreHeard() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let server = try makeIdentity("server")
        let known = try makeIdentity("known")
        let stranger = try makeIdentity("stranger")
        let settings = AdministrationSettings(port: 0, tls: server, clientAuthorities: known.certificates)
        let clients = [
            try client(trusting: server, as: known), try client(trusting: server),
            try client(trusting: server, as: stranger),
        ]
        try await RunningServer.ask(StandInStatus(), settings: settings) { port in
            let seen = try await RunningServer.get("/health", port: port, scheme: "https", client: clients[0])
            #expect(seen.status == 200)
            for client in clients[1...] {
                let refused = try? await RunningServer.get("/health", port: port, scheme: "https", client: client)
                #expect(refused == nil)
            }
            let plain = try? await RunningServer.get("/health", port: port)
            #expect(plain == nil)
        }
        for client in clients { try await client.shutdown() }
    }
}
