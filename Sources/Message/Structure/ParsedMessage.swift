/// A message read into parts. Reading never fails: what is odd is in `anomalies`, what was too much is in `limitsHit`.
public struct ParsedMessage: Sendable {
    /// The raw message.
    public let bytes: MessageBytes
    /// The readings that real mail readers could have of it, the likeliest first; never empty. An ordinary message has
    /// one. What is judged is the union of the views' parts.
    public let views: [MessageView]
    /// The anomalies of all parts (the first `MessageLimits.anomalies` of them).
    public let anomalies: [Anomaly]
    /// The limits it went beyond.
    public let limitsHit: [LimitHit]
    /// Some anomaly breaks the format.
    public let isMalformed: Bool
    /// Some anomaly makes real readers see different content.
    public let isAmbiguous: Bool
    /// Something is odd enough that readers may have seen other parts or undone other encodings.
    public let isDoubtful: Bool
    /// The likeliest reading.
    public let view: MessageView

    /// Reads `bytes`. Cost: one pass, plus decoding of encoded nested messages; more passes only where something raises
    /// a doubt.
    public init(_ bytes: MessageBytes, limits: MessageLimits = MessageLimits()) {
        self.bytes = bytes
        let tally = Tally(limits)
        let root = StructureWalk.message(bytes, path: "1", depth: 1, tally: tally)
        view = MessageView(name: "first", root: root)
        isDoubtful = tally.isDoubtful
        views = [view] + (tally.isDoubtful ? HuntedParts.views(besides: root, tally: tally) : [])
        anomalies = tally.anomalies
        limitsHit = tally.limitsHit
        isMalformed = tally.isMalformed
        isAmbiguous = tally.isAmbiguous
    }

    /// The message's own entity in the likeliest view.
    public var root: Part { view.root }
    /// The message's own header section.
    public var header: HeaderSection { view.root.header }
}

/// One reading of a message.
public struct MessageView: Sendable {
    /// What tells it from the others.
    public let name: String
    /// The message's own entity; in views other than the first, a part that the first has not got.
    public let root: Part
    /// Where in the message's bytes, or a nested message's, the header of that part stands.
    public let place: Range<Int>

    init(name: String, root: Part, place: Range<Int>? = nil) {
        self.name = name
        self.root = root
        self.place = place ?? root.range
    }

    /// All parts, depth first, the root first.
    public var parts: [Part] { root.descendants }

    /// The part at `path`.
    public func part(at path: String) -> Part? {
        var part = root
        guard path != root.path else { return root }
        guard path.hasPrefix(root.path + ".") else { return nil }
        for step in path.dropFirst(root.path.count + 1).split(separator: ".", omittingEmptySubsequences: false) {
            guard let number = Int(step), part.children.indices.contains(number - 1) else { return nil }
            part = part.children[number - 1]
        }
        return part
    }
}
