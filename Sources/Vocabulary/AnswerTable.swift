/// What a rule does for a reason that left it undetermined.
public enum Answer: Hashable, Sendable, Codable {
    /// The rule is quiet: a marking rule without an answer of its own.
    case quiet
    /// The policy said `ignore`: the verdict is recorded and has no consequence.
    case ignore
    case consequence(Consequence)
}

/// A rule's answer to every reason in every direction, so that no reason is ever without one.
public struct AnswerTable: Hashable, Sendable, Codable {
    /// By reason bit, then direction: 12 × 3.
    private var answers: [Answer]

    /// The same answer to everything.
    public init(all answer: Answer) {
        answers = Array(repeating: answer, count: 12 * Direction.allCases.count)
    }

    /// The answer to one single reason; a set of several gives the answer to its lowest.
    public subscript(reason: Reasons, direction: Direction) -> Answer {
        get { answers[Self.index(reason, direction)] }
        set { answers[Self.index(reason, direction)] = newValue }
    }

    private static func index(_ reason: Reasons, _ direction: Direction) -> Int {
        let column = direction == .inbound ? 0 : direction == .outbound ? 1 : 2
        return min(reason.rawValue.trailingZeroBitCount, 11) * 3 + column
    }

    public init(from decoder: any Decoder) throws {
        answers = try decoder.singleValueContainer().decode([Answer].self)
        guard answers.count == 36 else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "an answer table has 36 entries"))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(answers)
    }
}
