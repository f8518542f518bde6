import Vocabulary

/// A score or a setting: a value made of the values of those rows whose formulas hold.
public struct ComputedEntry: Hashable, Sendable {
    /// How the values of the rows that hold are joined. The numbers are part of the file format.
    public enum Kind: UInt8, Sendable, CaseIterable {
        /// Their sum; the values are numbers.
        case score = 0
        /// The greatest number.
        case largest = 1
        /// The least number.
        case smallest = 2
        /// The only one.
        case one = 3
    }

    public struct Row: Hashable, Sendable {
        /// A constant.
        public var value: Int
        public var place: Int
        /// A formula that is computed on demand.
        public var formula: Int

        public init(value: Int, place: Int, formula: Int) {
            self.value = value
            self.place = place
            self.formula = formula
        }
    }

    /// What a setting is where no row holds.
    public struct Otherwise: Hashable, Sendable {
        /// A constant.
        public var value: Int
        public var place: Int

        public init(value: Int, place: Int) {
            self.value = value
            self.place = place
        }
    }

    public var name: String
    public var type: ValueType
    public var kind: Kind
    /// Whether it must be forgotten when the recipient changes.
    public var level: EvaluationLevel
    public var place: Int
    public var rows: [Row]
    /// A score has none.
    public var otherwise: Otherwise?

    public init(
        name: String, type: ValueType, kind: Kind, level: EvaluationLevel, place: Int, rows: [Row],
        otherwise: Otherwise?
    ) {
        self.name = name
        self.type = type
        self.kind = kind
        self.level = level
        self.place = place
        self.rows = rows
        self.otherwise = otherwise
    }
}

extension ComputedEntry: BundleValue {
    func write(to writer: inout SectionWriter) {
        writer.string(name)
        writer.name(type)
        writer.byte(kind.rawValue)
        level.write(to: &writer)
        writer.count(place)
        writer.array(rows) {
            $0.count($1.value)
            $0.count($1.place)
            $0.count($1.formula)
        }
        writer.optional(otherwise) {
            $0.count($1.value)
            $0.count($1.place)
        }
    }

    static func read(from reader: inout SectionReader) throws(BundleFault) -> ComputedEntry {
        let name = try reader.string()
        let type = try reader.name(ValueType.self)
        guard let kind = Kind(rawValue: try reader.byte()) else { throw reader.fault(.value, "no such score") }
        let level = try EvaluationLevel.read(from: &reader)
        let place = try reader.number()
        let rows = try reader.array { (reader: inout SectionReader) throws(BundleFault) in
            Row(value: try reader.number(), place: try reader.number(), formula: try reader.number())
        }
        let otherwise = try reader.optional { (reader: inout SectionReader) throws(BundleFault) in
            Otherwise(value: try reader.number(), place: try reader.number())
        }
        return ComputedEntry(
            name: name, type: type, kind: kind, level: level, place: place, rows: rows, otherwise: otherwise)
    }
}
