/// How an engine stood a trial.
public struct TriedEngine: Equatable, Sendable, Codable {
    public var name: String
    /// As the configuration names it: `clamd`.
    public var kind: String
    /// Where it listens; `nil` for one in the worker.
    public var address: String?
    /// Version and signatures; its `fault` says why it does not work.
    public var state: SignatureState
    /// What an operator should know though it works.
    public var remarks: [String]
    public var elapsedMicroseconds: Int

    public init(
        name: String, kind: String, address: String? = nil, state: SignatureState, remarks: [String] = [],
        elapsedMicroseconds: Int = 0
    ) {
        self.name = name
        self.kind = kind
        self.address = address
        self.state = state
        self.remarks = remarks
        self.elapsedMicroseconds = elapsedMicroseconds
    }

    public var works: Bool { state.fault == nil }
}
