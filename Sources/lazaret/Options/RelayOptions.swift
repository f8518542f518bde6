import Acceptance
import ArgumentParser
import Foundation
import PolicyTesting

enum RelayFormat: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
}

/// Which relay, and how it knows us.
struct RelayOptions: ParsableArguments {
    /// The environment variable with the token, where no file is named.
    static let tokenVariable = "LAZARET_TOKEN"

    @Option(
        help: ArgumentHelp("The relay's port for programs, such as https://relay.acme.example:8025.", valueName: "url"))
    var relay: String

    @Option(help: ArgumentHelp("A file with the token; LAZARET_TOKEN when left out.", valueName: "file"))
    var tokenFile: String?

    @Option(help: ArgumentHelp("Believe certificates of these authorities (PEM), not the system's.", valueName: "file"))
    var ca: String?

    @Option(help: ArgumentHelp("The certificate to show a relay that asks for one (PEM).", valueName: "file"))
    var clientCertificate: String?

    @Option(help: ArgumentHelp("Its key (PEM).", valueName: "file"))
    var clientKey: String?

    mutating func validate() throws {
        guard let url = URL(string: relay), let scheme = url.scheme?.lowercased(), let host = url.host(),
            scheme == "https" || scheme == "http", url.query() == nil
        else { throw ValidationError("--relay takes an address such as https://relay.acme.example:8025") }
        // A token that crosses a network in clear is everybody's.
        guard scheme == "https" || ["localhost", "127.0.0.1", "::1"].contains(host) else {
            throw ValidationError("--relay \(relay): without TLS (https) only a relay on this machine is asked")
        }
        if (clientCertificate == nil) != (clientKey == nil) {
            throw ValidationError("--client-certificate and --client-key belong together")
        }
    }

    /// - Throws: `CommandFailure` when there is no token, or a file is not what it should be.
    func connection() throws(CommandFailure) -> RelayConnection {
        guard let url = URL(string: relay) else { throw CommandFailure(.usage, "--relay \(relay) is no address") }
        let identity = clientCertificate.flatMap { certificates in
            clientKey.map { (certificates: certificates, key: $0) }
        }
        return try RelayConnection(url, token: try token(), authorities: ca, identity: identity)
    }

    private func token() throws(CommandFailure) -> String {
        var text = ProcessInfo.processInfo.environment[Self.tokenVariable] ?? ""
        if let tokenFile {
            text = String(decoding: try FileOnDisk.read(tokenFile, status: .environment), as: UTF8.self)
        }
        let token = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !token.isEmpty else {
            throw CommandFailure(.usage, "there is no token; name its file (--token-file) or set \(Self.tokenVariable)")
        }
        guard token.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw CommandFailure(.environment, "the token holds more than printable characters of ASCII without spaces")
        }
        return token
    }
}

/// What a relay's answers mean.
enum RelayAnswers {
    /// The value in an answer.
    ///
    /// - Throws: `CommandFailure` when the relay did not do what was asked, with its cause and cure.
    static func value<Value: Decodable>(
        _ type: Value.Type, in answer: RelayConnection.Answer
    ) throws(CommandFailure) -> Value {
        if let value = try? JSONDecoder().decode(type, from: Data(answer.body)) { return value }
        if let failure = try? JSONDecoder().decode(ExchangeFailure.self, from: Data(answer.body)) {
            throw CommandFailure(.environment, "the relay says: \(failure.error.cause); \(failure.error.cure)")
        }
        throw CommandFailure(
            .environment, "the relay's answer (HTTP \(answer.status)) is not one of lazaretd; is the address right?")
    }

    /// A name or text as a piece of a path or a query.
    static func encoded(_ text: String) -> String {
        var allowed = CharacterSet.alphanumerics.intersection(CharacterSet(charactersIn: "\u{0}"..."\u{7F}"))
        allowed.insert(charactersIn: "-._~")
        return text.addingPercentEncoding(withAllowedCharacters: allowed) ?? ""
    }

    /// A query of those that have a value.
    static func query(_ members: [(String, String?)]) -> String {
        let pairs = members.compactMap { name, value in value.map { "\(name)=\(encoded($0))" } }
        return pairs.isEmpty ? "" : "?" + pairs.joined(separator: "&")
    }
}
