import Message

/// The passwords that a message's locked archives are tried with, and how often that may still be done.
struct ArchiveKeys {
    private let message: ParsedMessage
    /// Looked for when first needed: most messages have no locked archive.
    private(set) lazy var candidates = PasswordCandidates(in: message).found
    private var remainingTrials = PasswordLimits.trials

    init(of message: ParsedMessage) {
        self.message = message
    }

    /// False once all trials are used up.
    mutating func takeTrial() -> Bool {
        guard remainingTrials > 0 else { return false }
        remainingTrials -= 1
        return true
    }

    /// What opened one archive is tried first on the next.
    mutating func prefer(_ password: String) {
        candidates.removeAll { $0 == password }
        candidates.insert(password, at: 0)
    }
}
