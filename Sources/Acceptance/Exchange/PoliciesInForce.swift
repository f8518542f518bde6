/// What judges where: the answer of a relay that is asked how it stands.
public struct PoliciesInForce: Equatable, Sendable, Codable {
    /// The program's version.
    public var release: String
    /// Seconds since 1970.
    public var startedAt: Int64
    public var organisations: [OrganisationStatus]

    public init(release: String, startedAt: Int64, organisations: [OrganisationStatus]) {
        self.release = release
        self.startedAt = startedAt
        self.organisations = organisations
    }
}

/// What judges the mail of one organisation.
public struct OrganisationStatus: Equatable, Sendable, Codable {
    public var name: String
    /// `nil` where it has none yet.
    public var active: PolicyVersion?
    public var shadow: PolicyVersion?
    /// Messages that the shadow judged, and those of which it would have done something else.
    public var shadowJudged: Int?
    public var shadowDiffering: Int?

    public init(
        name: String, active: PolicyVersion?, shadow: PolicyVersion? = nil, shadowJudged: Int? = nil,
        shadowDiffering: Int? = nil
    ) {
        self.name = name
        self.active = active
        self.shadow = shadow
        self.shadowJudged = shadowJudged
        self.shadowDiffering = shadowDiffering
    }
}
