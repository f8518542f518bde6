import Diagnostics
import Syntax
import Vocabulary

extension ExpressionChecker {
    /// A literal as a value of the expected type; what does not fit is reported with what would.
    func value(_ literal: Literal, expecting expected: Expected) -> Vocabulary.Value? {
        switch literal {
        case .text(let text): return value(text, expected)
        case .quantity(let quantity): return number(quantity, expecting: expected).map { .number($0) }
        case .bool(let value, let span):
            if expected.type == .bool { return .bool(value) }
            report(SemanticsDiagnostics.wrongLiteral(span, context.text(span), expected: expected))
            return nil
        case .date(let date):
            if expected.type == .time { return .number(Self.seconds(of: date)) }
            report(SemanticsDiagnostics.wrongLiteral(date.span, context.text(date.span), expected: expected))
            return nil
        }
    }

    // MARK: - Texts

    /// A quoted text, typed by what is expected.
    private func value(_ text: TextLiteral, _ expected: Expected) -> Vocabulary.Value? {
        switch expected.type {
        case .text:
            warnOfNever(text, expected)
            return .text(Text(text.value))
        case .address:
            return address(text, expected)
        case .domain:
            guard let domain = DomainSyntax.domain(text.value) else {
                report(SemanticsDiagnostics.badDomain(text, subject: expected.subject))
                return nil
            }
            // Senders may be of a subdomain that somebody else serves; who is asked for as a recipient is one of ours.
            if let fact = expected.fact, [.recipient, .recipients].contains(fact) {
                context.regard(text.value, at: text.span, in: levels)
            }
            return .domain(domain)
        case .ip:
            if let ip = IPAddress(text.value) { return .ip(ip) }
            report(SemanticsDiagnostics.badIPAddress(text, isNetwork: Network(text.value) != nil))
            return nil
        case .hash:
            if let bytes = HexadecimalDigest.bytes(text.value) { return .hash(bytes) }
            report(SemanticsDiagnostics.badHash(text))
            return nil
        case .fileType, .encryption, .symbol:
            report(SemanticsDiagnostics.quotedName(text, expected: expected))
            return nil
        case .int, .decimal, .size, .duration, .time:
            report(SemanticsDiagnostics.quotedNumber(text, expected: expected))
            return nil
        case .bool:
            report(SemanticsDiagnostics.wrongLiteral(text.span, context.text(text.span), expected: expected))
            return nil
        }
    }

    private func address(_ text: TextLiteral, _ expected: Expected) -> Vocabulary.Value? {
        if text.value.contains("*") || text.value.contains("?") {
            report(SemanticsDiagnostics.patternAsAddress(text))
            return nil
        }
        guard let address = DomainSyntax.address(text.value) else {
            let isDomain = text.value.contains(".") && DomainSyntax.domain(text.value) != nil
            report(SemanticsDiagnostics.badAddress(text, subject: expected.subject, isDomain: isDomain))
            return nil
        }
        context.regard(text.value, at: text.span, in: levels)
        return .address(address)
    }

    // MARK: - Numbers

    /// A number in the unit that values of the expected type are counted in.
    func number(_ quantity: Quantity, expecting expected: Expected) -> Int64? {
        let number = quantity.number
        let scaled: (value: Int64, unit: Int64)?
        switch (expected.type, quantity.unit) {
        case (.int, nil) where number.scale == 0:
            return number.mantissa
        case (.decimal, nil):
            scaled = (number.mantissa, 1000)
        case (.size, let unit?):
            scaled = unit.bytes.map { (number.mantissa, $0) }
        case (.duration, let unit?):
            scaled = unit.seconds.map { (number.mantissa, $0) }
        default:
            scaled = nil
        }
        guard let scaled else {
            report(SemanticsDiagnostics.wrongNumber(quantity, context.text(quantity.span), expected: expected))
            return nil
        }
        let (product, overflows) = scaled.value.multipliedReportingOverflow(by: scaled.unit)
        guard !overflows, number.scale <= 18 else {
            report(SemanticsDiagnostics.numberTooLarge(quantity.span))
            return nil
        }
        let (result, rest) = product.quotientAndRemainder(
            dividingBy: (0..<number.scale).reduce(Int64(1)) { power, _ in power * 10 })
        guard rest == 0 else {
            report(SemanticsDiagnostics.numberTooFine(quantity.span, context.text(quantity.span), type: expected.type))
            return nil
        }
        return result
    }

    /// Midnight UTC of a day, in seconds since 1970: the count of days of the civil calendar.
    private static func seconds(of date: DateLiteral) -> Int64 {
        // Years begin in March, so that the leap day is the last of the year.
        let year = Int64(date.month <= 2 ? date.year - 1 : date.year)
        let era = (year >= 0 ? year : year - 399) / 400
        let yearOfEra = year - era * 400
        let dayOfYear = Int64((153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1)
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return (era * 146_097 + dayOfEra - 719_468) * 86_400
    }
}

/// The shapes of domains and addresses as a policy may write them.
public enum DomainSyntax {
    /// A domain; `nil` where the text is none. Letters outside ASCII are let through: the mail may carry them.
    static func domain(_ text: String) -> Domain? {
        let domain = Domain(text)
        let bytes = domain.name.utf8
        guard !bytes.isEmpty, bytes.count <= 253, bytes.first != UInt8(ascii: ".") else { return nil }
        let labels = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let isGood = labels.allSatisfy { label in
            !label.isEmpty && label.count <= 63
                && label.allSatisfy { byte in
                    byte >= 0x80 || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
                        || (0x30...0x39).contains(byte) || (0x61...0x7a).contains(byte)
                }
        }
        return isGood ? domain : nil
    }

    /// A domain of the policy's header, or `*.` and a domain; `nil` where the text is neither.
    static func ownDomain(_ text: String) -> OwnDomain? {
        let own = OwnDomain(text)
        return domain(own.domain.name.string) == nil ? nil : own
    }

    /// An address `local@domain`; `nil` where the text is none.
    public static func address(_ text: String) -> Address? {
        let address = Address(text)
        let local = address.local.utf8
        guard !local.isEmpty, local.allSatisfy({ $0 > 0x20 && $0 != 0x7f }), !local.contains(UInt8(ascii: "<")),
            local.first == UInt8(ascii: "\"") || !local.contains(UInt8(ascii: "@"))
        else { return nil }
        return domain(address.domain.name.string) == nil ? nil : address
    }

    /// Whether a text is a pattern of addresses: an address, a domain, or either with `*` and `?`.
    static func isAddressPattern(_ text: String) -> Bool {
        let plain = String(text.map { $0 == "*" || $0 == "?" ? "x" : $0 })
        return address(plain) != nil || domain(plain) != nil
    }
}

/// SHA-256 digests as a policy writes them.
enum HexadecimalDigest {
    /// The 32 bytes of 64 hexadecimal digits.
    static func bytes(_ text: String) -> [UInt8]? {
        let digits = Array(text.utf8)
        guard digits.count == 64 else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: 64, by: 2) {
            let pair = String(decoding: digits[index..<index + 2], as: UTF8.self)
            guard let byte = UInt8(pair, radix: 16), !pair.hasPrefix("+") else { return nil }
            bytes.append(byte)
        }
        return bytes
    }
}
