import Vocabulary

/// What stands beside a saved witness: its envelope, what it shows and how to run it again.
public struct WitnessNote {
    private let proven: ProvenWitness
    private let mail: String

    public init(_ proven: ProvenWitness, mail: String) {
        self.proven = proven
        self.mail = mail
    }

    /// One word to a shell (POSIX, section 2.2.2), whatever a policy's addresses have in them: the line is to be pasted.
    private static func word(_ text: String) -> String {
        "'" + text.replacing("'", with: "'\\''") + "'"
    }

    public var lines: [String] {
        let envelope = proven.witness.envelope
        var lines = [
            "\(ComparisonWords.outcome(proven.old)) → \(ComparisonWords.outcome(proven.new))",
            "before: \(ComparisonWords.rules(proven.old))", "now: \(ComparisonWords.rules(proven.new))", "",
        ]
        var options = ["--direction \(proven.new.direction.rawValue)"]
        options.append("--from \(Self.word(envelope.sender?.addrSpec ?? "<>"))")
        options += envelope.recipients.map { "--to \(Self.word($0.addrSpec))" }
        if let client = envelope.clientIP { options.append("--client-ip \(client)") }
        if let name = envelope.clientName { options.append("--client-name \(Self.word(name.name.string))") }
        if envelope.isTLS { options.append("--tls") }
        if let user = envelope.authenticatedUser { options.append("--authenticated \(Self.word(user))") }
        if let arrival = envelope.receivedAt {
            options.append("--received-at \(CivilTime(secondsSince1970: arrival).internetTime)")
        }
        lines.append("lazaret explain --policy POLICY \(options.joined(separator: " ")) \(Self.word(mail))")
        let assumed = proven.witness.assumptions.map(AssumptionText.line)
        if !assumed.isEmpty {
            lines += ["", "In a test of the policy, which can suppose answers of engines:"] + assumed
        }
        return lines
    }
}
