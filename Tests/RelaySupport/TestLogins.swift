import Foundation

/// Names and passwords that a Postfix asks for, in Dovecot's protocol of authentication: a login without Dovecot.
public final class TestLogins: Sendable {
    private let server: TestServer

    public init(_ passwords: [String: String]) {
        server = TestServer { stream in
            stream.send(
                Array("VERSION\t1\t1\nMECH\tPLAIN\tplaintext\nSPID\t1\nCUID\t1\nCOOKIE\t0\nDONE\n".utf8))
            var waiting = ""
            while true {
                let bytes = stream.receive()
                guard !bytes.isEmpty else { return }
                waiting += String(decoding: bytes, as: UTF8.self)
                var lines = waiting.components(separatedBy: "\n")
                waiting = lines.removeLast()
                for line in lines where line.hasPrefix("AUTH\t") {
                    stream.send(Array(Self.answer(line, passwords).utf8))
                }
            }
        }
    }

    /// For `smtpd_sasl_path`.
    public var place: String { "inet:127.0.0.1:\(server.port)" }

    /// `AUTH 1 PLAIN service=smtp … resp=BASE64`, parted by tabs.
    private static func answer(_ line: String, _ passwords: [String: String]) -> String {
        let words = line.components(separatedBy: "\t")
        let response = words.first { $0.hasPrefix("resp=") }.flatMap { Data(base64Encoded: String($0.dropFirst(5))) }
        let pieces = (response ?? Data()).split(separator: 0, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        guard pieces.count == 3, passwords[pieces[1]] == pieces[2] else {
            return "FAIL\t\(words[1])\tuser=\(pieces.count == 3 ? pieces[1] : "")\n"
        }
        return "OK\t\(words[1])\tuser=\(pieces[1])\n"
    }
}

extension MailClient {
    /// AUTH PLAIN.
    @discardableResult
    public func login(_ name: String, _ password: String) async throws -> MailReply {
        try await command("AUTH PLAIN " + Data("\0\(name)\0\(password)".utf8).base64EncodedString())
    }
}
