import Vocabulary

/// A run without signatures leaves every rule about viruses without an answer. Whoever tries Lazaret for the first time
/// must not take that for a fault of the mail or of the policy.
enum MissingAntivirus {
    static let advice =
        "no antivirus answered: name a folder of signatures by --signatures (freshclam fills /var/lib/clamav) "
        + "or engines by --engines"

    /// Whether a rule could not tell because no antivirus answered.
    static func isBehind(_ decision: Decision) -> Bool {
        decision.rules.contains { rule in
            rule.verdict == .undetermined && rule.unknown.contains(.engineDown)
                && rule.evidence.contains { $0.fact == "virus" || $0.fact.hasPrefix("virus.") }
        }
    }
}
