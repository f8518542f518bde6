/// A breach of format in a message, kept as data.
public struct Anomaly: Sendable, Equatable {
    /// Which breach.
    public let kind: AnomalyKind
    /// Where, in the buffer of the part.
    public let range: Range<Int>
    /// Path of the part it belongs to.
    public let part: String
    /// What is special about this one (a label, a value), bounded; empty when the kind says it all.
    public let detail: String

    /// An anomaly of `kind` at `range` of `part`.
    public init(_ kind: AnomalyKind, at range: Range<Int>, part: String, detail: String = "") {
        self.kind = kind
        self.range = range
        self.part = part
        self.detail = String(detail.prefix(120))
    }

    /// The stable kebab-case name.
    public var name: String { kind.rawValue }
    /// One sentence for a person.
    public var sentence: String { detail.isEmpty ? kind.sentence : "\(kind.sentence) (\(detail))" }
    /// Whether it makes the message `malformed`: its structure or encoding breaks its format.
    public var isMalformed: Bool { kind.effect != .noted }
    /// Whether it makes the message `ambiguous`: real readers would see different content.
    public var isAmbiguous: Bool { kind.effect == .ambiguous }
}
