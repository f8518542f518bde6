/// What a rule does for a reason that left it undetermined.
public enum Answer<Consequence: Hashable & Sendable>: Hashable, Sendable {
    /// The rule is quiet: a marking rule without an answer of its own.
    case quiet
    /// The policy said `ignore`: the verdict is recorded and has no consequence.
    case ignore
    case consequence(Consequence)
}

/// A rule's answer to every reason in every direction, so that no reason is ever without one.
public struct AnswerTable<Consequence: Hashable & Sendable>: Hashable, Sendable {
    /// By reason bit, then direction.
    private var answers: [Answer<Consequence>]

    /// The same answer to everything.
    public init(all answer: Answer<Consequence>) {
        answers = Array(repeating: answer, count: Reasons.count * Direction.allCases.count)
    }

    /// The answer to one single reason; a set of several gives the answer to its lowest.
    public subscript(reason: Reasons, direction: Direction) -> Answer<Consequence> {
        get { answers[Self.index(reason, direction)] }
        set { answers[Self.index(reason, direction)] = newValue }
    }

    private static func index(_ reason: Reasons, _ direction: Direction) -> Int {
        let column = direction == .inbound ? 0 : direction == .outbound ? 1 : 2
        return min(reason.rawValue.trailingZeroBitCount, Reasons.count - 1) * Direction.allCases.count + column
    }

    /// The same table over other consequences.
    ///
    /// - Throws: what `transform` throws.
    public func mapping<Other, Failure: Error>(
        _ transform: (Consequence) throws(Failure) -> Other
    ) throws(Failure) -> AnswerTable<Other> {
        var table = AnswerTable<Other>(all: .quiet)
        for (index, answer) in answers.enumerated() {
            switch answer {
            case .quiet: table.answers[index] = .quiet
            case .ignore: table.answers[index] = .ignore
            case .consequence(let consequence): table.answers[index] = .consequence(try transform(consequence))
            }
        }
        return table
    }

    /// The consequences among its answers.
    public var consequences: [Consequence] {
        answers.compactMap { if case .consequence(let consequence) = $0 { consequence } else { nil } }
    }
}
