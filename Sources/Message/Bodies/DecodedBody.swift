/// A part's content after its transfer encoding was undone.
public struct DecodedBody: Sendable, Equatable {
    /// The content.
    public let bytes: [UInt8]
    /// False when the limit was reached first: what is missing is `over-limit`.
    public let isComplete: Bool
    /// What was odd about the encoding. They count for malformed and ambiguous like those of the structure.
    public let anomalies: [Anomaly]
    /// The name on the begin line of uuencoded data.
    public let beginName: String?
}

/// What a decoder reports about places in its input.
struct DecoderOutput {
    var bytes: [UInt8] = []
    var isComplete = true
    /// Kind and offset in the input, each kind once.
    var faults: [(kind: AnomalyKind, offset: Int)] = []
    var beginName: String?
    /// Of quoted-printable: 1 for escapes in upper case, 2 for lower case, 3 for both.
    var escapeCases: UInt8 = 0

    mutating func note(_ kind: AnomalyKind, at offset: Int) {
        if !faults.contains(where: { $0.kind == kind }) { faults.append((kind, offset)) }
    }
}
