/// A fact that a test sets instead of reading it from the mail.
public struct Assumption: Equatable, Sendable, Codable {
    public let fact: Fact
    /// The header field's name for `header "…"`.
    public let argument: String?
    public let value: FactValue

    public init(fact: Fact, argument: String? = nil, value: FactValue) {
        self.fact = fact
        self.argument = argument
        self.value = value
    }
}

/// What a test expects of the decision.
public enum Expectation: Equatable, Sendable, Codable {
    case disposition(Disposition, area: String?, reason: String?)
    /// All of them are asked for.
    case actions([Action])
    case noNotice
    case rule(String, RuleExpectation)
}

/// What a test expects of one rule.
public enum RuleExpectation: Equatable, Sendable, Codable {
    case fires
    case quiet
    case undetermined
    case exempted(by: String)
}
