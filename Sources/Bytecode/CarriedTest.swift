import Vocabulary

/// A policy's test as a bundle carries it, so that it can be run where the policy's text is not.
public struct CarriedTest: Equatable, Sendable, Codable {
    /// One expectation and where it stands in the policy's text.
    public struct Expected: Equatable, Sendable, Codable {
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
    /// Which of the carried mails is judged.
    public var mail: Int
    public var envelope: Envelope
    public var assumptions: [Assumption]
    public var expectations: [Expected]

    public init(
        name: String, place: SourcePlace, mail: Int, envelope: Envelope, assumptions: [Assumption],
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

/// The tests that a bundle carries, and the mails they judge.
public struct CarriedTests: Equatable, Sendable {
    /// Each once, however many tests judge it.
    public private(set) var mails: [[UInt8]]
    public private(set) var tests: [CarriedTest]

    public init() {
        mails = []
        tests = []
    }

    init(mails: [[UInt8]], tests: [CarriedTest]) {
        self.mails = mails
        self.tests = tests
    }

    /// Adds a test of a mail; the number in `test` becomes that of the mail here.
    public mutating func add(_ test: CarriedTest, of mail: [UInt8]) {
        var test = test
        if let number = mails.firstIndex(of: mail) {
            test.mail = number
        } else {
            test.mail = mails.count
            mails.append(mail)
        }
        tests.append(test)
    }

    /// The mail that a test judges.
    public func mail(of test: CarriedTest) -> [UInt8] { mails.indices.contains(test.mail) ? mails[test.mail] : [] }
}
