import ArgumentParser
import Foundation
import Vocabulary

extension Direction: ExpressibleByArgument {}

struct EnvelopeOptions: ParsableArguments {
    @Option(help: "The direction, in place of the judged one: inbound, outbound or internal.")
    var direction: Direction?

    @Option(help: ArgumentHelp("The reverse path; <> for none.", valueName: "address"))
    var from: String?

    @Option(help: ArgumentHelp("A recipient; may be given several times.", valueName: "address"))
    var to: [String] = []

    @Option(help: ArgumentHelp("The address of the client.", valueName: "ip"))
    var clientIP: String?

    @Option(help: ArgumentHelp("The verified name of the client.", valueName: "domain"))
    var clientName: String?

    @Flag(help: "The message came over TLS.")
    var tls = false

    @Option(help: ArgumentHelp("The client logged in as this user.", valueName: "user"))
    var authenticated: String?

    @Option(help: ArgumentHelp("When the message arrived, such as 2026-03-02T22:30:00+01:00.", valueName: "time"))
    var receivedAt: String?

    /// Seconds since 1970 of a time in the form of RFC 3339.
    private static func seconds(_ text: String) -> Int64? {
        ISO8601DateFormatter().date(from: text).map { Int64($0.timeIntervalSince1970) }
    }

    mutating func validate() throws {
        if let receivedAt, Self.seconds(receivedAt) == nil {
            throw ValidationError("--received-at \(receivedAt) is not a time such as 2026-03-02T22:30:00+01:00")
        }
        if let clientIP, IPAddress(clientIP) == nil {
            throw ValidationError("--client-ip \(clientIP) is not an IP address")
        }
        if let clientName, clientName.isEmpty || clientName.contains(where: { $0 == "@" || $0.isWhitespace }) {
            throw ValidationError("--client-name \(clientName) is not a domain such as mx.partner.example")
        }
        // Whatever mail may come from or go to, with more than policies can name: `bob@[192.0.2.1]`.
        for address in to + [from].compactMap({ $0 }) where address != "<>" {
            let parts = address.split(separator: "@", omittingEmptySubsequences: false)
            guard parts.count >= 2, !parts.contains("") else {
                throw ValidationError("\(address) is not a mail address such as bob@acme.example")
            }
        }
        if to.contains("<>") { throw ValidationError("a recipient cannot be <>") }
    }

    /// What was told, and what may be guessed from the mail's own fields.
    var request: DecideParts {
        var guess: EnvelopeGuesses = []
        if from == nil { guess.insert(.sender) }
        if to.isEmpty { guess.insert(.recipients) }
        if clientIP == nil, authenticated == nil { guess.insert(.client) }
        let envelope = Envelope(
            sender: from.flatMap { $0 == "<>" ? nil : Address($0) }, recipients: to.map { Address($0) },
            clientIP: clientIP.flatMap { IPAddress($0) }, clientName: clientName.map { Domain($0) },
            authenticatedUser: authenticated, isTLS: tls, receivedAt: receivedAt.flatMap(Self.seconds),
            direction: direction)
        return DecideParts(envelope: envelope, guess: guess)
    }
}

struct DecideParts {
    let envelope: Envelope
    let guess: EnvelopeGuesses
}
