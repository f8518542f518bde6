/// The types a fact or a literal can have.
public enum ValueType: String, Codable, Sendable, CaseIterable {
    case bool = "Bool"
    case int = "Int"
    /// Thousandths, in a `number`.
    case decimal = "Decimal"
    /// Bytes, in a `number`.
    case size = "Size"
    /// Seconds, in a `number`.
    case duration = "Duration"
    /// Seconds since 1970 UTC, in a `number`.
    case time = "Time"
    case text = "Text"
    case address = "Address"
    case domain = "Domain"
    case ip = "IP"
    case fileType = "FileType"
    case encryption = "Encryption"
    case hash = "Hash"
    /// One of a few names that the fact's row in the catalogue lists.
    case symbol = "Symbol"

    /// Whether its values are ordered, and so have `<`, `count` bounds and sums.
    public var isOrdered: Bool {
        switch self {
        case .int, .decimal, .size, .duration, .time: true
        default: false
        }
    }
}

/// A value of a fact or a literal.
public enum Value: Hashable, Sendable, Codable {
    case bool(Bool)
    /// Int, Decimal (thousandths), Size (bytes), Duration (seconds) and Time (seconds since 1970), by the fact's type.
    case number(Int64)
    case text(Text)
    case address(Address)
    case domain(Domain)
    case ip(IPAddress)
    /// By the name of the type, so that a bundle outlives the numbering of the lattice.
    case fileType(FileType)
    case encryption(EncryptionKind)
    case hash([UInt8])
    case symbol(String)
}

extension Value {
    /// The text that text relations (`contains`, `matches`, …) search in this value; `nil` for values without text.
    public var searchableText: Text? {
        switch self {
        case .text(let text): text
        case .address(let address): Text(address.addrSpec)
        case .domain(let domain): domain.name
        case .ip(let address): Text(address.description)
        case .hash(let bytes): Text(Self.hexadecimal(bytes))
        case .bool, .number, .fileType, .encryption, .symbol: nil
        }
    }

    /// What `distinct` tells values apart by: their text as it is folded, where they have one.
    public var distinctionKey: Value { searchableText.map { .text(Text(utf8: $0.folded)) } ?? self }

    /// Lower-case hexadecimal digits of the bytes.
    public static func hexadecimal(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// How evidence and reports show the value of a fact of this type.
    public func described(as type: ValueType) -> String {
        switch self {
        case .bool(let value): value ? "true" : "false"
        case .number(let number): Self.describe(number, as: type)
        case .text(let text): text.string
        case .address(let address): address.addrSpec
        case .domain(let domain): domain.name.string
        case .ip(let address): address.description
        case .fileType(let type): type.name
        case .encryption(let kind): kind.rawValue
        case .hash(let bytes): Self.hexadecimal(bytes)
        case .symbol(let name): name
        }
    }

    private static func describe(_ number: Int64, as type: ValueType) -> String {
        switch type {
        case .size: ByteCount(number).description
        case .duration: "\(number) s"
        case .time: CivilTime(secondsSince1970: number).description
        case .decimal:
            "\(number < 0 ? "-" : "")\(number.magnitude / 1000)"
                + (number % 1000 == 0 ? "" : "." + String(String(number.magnitude % 1000 + 1000).dropFirst()))
        default: String(number)
        }
    }
}

/// A number of bytes as people write it: `20 MB`, `512 B`. MB is 1,000,000 bytes, MiB 1,048,576.
public struct ByteCount: CustomStringConvertible, Sendable {
    public let bytes: Int64

    public init(_ bytes: Int64) { self.bytes = bytes }

    /// The units that sizes are written in, with their bytes, the large before the small.
    public static let units: [(name: String, bytes: Int64)] = [
        ("GB", 1_000_000_000), ("GiB", 1_073_741_824), ("MB", 1_000_000), ("MiB", 1_048_576), ("KB", 1000),
        ("KiB", 1024), ("B", 1),
    ]

    public var description: String {
        for (name, size) in Self.units where size % 1000 == 0 && bytes >= size {
            // Rounded by the remainder: adding half a tenth first could overflow.
            let tenth = size / 10
            let tenths = bytes / tenth + (bytes % tenth >= tenth / 2 ? 1 : 0)
            return tenths % 10 == 0 ? "\(tenths / 10) \(name)" : "\(tenths / 10).\(tenths % 10) \(name)"
        }
        return "\(bytes) B"
    }
}

extension Value {
    /// The type of the value where nothing else tells it; a bare number is an `int`.
    public var naturalType: ValueType {
        switch self {
        case .bool: .bool
        case .number: .int
        case .text: .text
        case .address: .address
        case .domain: .domain
        case .ip: .ip
        case .fileType: .fileType
        case .encryption: .encryption
        case .hash: .hash
        case .symbol: .symbol
        }
    }
}
