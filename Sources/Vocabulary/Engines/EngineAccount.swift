/// What became of one engine over one message: the evidence behind facts that rest on engines.
///
/// Told beside the decision and not in it: how long an engine took is no part of what was decided.
public struct EngineAccount: Equatable, Sendable, Codable {
    /// Version and signatures as they were.
    public var state: SignatureState
    /// Contents it was asked about.
    public var asked: Int
    /// Answers that were remembered from the same content and the same signatures.
    public var remembered: Int
    public var elapsedMicroseconds: Int
    /// The names of what it found, or the score it gave, each once; the first `mostFindings`.
    public var findings: [String]
    public var unknown: Reasons
    /// Why there was no answer, in the engine's words, each once; the first `mostFindings`.
    public var explanations: [String]

    /// The most findings and explanations told of one engine.
    public static let mostFindings = 8

    public init(
        state: SignatureState, asked: Int = 0, remembered: Int = 0, elapsedMicroseconds: Int = 0,
        findings: [String] = [], unknown: Reasons = [], explanations: [String] = []
    ) {
        self.state = state
        self.asked = asked
        self.remembered = remembered
        self.elapsedMicroseconds = elapsedMicroseconds
        self.findings = findings
        self.unknown = unknown
        self.explanations = explanations
    }

    /// Notes what it found.
    public mutating func add(finding: String) {
        if findings.count < Self.mostFindings, !findings.contains(finding) { findings.append(finding) }
    }

    /// Notes that it gave no answer.
    public mutating func add(unknown reasons: Reasons, _ sentence: String) {
        unknown.formUnion(reasons)
        if explanations.count < Self.mostFindings, !explanations.contains(sentence) { explanations.append(sentence) }
    }
}
