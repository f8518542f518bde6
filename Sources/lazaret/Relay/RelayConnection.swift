import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// Requests to a relay. The only file here that speaks HTTP, and blocks until the answer is there.
struct RelayConnection {
    /// What a relay answered.
    struct Answer {
        let status: Int
        let body: [UInt8]
    }

    /// Seconds in which a connection must stand.
    private static let connectSeconds: Int64 = 15
    /// Seconds without a byte of the answer: the relay runs a policy's tests before it says anything.
    private static let answerSeconds: Int64 = 900
    private static let answerBytes = 16 << 20

    let url: URL
    let token: String
    private let configuration: HTTPClient.Configuration

    /// - Parameters:
    ///   - authorities: a PEM file with those whose certificates are believed; the system's where it is `nil`.
    ///   - identity: PEM files of a certificate chain and its key, shown to a relay that asks for one.
    /// - Throws: `CommandFailure` when a file is no certificate or key.
    init(
        _ url: URL, token: String, authorities: String?, identity: (certificates: String, key: String)?
    ) throws(CommandFailure) {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.minimumTLSVersion = .tlsv12
        if let authorities {
            tls.trustRoots = .certificates(try Self.certificates(authorities))
        }
        if let identity {
            tls.certificateChain = try Self.certificates(identity.certificates).map { .certificate($0) }
            do {
                tls.privateKey = .privateKey(try NIOSSLPrivateKey(file: identity.key, format: .pem))
            } catch {
                throw CommandFailure(.environment, "\(identity.key): it holds no private key in PEM that can be read")
            }
        }
        var configuration = HTTPClient.Configuration(
            tlsConfiguration: tls, redirectConfiguration: .disallow,
            timeout: .init(connect: .seconds(Self.connectSeconds), read: .seconds(Self.answerSeconds)))
        configuration.httpVersion = .http1Only
        configuration.connectionPool.retryConnectionEstablishment = false
        self.configuration = configuration
        self.url = url
        self.token = token
    }

    private static func certificates(_ path: String) throws(CommandFailure) -> [NIOSSLCertificate] {
        do {
            let found = try NIOSSLCertificate.fromPEMFile(path)
            if !found.isEmpty { return found }
        } catch {}
        throw CommandFailure(.environment, "\(path): it holds no certificates in PEM that can be read")
    }

    /// - Parameter path: below the relay's address, encoded.
    /// - Throws: `CommandFailure` when there is no answer.
    func get(_ path: String) throws(CommandFailure) -> Answer { try send(.GET, path, nil) }

    /// - Parameter path: below the relay's address, encoded.
    /// - Throws: `CommandFailure` when there is no answer.
    func post(_ path: String, _ body: [UInt8]) throws(CommandFailure) -> Answer { try send(.POST, path, body) }

    private func send(_ method: HTTPMethod, _ path: String, _ body: [UInt8]?) throws(CommandFailure) -> Answer {
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        defer { try? client.syncShutdown() }
        var base = url.absoluteString
        while base.hasSuffix("/") { base.removeLast() }
        do {
            var headers = HTTPHeaders([("Authorization", "Bearer \(token)"), ("Accept", "application/json")])
            if body != nil { headers.add(name: "Content-Type", value: "application/octet-stream") }
            let request = try HTTPClient.Request(
                url: base + path, method: method, headers: headers, body: body.map { .bytes($0) })
            let response = try client.execute(
                request: request, delegate: ResponseAccumulator(request: request, maxBodySize: Self.answerBytes)
            ).wait()
            return Answer(
                status: Int(response.status.code), body: response.body.map { Array($0.readableBytesView) } ?? [])
        } catch {
            throw CommandFailure(.environment, "\(base): \(Self.words(error))")
        }
    }

    /// What a failed connection is called by people.
    private static func words(_ error: any Error) -> String {
        switch error {
        case let error as HTTPClientError where error == .connectTimeout:
            return "no connection within \(connectSeconds) seconds"
        case let error as HTTPClientError where error == .readTimeout:
            return "no answer within \(answerSeconds) seconds; `lazaret status` tells more"
        case let error as HTTPClientError where error == .remoteConnectionClosed:
            return "the connection was closed before the answer was whole"
        case let error as NIOConnectionError:
            let reasons = Set(error.connectionErrors.map { reason($0.error) })
            if let fault = error.dnsAError, reasons.isEmpty { return "its name is not known (\(fault))" }
            return reasons.sorted().joined(separator: ", ")
        case let error as IOError: return reason(error)
        case NIOSSLError.handshakeFailed(let fault): return handshake("\(fault)")
        case is NIOSSLExtraError:
            return "its certificate is not for this name; give the name that stands in it"
        default: return "\(error)"
        }
    }

    private static func reason(_ error: any Error) -> String {
        guard let error = error as? IOError else { return "\(error)" }
        return String(cString: strerror(error.errnoCode)).lowercased()
    }

    private static func handshake(_ fault: String) -> String {
        if fault.contains("CERTIFICATE_VERIFY_FAILED") {
            return "its certificate is of no authority that is believed; --ca names another authority"
        }
        if fault.contains("WRONG_VERSION_NUMBER") || fault.contains("HTTP_REQUEST") {
            return "it does not speak TLS there"
        }
        return "TLS failed: \(fault)"
    }
}
