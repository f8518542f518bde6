import Vocabulary

/// A `test` block of a policy, ready to run.
public struct PolicyTestCase: Sendable {
    /// One expectation and where it stands.
    public struct Expected: Sendable {
        public var expectation: Expectation
        /// Only for this recipient; `nil` for every one.
        public var recipient: Address?
        public var place: SourcePlace

        public init(expectation: Expectation, recipient: Address?, place: SourcePlace) {
            self.expectation = expectation
            self.recipient = recipient
            self.place = place
        }
    }

    public var name: String
    public var place: SourcePlace
    /// The mail's path on disk.
    public var mail: String
    public var envelope: Envelope
    public var assumptions: [Assumption]
    public var expectations: [Expected]

    public init(
        name: String, place: SourcePlace, mail: String, envelope: Envelope, assumptions: [Assumption],
        expectations: [Expected]
    ) {
        self.name = name
        self.place = place
        self.mail = mail
        self.envelope = envelope
        self.assumptions = assumptions
        self.expectations = expectations
    }
}

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

        public init(place: SourcePlace, message: String) {
            self.place = place
            self.message = message
        }
    }

    public let name: String
    public let place: SourcePlace
    public let outcome: Outcome
    public let elapsedMicroseconds: Int

    public var isPassed: Bool { outcome == .passed }
}
