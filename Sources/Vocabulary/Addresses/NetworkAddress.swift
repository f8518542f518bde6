/// An IPv4 or IPv6 address. An IPv4 address mapped into IPv6 is the IPv4 address.
public struct IPAddress: Hashable, Sendable {
    /// Four or sixteen bytes, in network order.
    public let bytes: [UInt8]

    /// From its text, `nil` where it is none. Brackets and the tag `IPv6:` of an address literal (RFC 5321) are
    /// taken off; a scope (`%eth0`) is refused.
    public init?(_ string: String) {
        var text = Substring(string)
        if text.hasPrefix("["), text.hasSuffix("]") { text = text.dropFirst().dropLast() }
        if text.lowercased().hasPrefix("ipv6:") { text = text.dropFirst(5) }
        if let four = Self.parseIPv4(text) {
            bytes = four
        } else if let sixteen = Self.parseIPv6(text) {
            let isMapped = sixteen[..<10].allSatisfy { $0 == 0 } && sixteen[10] == 0xff && sixteen[11] == 0xff
            bytes = isMapped ? Array(sixteen[12...]) : sixteen
        } else {
            return nil
        }
    }

    private static func parseIPv4(_ text: Substring) -> [UInt8]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var bytes: [UInt8] = []
        for part in parts {
            guard (1...3).contains(part.utf8.count), part.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
                let byte = UInt8(part)
            else { return nil }
            bytes.append(byte)
        }
        return bytes
    }

    private static func parseIPv6(_ text: Substring) -> [UInt8]? {
        guard text.utf8.count <= 45, text.contains(":") else { return nil }
        var halves: [[UInt8]] = [[]]
        let pieces = text.split(separator: ":", omittingEmptySubsequences: false)
        var index = 0
        while index < pieces.count {
            let piece = pieces[index]
            if piece.isEmpty {
                // "::" gives one empty piece inside, two at an end.
                let isAtStart = index == 0 && pieces.count > 2 && pieces[1].isEmpty
                let isAtEnd = index == pieces.count - 2 && pieces[index + 1].isEmpty
                guard halves.count == 1, isAtStart || isAtEnd || (index > 0 && index < pieces.count - 1) else {
                    return nil
                }
                halves.append([])
                index += isAtStart && pieces.count == 3 && pieces[2].isEmpty ? 3 : isAtStart || isAtEnd ? 2 : 1
                continue
            }
            if piece.contains(".") {
                guard index == pieces.count - 1, let four = parseIPv4(piece) else { return nil }
                halves[halves.count - 1] += four
            } else {
                guard piece.utf8.count <= 4, let word = UInt16(piece, radix: 16), !piece.hasPrefix("+") else {
                    return nil
                }
                halves[halves.count - 1] += [UInt8(word >> 8), UInt8(word & 0xff)]
            }
            index += 1
        }
        let length = halves.reduce(0) { $0 + $1.count }
        if halves.count == 1 { return length == 16 ? halves[0] : nil }
        guard length <= 14 else { return nil }
        return halves[0] + [UInt8](repeating: 0, count: 16 - length) + halves[1]
    }
}

extension IPAddress: CustomStringConvertible {
    /// Dotted for IPv4; for IPv6 eight groups without compression, which is plain to compare.
    public var description: String {
        if bytes.count == 4 { return bytes.map(String.init).joined(separator: ".") }
        return stride(from: 0, to: bytes.count, by: 2)
            .map { String(UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]), radix: 16) }
            .joined(separator: ":")
    }
}

extension IPAddress: Codable {
    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let address = IPAddress(text) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "not an IP address: \(text)"))
        }
        self = address
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

/// A network in CIDR notation; an address alone is the network of that one address.
public struct Network: Hashable, Sendable {
    public let address: IPAddress
    /// Bits that count, at most 32 or 128.
    public let prefixLength: Int

    /// From `192.0.2.0/24` and the like; `nil` where it is none or the length is out of range.
    public init?(_ string: String) {
        let parts = string.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, let address = IPAddress(String(first)) else { return nil }
        let widest = address.bytes.count * 8
        var length = widest
        if parts.count == 2 {
            guard parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }), let given = Int(parts[1]), given <= widest
            else { return nil }
            length = given
        }
        self.address = address
        prefixLength = length
    }

    /// Whether the address lies in the network; never across families.
    public func contains(_ other: IPAddress) -> Bool {
        guard other.bytes.count == address.bytes.count else { return false }
        let whole = prefixLength / 8
        guard address.bytes[..<whole].elementsEqual(other.bytes[..<whole]) else { return false }
        let rest = prefixLength % 8
        if rest == 0 { return true }
        let mask = UInt8(truncatingIfNeeded: 0xff00 >> rest)
        return address.bytes[whole] & mask == other.bytes[whole] & mask
    }
}

extension Network {
    /// The network as it is usually written, its host bits off: `10.0.0.0/8` of `10.0.0.1/8`.
    public var base: String {
        let bytes = address.bytes.enumerated().map { index, byte in
            let kept = min(max(prefixLength - index * 8, 0), 8)
            return byte & UInt8(truncatingIfNeeded: 0xff00 >> kept)
        }
        guard bytes.count == 16 else { return bytes.map(String.init).joined(separator: ".") + "/\(prefixLength)" }
        let words = stride(from: 0, to: 16, by: 2).map { UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]) }
        let used = words.count - words.reversed().prefix { $0 == 0 }.count
        let head = words.prefix(used).map { String($0, radix: 16) }.joined(separator: ":")
        return head + (used < 8 ? "::" : "") + "/\(prefixLength)"
    }

    /// Whether bits behind the prefix are set.
    public var hasHostBits: Bool { Network(base)?.address != address }
}

extension Network: CustomStringConvertible {
    public var description: String { "\(address)/\(prefixLength)" }
}
