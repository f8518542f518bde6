/// One field of a header section: where its name and value lie. Decoding happens when asked for.
public struct HeaderField: Sendable, Equatable {
    /// The buffer the ranges refer to.
    public let bytes: MessageBytes
    /// The name, without colon and white space.
    public let nameRange: Range<Int>
    /// The value as sent, folds kept, without the last line end.
    public let valueRange: Range<Int>
    /// The whole field with its last line end.
    public let lineRange: Range<Int>

    /// The name as written.
    public var name: String { bytes.text(nameRange) }

    /// The value as sent, folds kept.
    public var rawValue: ArraySlice<UInt8> { bytes[valueRange] }

    /// Whether the name is `other`, whatever the case.
    public func isNamed(_ other: String) -> Bool {
        let other = other.utf8
        guard other.count == nameRange.count else { return false }
        return zip(bytes.array[nameRange], other).allSatisfy { asciiLowercase($0) == asciiLowercase($1) }
    }

    /// The value's bytes with line ends removed and outer white space trimmed (RFC 5322 section 2.2.3).
    public var unfoldedBytes: [UInt8] { unfold(rawValue) }

    /// The unfolded value as text: UTF-8 with replacement characters, encoded words left alone.
    public var unfolded: String { String(decoding: unfoldedBytes, as: UTF8.self) }

    /// The unfolded value with encoded words decoded (RFC 2047); unlabelled 8-bit bytes are taken as UTF-8 or else
    /// windows-1252. Bounded by `limit` bytes of value.
    public func decodedText(limit: Int = MessageLimits().valueBytes) -> String {
        HeaderDecoding.text(Array(unfoldedBytes.prefix(limit)))
    }

    /// The mailboxes of an address field, groups flattened (RFC 5322 section 3.4), display names decoded.
    public func addresses(limit: Int = MessageLimits().valueBytes) -> [MailAddress] {
        HeaderDecoding.addresses(Array(unfoldedBytes.prefix(limit)))
    }

    /// The date-time of the value in seconds since 1970 UTC, if it can be read as one.
    public var date: Int64? { HeaderDecoding.date(Array(unfoldedBytes.prefix(256))) }

    /// The message identifiers in the value, without angle brackets (Message-ID, In-Reply-To, References).
    public var messageIDs: [String] {
        var found: [String] = []
        var open: Int?
        let value = unfoldedBytes
        for (index, byte) in value.enumerated() {
            if byte == UInt8(ascii: "<") {
                open = index + 1
            } else if byte == UInt8(ascii: ">"), let start = open {
                found.append(String(decoding: value[start..<index], as: UTF8.self))
                open = nil
            }
        }
        return found
    }
}

/// ASCII lower case of one byte.
@inline(__always) func asciiLowercase(_ byte: UInt8) -> UInt8 {
    byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
}

/// Space or tab.
@inline(__always) func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

/// `raw` without CR LF and bare LF, white space of folds kept, outer white space trimmed.
func unfold(_ raw: ArraySlice<UInt8>) -> [UInt8] {
    var low = raw.startIndex
    var high = raw.endIndex
    while low < high, raw[low] <= 0x20 { low += 1 }
    while high > low, raw[high - 1] <= 0x20, raw[high - 1] != 0 { high -= 1 }
    let trimmed = raw[low..<high]
    guard trimmed.contains(0x0A) else { return Array(trimmed) }
    var result: [UInt8] = []
    result.reserveCapacity(trimmed.count)
    for index in trimmed.indices {
        let byte = trimmed[index]
        if byte == 0x0A { continue }
        if byte == 0x0D, index + 1 < high, trimmed[index + 1] == 0x0A { continue }
        result.append(byte)
    }
    return result
}
