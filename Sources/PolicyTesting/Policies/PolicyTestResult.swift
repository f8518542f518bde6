import Acceptance
import Compiler
import Vocabulary

/// How a test came out.
public struct PolicyTestResult: Sendable {
    public enum Outcome: Sendable, Equatable {
        case passed
        case failed([Failure])
        /// The test could not be judged: its mail is missing, or it needs an engine that is not there.
        case error(String)
    }

    /// An expectation that did not hold.
    public struct Failure: Sendable, Equatable {
        public var place: SourcePlace
        /// What was expected and what came instead: `expected quarantine, got deliver`.
        public var message: String
        /// The number of the expectation in the test.
        public var expectation: Int
        /// For whom it did not hold.
        public var recipient: Address?
        /// What the tests of the rules in question saw.
        public var causes: [Cause] = []

        public init(place: SourcePlace, message: String, expectation: Int = 0, recipient: Address? = nil) {
            self.place = place
            self.message = message
            self.expectation = expectation
            self.recipient = recipient
        }

        init(_ failure: ExpectationFailure) {
            self.init(
                place: failure.place, message: failure.message, expectation: failure.expectation,
                recipient: failure.recipient)
        }
    }

    /// A rule that decided, or was expected to, and what its tests saw.
    public struct Cause: Sendable, Equatable {
        public var rule: String
        /// `fires`, `quiet`, `undetermined`, `exempted` or `not for this direction`.
        public var verdict: String
        public var findings: [ClauseFinding]
    }

    public let test: PolicyTest
    public let outcome: Outcome
    /// `nil` where the mail could not be judged.
    public let judgement: Judgement?
    public let elapsedMicroseconds: Int

    public var name: String { test.name }
    public var place: SourcePlace { test.place }

    public var isPassed: Bool { outcome == .passed }
}
