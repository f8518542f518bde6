/// A group, a typed list, or the operands of `in (…)`: what a value can be looked up in.
public struct ValueSet: Sendable, Equatable, Codable {
    /// The name of the group or list; `nil` for operands written out.
    public let name: String?
    public let type: ValueType
    /// As the policy lists them, in source order and without repetition, for output and the bundle.
    public let entries: [String]

    private let exact: Set<[UInt8]>
    private let patterns: [AddressPattern]
    private let networks: [Network]
    /// Domains of `policy.domains` that stand for their subdomains.
    private let wildcards: [OwnDomain]

    /// Builds a set from its entries' texts.
    ///
    /// - Throws: `ValueSetFault` naming the first entry that is no value of the type.
    public init(name: String?, type: ValueType, entries: [String]) throws(ValueSetFault) {
        var exact: Set<[UInt8]> = []
        var patterns: [AddressPattern] = []
        var networks: [Network] = []
        var wildcards: [OwnDomain] = []
        var kept: [String] = []
        var seen: Set<String> = []
        for entry in entries where seen.insert(entry).inserted {
            kept.append(entry)
            switch type {
            case .address:
                let pattern = AddressPattern(entry)
                if pattern.isExact { exact.insert(pattern.glob) } else { patterns.append(pattern) }
            case .ip:
                guard let network = Network(entry) else { throw ValueSetFault(entry: entry, type: type) }
                networks.append(network)
            case .domain where OwnDomain(entry).isWildcard:
                wildcards.append(OwnDomain(entry))
            default:
                guard let key = Self.key(ofEntry: entry, type: type) else {
                    throw ValueSetFault(entry: entry, type: type)
                }
                exact.insert(key)
            }
        }
        self.name = name
        self.type = type
        self.entries = kept
        self.exact = exact
        self.patterns = patterns
        self.networks = networks
        self.wildcards = wildcards
    }

    /// Whether the value is in the set. Constant time but for patterns and networks, which are tried in turn.
    public func contains(_ value: Value) -> Bool {
        switch (type, value) {
        case (.address, .address(let address)):
            let folded = address.folded
            return exact.contains(folded) || patterns.contains { Glob.matches($0.glob, folded) }
        case (.domain, .domain(let domain)) where !wildcards.isEmpty:
            return exact.contains(domain.name.utf8) || wildcards.contains { $0.covers(domain) }
        case (.ip, .ip(let address)):
            return networks.contains { $0.contains(address) }
        case (.fileType, .fileType(let fileType)):
            return entries.contains { name in FileType.named(name).map(fileType.isSubtype(of:)) ?? false }
        default:
            return Self.key(of: value).map(exact.contains) ?? false
        }
    }

    private static func key(ofEntry entry: String, type: ValueType) -> [UInt8]? {
        switch type {
        case .domain: return Domain(entry).name.utf8
        case .hash:
            let digits = CaseFolding.fold(Array(entry.utf8))
            let isHexadecimal = digits.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
            return isHexadecimal && digits.count == 64 ? digits : nil
        case .fileType: return FileType.named(entry).map { Array($0.name.utf8) }
        case .encryption: return EncryptionKind(rawValue: entry).map { Array($0.rawValue.utf8) }
        case .text, .symbol: return CaseFolding.fold(Array(entry.utf8))
        case .int, .decimal, .size, .duration, .time: return Int64(entry).map { Array(String($0).utf8) }
        case .bool, .address, .ip: return nil
        }
    }

    private static func key(of value: Value) -> [UInt8]? {
        switch value {
        case .text(let text): text.folded
        case .domain(let domain): domain.name.utf8
        case .hash(let bytes): Array(Value.hexadecimal(bytes).utf8)
        case .symbol(let name): Array(name.utf8)
        case .encryption(let kind): Array(kind.rawValue.utf8)
        case .number(let number): Array(String(number).utf8)
        case .bool, .address, .ip, .fileType: nil
        }
    }

    private enum CodingKeys: String, CodingKey {
        case name
        case type
        case entries
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            name: container.decodeIfPresent(String.self, forKey: .name),
            type: container.decode(ValueType.self, forKey: .type),
            entries: container.decode([String].self, forKey: .entries))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(name, forKey: .name)
        try container.encode(type, forKey: .type)
        try container.encode(entries, forKey: .entries)
    }
}

/// An entry of a list that is no value of the list's type.
public struct ValueSetFault: Error, Equatable, Sendable {
    public let entry: String
    public let type: ValueType
}

extension Value {
    /// Whether a fact's value is what an operand of the same type says: addresses and texts after folding, file types
    /// by the lattice (`mp4` is `video`), everything else by identity.
    public func isSame(as operand: Value, exactly: Bool = false) -> Bool {
        switch (self, operand) {
        case (.text(let own), .text(let other)):
            exactly ? own == other : own.folded == other.folded
        case (.address(let own), .address(let other)):
            own.folded == other.folded
        case (.fileType(let own), .fileType(let other)):
            own.isSubtype(of: other)
        default:
            self == operand
        }
    }
}

/// The order relations of the language.
public enum Order: String, Sendable, Codable, CaseIterable {
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="

    public func holds(_ left: Int64, _ right: Int64) -> Bool {
        switch self {
        case .less: left < right
        case .lessOrEqual: left <= right
        case .greater: left > right
        case .greaterOrEqual: left >= right
        }
    }

    /// Compares a total that is only known to lie in an interval; unknown where the interval straddles the bound.
    ///
    /// - Parameters:
    ///   - highest: the greatest possible total; `nil` when nothing bounds it.
    ///   - reasons: why the interval is open.
    public func holds(from lowest: Int64, to highest: Int64?, _ bound: Int64, reasons: Reasons) -> Truth {
        let atLowest = holds(lowest, bound)
        let atHighest: Bool =
            if let highest {
                holds(highest, bound)
            } else {
                self == .greater || self == .greaterOrEqual
            }
        if atLowest == atHighest { return Truth(atLowest) }
        return .unknown(reasons)
    }
}
