/// What a relay did with a policy that was sent to it, or was to be taken back. As JSON it is the answer to both.
public struct PolicyOutcome: Equatable, Sendable, Codable {
    public enum Result: String, Sendable, Codable, CaseIterable {
        /// It judges mail from now on.
        case activated
        /// It judges beside the active program, and nothing is done of what it says.
        case shadowed
        /// An earlier version judges mail again.
        case rolledBack = "rolled-back"
        /// The same program judges already.
        case unchanged
        /// Nothing has changed; `refusals` say why.
        case refused
    }

    public var result: Result
    public var organisation: String
    /// The number that the version has in the organisation's history; `nil` where it was refused.
    public var version: Int?
    /// The version that judged before, and still does where this was refused or is a shadow.
    public var previous: Int?
    /// What names the bundle.
    public var digest: String?
    /// The id of the key that signed it.
    public var signer: String?
    public var testsRun: Int
    public var refusals: [PolicyRefusal]

    public init(
        _ result: Result, organisation: String, version: Int? = nil, previous: Int? = nil, digest: String? = nil,
        signer: String? = nil, testsRun: Int = 0, refusals: [PolicyRefusal] = []
    ) {
        self.result = result
        self.organisation = organisation
        self.version = version
        self.previous = previous
        self.digest = digest
        self.signer = signer
        self.testsRun = testsRun
        self.refusals = refusals
    }

    /// What came of trying a bundle that is not taken.
    public init(refused report: AcceptanceReport, organisation: String, previous: Int? = nil) {
        self.init(
            .refused, organisation: organisation, previous: previous, digest: report.digest, signer: report.signer,
            testsRun: report.testsRun, refusals: report.refusals)
    }
}

/// One version of an organisation's policy.
public struct PolicyVersion: Equatable, Sendable, Codable {
    public enum State: String, Sendable, Codable, CaseIterable {
        /// It judges mail.
        case active
        /// It judges beside the active one.
        case shadow
        /// It did once, or was only a shadow.
        case past
    }

    /// From 1, in the order in which they came.
    public var number: Int
    public var digest: String
    public var signer: String?
    /// Who sent it, as they say, and whose token it was.
    public var author: String
    public var token: String
    public var message: String
    /// Seconds since 1970.
    public var receivedAt: Int64
    public var state: State

    public init(
        number: Int, digest: String, signer: String?, author: String, token: String, message: String,
        receivedAt: Int64, state: State
    ) {
        self.number = number
        self.digest = digest
        self.signer = signer
        self.author = author
        self.token = token
        self.message = message
        self.receivedAt = receivedAt
        self.state = state
    }
}

/// The versions of an organisation's policy, the newest first: the answer to who asks for them.
public struct PolicyHistory: Equatable, Sendable, Codable {
    public var organisation: String
    public var versions: [PolicyVersion]

    public init(organisation: String, versions: [PolicyVersion]) {
        self.organisation = organisation
        self.versions = versions
    }
}
