import NIOSSL
import Operation

/// Contexts of TLS, by what the settings say.
enum TLSContexts {
    /// - Throws: why the authorities cannot be read, in NIOSSL's words.
    static func client(_ settings: HopSettings) throws -> NIOSSLContext {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        if settings.security != .verified {
            configuration.certificateVerification = .none
        } else if let authorities = settings.authorities {
            configuration.trustRoots = .file(authorities)
        }
        return try NIOSSLContext(configuration: configuration)
    }

    /// - Throws: why certificate or key cannot be read, in NIOSSL's words.
    static func server(_ identity: TLSIdentity) throws -> NIOSSLContext {
        let chain = try NIOSSLCertificate.fromPEMFile(identity.certificates).map {
            NIOSSLCertificateSource.certificate($0)
        }
        let key = try NIOSSLPrivateKey(file: identity.key, format: .pem)
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain, privateKey: .privateKey(key))
        configuration.minimumTLSVersion = .tlsv12
        return try NIOSSLContext(configuration: configuration)
    }
}
