import Foundation

/// A certificate that signs itself, in PEM files, for `localhost`, `hop.example` and 127.0.0.1.
public struct TestCertificate: Sendable {
    /// The certificate, which is its own authority.
    public let chain: String
    public let key: String

    /// Made once for a run of the tests, by openssl.
    public static let shared = Result { try make() }

    private static func make() throws -> TestCertificate {
        let folder = try TestFolder.make("certificate")
        let certificate = TestCertificate(chain: "\(folder)/chain.pem", key: "\(folder)/key.pem")
        try ProcessRun.check(
            "/usr/bin/openssl",
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "30",
                "-keyout", certificate.key, "-out", certificate.chain, "-subj", "/CN=localhost", "-addext",
                "subjectAltName=DNS:localhost,DNS:hop.example,IP:127.0.0.1",
            ])
        return certificate
    }
}
