/// Why a policy was not taken.
public struct PolicyRefusal: Equatable, Sendable, Codable {
    /// What is at fault.
    public enum Kind: String, Sendable, Codable, CaseIterable {
        /// The bytes are no bundle, or its program may not run.
        case bundle
        /// It is not signed by a key that is trusted.
        case signature
        /// One of its own tests did not pass.
        case test
        /// No worker could try it.
        case worker
        /// What was asked for cannot be done: the organisation is unknown, or there is no such version.
        case request
    }

    public var kind: Kind
    /// The test, where one is at fault.
    public var test: String?
    /// In words, without capital and full stop.
    public var reason: String

    public init(_ kind: Kind, test: String? = nil, _ reason: String) {
        self.kind = kind
        self.test = test
        self.reason = reason
    }
}

extension PolicyRefusal: CustomStringConvertible {
    public var description: String { test.map { "test “\($0)”: \(reason)" } ?? reason }
}

/// What came of trying a bundle.
public struct AcceptanceReport: Equatable, Sendable {
    /// What names the bundle, in hexadecimal digits; `nil` where the bytes are no bundle.
    public var digest: String?
    /// The id of the key that signed it.
    public var signer: String?
    /// The policy's own name.
    public var policy: String?
    /// Tests that were run, passed or not.
    public var testsRun = 0
    /// Everything that speaks against it; empty when it may be taken.
    public var refusals: [PolicyRefusal] = []

    public init() {}

    /// Whether it may judge mail.
    public var isAccepted: Bool { refusals.isEmpty }
}
