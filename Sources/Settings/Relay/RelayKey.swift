import Operation

/// One key of the relay's file, as the manual and the sample tell of it.
public struct RelayKey: Sendable {
    /// What holds where the key is not there.
    public enum Standing: Sendable {
        /// A value, as TOML writes it.
        case usual(String)
        /// Something that depends on the place, in words; with an example.
        case depends(String, example: String)
        /// Nothing: the key must be there.
        case required(example: String)
    }

    /// The table, as its header is written: `[[listener]]`; empty for keys above all tables.
    public let section: String
    public let name: String
    public let standing: Standing
    public let text: String

    init(_ section: String, _ name: String, _ standing: Standing, _ text: String) {
        self.section = section
        self.name = name
        self.standing = standing
        self.text = text
    }

    /// The value that a sample shows.
    public var shown: String {
        switch standing {
        case .usual(let value), .depends(_, let value), .required(let value): value
        }
    }

    /// All of them, in the order of the manual.
    public static let all = RelayKeyTable.rows + RelayLimitRow.all.map(limit)

    private static func limit(_ row: RelayLimitRow) -> RelayKey {
        let value = row.value(in: RelayLimits())
        let mebibyte: Int64 = 1 << 20
        let isRound = row.unit == .bytes && value % mebibyte == 0
        return RelayKey(
            "[limits]", row.name, .usual(isRound ? "\"\(value / mebibyte) MiB\"" : String(value)), row.text)
    }
}
