import Vocabulary

/// A `test` block: a mail, what is assumed of it, and what must come out.
public struct TypedTest: Sendable {
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
    /// The mail's path, relative to the policy file that holds the test.
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
