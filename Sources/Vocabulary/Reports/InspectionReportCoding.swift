/// A report crosses from the worker as a list of rows, not as nodes within nodes.
///
/// A hostile mail can nest hundreds of levels, and readers of JSON refuse what is nested that deep (Foundation's after
/// 512 levels, of which a node takes two): the report of just such a mail would be lost.
extension InspectionReport: Codable {
    /// Levels that a tree may have; inspection stays far below, so more is the word of a worker gone bad.
    public static let levels = 1_000

    private enum CodingKeys: CodingKey {
        case encrypted
        case signed
        case malformed
        case ambiguous
        case rows
        case urls
        case urlCount
        case urlsUnread
    }

    /// A node without its children, which are the following rows of the next level.
    private struct Row: Codable {
        var level: Int
        var node: InspectionNode
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(encrypted, forKey: .encrypted)
        try container.encodeIfPresent(signed, forKey: .signed)
        try container.encode(malformed, forKey: .malformed)
        try container.encode(ambiguous, forKey: .ambiguous)
        try container.encode(rows, forKey: .rows)
        try container.encode(urls, forKey: .urls)
        try container.encode(urlCount, forKey: .urlCount)
        try container.encode(urlsUnread, forKey: .urlsUnread)
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        guard let root = Self.tree(of: try container.decode([Row].self, forKey: .rows)) else {
            throw DecodingError.dataCorruptedError(
                forKey: .rows, in: container, debugDescription: "the rows are not one tree of at most \(Self.levels)")
        }
        self.init(
            encrypted: try container.decodeIfPresent(Bool.self, forKey: .encrypted),
            signed: try container.decodeIfPresent(Bool.self, forKey: .signed),
            malformed: try container.decode(Bool.self, forKey: .malformed),
            ambiguous: try container.decode(Bool.self, forKey: .ambiguous), root: root,
            urls: try container.decode([ReportedURL].self, forKey: .urls),
            urlCount: try container.decode(Int.self, forKey: .urlCount),
            urlsUnread: try container.decode(Reasons.self, forKey: .urlsUnread))
    }

    /// The nodes, each before what it contains.
    private var rows: [Row] {
        var rows: [Row] = []
        var waiting = [Row(level: 0, node: root)]
        while var row = waiting.popLast() {
            waiting += row.node.children.reversed().map { Row(level: row.level + 1, node: $0) }
            row.node.children = []
            rows.append(row)
        }
        return rows
    }

    /// The tree of some rows; `nil` where they do not begin with its root, or skip a level, or go too deep.
    private static func tree(of rows: [Row]) -> InspectionNode? {
        // The nodes that may still get children, the root first.
        var open: [InspectionNode] = []
        func close(to level: Int) {
            while open.count > level, let node = open.popLast() { open[open.count - 1].children.append(node) }
        }
        for row in rows {
            let isInPlace = row.level == 0 ? open.isEmpty : row.level > 0 && row.level <= open.count
            guard isInPlace, row.level < levels else { return nil }
            close(to: row.level)
            open.append(row.node)
        }
        close(to: 1)
        return open.first
    }
}
