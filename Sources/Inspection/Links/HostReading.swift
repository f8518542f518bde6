import Foundation
import Vocabulary

/// The host of a web address, as far as it can be told.
enum HostReading: Hashable {
    /// The address has none: `mailto:`, `javascript:`.
    case none
    /// A name, an IPv4 address in its usual notation, or an IPv6 address in brackets.
    case known(Domain)
    /// No name and no address; browsers refuse it, others may guess.
    case broken([UInt8])
    /// Clients that keep to different standards go to different hosts.
    case ambiguous

    /// The host of an address on the web: escapes resolved, letters mapped to their plain form, numbers read as browsers
    /// read them.
    init(_ written: ArraySlice<UInt8>) {
        guard !written.isEmpty else {
            self = .none
            return
        }
        if written.first == UInt8(ascii: "[") {
            let inner = written.dropFirst().prefix { $0 != UInt8(ascii: "]") && $0 != UInt8(ascii: "%") }
            let address = written.last == UInt8(ascii: "]") ? IPAddress(String(decoding: inner, as: UTF8.self)) : nil
            self = address.map { .known(Self.domain(of: $0)) } ?? .broken(Array(written))
            return
        }
        var name = WebAddress.unescaped(written)
        if name.contains(where: { $0 >= 0x80 }) { name = Self.mapped(name) }
        while name.last == UInt8(ascii: ".") { name.removeLast() }
        guard !name.isEmpty, !name.contains(where: Self.isForbidden) else {
            self = .broken(Array(written))
            return
        }
        if Self.endsInNumber(name) {
            self = Self.address(name).map { .known(Domain($0)) } ?? .broken(Array(written))
        } else {
            self = .known(Domain(Text(utf8: name)))
        }
    }

    /// The host of any other address: as it is written.
    init(plain written: ArraySlice<UInt8>) {
        self = written.isEmpty ? .none : .known(Domain(Text(utf8: Array(written))))
    }

    var value: FactValue {
        switch self {
        case .none: .absent
        case .known(let domain): .known(.domain(domain))
        case .broken: .unknown(.damaged)
        case .ambiguous: .unknown(.ambiguous)
        }
    }

    var domain: Domain? { if case .known(let domain) = self { domain } else { nil } }

    /// For reports and comparison.
    var written: [UInt8] {
        switch self {
        case .none: []
        case .known(let domain): domain.name.utf8
        case .broken(let bytes): bytes
        case .ambiguous: Array("?".utf8)
        }
    }

    private static func domain(of address: IPAddress) -> Domain {
        Domain(address.bytes.count == 4 ? address.description : "[\(address)]")
    }

    /// What no name of a host may hold (WHATWG, forbidden domain code points).
    private static func isForbidden(_ byte: UInt8) -> Bool {
        switch byte {
        case 0...0x20, 0x7F, 0x23, 0x25, 0x2F, 0x3A, 0x3C, 0x3E, 0x3F, 0x40, 0x5B...0x5E, 0x7C: true
        default: false
        }
    }

    /// The name with letters in their plain form, as UTS 46 maps them: `ｅｘａｍｐｌｅ。com` is `example.com`. Marks that nobody
    /// sees go; the two joiners stay, for some scripts need them.
    private static func mapped(_ name: [UInt8]) -> [UInt8] {
        var plain = ""
        for scalar in String(decoding: name, as: UTF8.self).precomposedStringWithCompatibilityMapping.unicodeScalars {
            switch scalar {
            case "\u{3002}": plain.unicodeScalars.append(".")
            case "\u{200C}", "\u{200D}": plain.unicodeScalars.append(scalar)
            default: if !scalar.properties.isDefaultIgnorableCodePoint { plain.unicodeScalars.append(scalar) }
            }
        }
        return CaseFolding.fold(Array(plain.utf8))
    }

    // MARK: - IPv4

    private static func endsInNumber(_ name: [UInt8]) -> Bool {
        let last = name.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).last ?? []
        return !last.isEmpty && (last.allSatisfy(WebAddress.isDigit) || (isHexadecimal(last) && number(last) != nil))
    }

    private static func isHexadecimal(_ part: ArraySlice<UInt8>) -> Bool {
        part.count >= 2 && part.first == 0x30 && part[part.startIndex + 1] | 0x20 == UInt8(ascii: "x")
    }

    /// A part of an address: decimal, octal behind a zero, hexadecimal behind `0x`.
    private static func number(_ part: ArraySlice<UInt8>) -> UInt64? {
        var digits = part
        var base: UInt64 = 10
        if isHexadecimal(part) {
            digits = part.dropFirst(2)
            base = 16
        } else if part.count > 1, part.first == 0x30 {
            base = 8
        }
        var value: UInt64 = 0
        for byte in digits {
            guard let digit = HexDigit.value(byte), UInt64(digit) < base, value <= UInt64(UInt32.max) else {
                return nil
            }
            value = value * base + UInt64(digit)
        }
        return value
    }

    /// The usual notation of an address in one to four numbers, of which the last fills what the others leave.
    private static func address(_ name: [UInt8]) -> String? {
        let parts = name.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count <= 4, !parts.contains(where: \.isEmpty) else { return nil }
        let numbers = parts.compactMap(number)
        guard numbers.count == parts.count, let last = numbers.last, numbers.dropLast().allSatisfy({ $0 < 256 }),
            last < UInt64(1) << UInt64(8 * (5 - numbers.count))
        else { return nil }
        var value = last
        for (index, number) in numbers.dropLast().enumerated() { value |= number << UInt64(8 * (3 - index)) }
        return [24, 16, 8, 0].map { String(value >> UInt64($0) & 255) }.joined(separator: ".")
    }
}
