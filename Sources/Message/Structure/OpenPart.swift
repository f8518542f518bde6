/// A part whose end the walk has not reached.
struct OpenPart {
    let path: String
    let depth: Int
    let start: Int
    let bodyStart: Int
    let header: HeaderSection
    var facts: EntityFacts
    let isMessageRoot: Bool

    /// The delimiter's boundary while the walk goes through this multipart.
    var boundary: [UInt8]?
    /// The end delimiter was met.
    var isClosed = false
    /// Nesting went beyond a limit: the content is not looked into.
    var isBlocked = false
    var preamble: Range<Int>?
    var epilogueStart: Int?
    /// Where the last child in the same buffer ended.
    var innerEnd = 0
    var children: [Part] = []
    private(set) var anomalies: [Anomaly] = []

    init(
        path: String, depth: Int, start: Int, bodyStart: Int, header: HeaderSection, facts: EntityFacts,
        isMessageRoot: Bool
    ) {
        self.path = path
        self.depth = depth
        self.start = start
        self.bodyStart = bodyStart
        self.header = header
        self.facts = facts
        self.isMessageRoot = isMessageRoot
    }

    /// Records an anomaly, the first of each kind in a part: hostile bytes can breed millions.
    mutating func note(_ anomaly: Anomaly) {
        if !anomalies.contains(where: { $0.kind == anomaly.kind }) { anomalies.append(anomaly) }
    }

    mutating func note(_ kind: AnomalyKind, _ range: Range<Int>, _ detail: String = "") {
        note(Anomaly(kind, at: range, part: path, detail: detail))
    }
}
