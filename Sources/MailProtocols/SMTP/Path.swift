/// An address of the envelope, as it was received: neither folded nor normalised, since its owner's server alone knows
/// what it means (RFC 5321 2.4).
public struct Mailbox: Hashable, Sendable, Codable, CustomStringConvertible {
    /// With the quotes and backslashes that it came with.
    public let localPart: String
    /// A name, or an address in brackets; `nil` for `<Postmaster>`, the one mailbox that needs none.
    public let domain: String?

    public init(localPart: String, domain: String?) {
        self.localPart = localPart
        self.domain = domain
    }

    /// As it stands between the angle brackets.
    public var description: String { domain.map { "\(localPart)@\($0)" } ?? localPart }

    /// Whether it can only be sent to a server that offers SMTPUTF8 (RFC 6531).
    public var needsSMTPUTF8: Bool { !description.utf8.allSatisfy { $0 < 0x80 } }
}

/// Where a failure is reported to: `<>` for mail that begets no report.
public enum ReversePath: Hashable, Sendable, Codable, CustomStringConvertible {
    case null
    case mailbox(Mailbox)

    public var mailbox: Mailbox? {
        if case .mailbox(let mailbox) = self { return mailbox }
        return nil
    }

    /// With its brackets.
    public var description: String { "<\(mailbox?.description ?? "")>" }
}

/// Why a path is none.
enum PathFault: Error {
    case syntax
    case tooLong
    case notUTF8
}

/// Reads paths (RFC 5321 4.1.2), leniently where leniency is harmless: the servers before and behind us decide whether an
/// odd local part is theirs. What could be read in two ways is refused: controls, brackets and blanks outside of quotes, an
/// unclosed quote.
struct PathParser {
    let limits: ProtocolLimits

    /// - Parameter bytes: with the angle brackets.
    func reversePath(_ bytes: ArraySlice<UInt8>) throws(PathFault) -> ReversePath {
        guard let mailbox = try mailbox(bytes) else { return .null }
        guard mailbox.domain != nil else { throw .syntax }
        return .mailbox(mailbox)
    }

    /// - Parameter bytes: with the angle brackets.
    func forwardPath(_ bytes: ArraySlice<UInt8>) throws(PathFault) -> Mailbox {
        guard let mailbox = try mailbox(bytes) else { throw .syntax }
        return mailbox
    }

    /// - Returns: `nil` for the null path.
    private func mailbox(_ bytes: ArraySlice<UInt8>) throws(PathFault) -> Mailbox? {
        guard bytes.first == UInt8(ascii: "<"), bytes.last == UInt8(ascii: ">"), bytes.count >= 2 else {
            throw .syntax
        }
        let inner = try withoutRoute(bytes.dropFirst().dropLast())
        guard !inner.isEmpty else { return nil }
        guard inner.count <= limits.mailboxBytes else { throw .tooLong }
        guard let text = String(validating: inner, as: UTF8.self) else { throw .notUTF8 }
        guard let at = try endOfLocalPart(inner) else {
            guard text.lowercased() == "postmaster" else { throw .syntax }
            return Mailbox(localPart: text, domain: nil)
        }
        let local = inner[..<at]
        let domain = inner[(at + 1)...]
        guard !local.isEmpty, isDomain(domain) else { throw .syntax }
        return Mailbox(
            localPart: String(decoding: local, as: UTF8.self), domain: String(decoding: domain, as: UTF8.self))
    }

    /// RFC 5321 appendix C: a source route is read and ignored.
    private func withoutRoute(_ bytes: ArraySlice<UInt8>) throws(PathFault) -> ArraySlice<UInt8> {
        guard bytes.first == UInt8(ascii: "@") else { return bytes }
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")) else { throw .syntax }
        let rest = bytes[(colon + 1)...]
        guard !rest.isEmpty else { throw .syntax }
        return rest
    }

    /// Where the `@` stands that ends the local part: the last one outside of quotes.
    private func endOfLocalPart(_ bytes: ArraySlice<UInt8>) throws(PathFault) -> Int? {
        var isQuoted = false
        var isEscaped = false
        var at: Int?
        for index in bytes.indices {
            let byte = bytes[index]
            guard !ASCII.isControl(byte) else { throw .syntax }
            if isEscaped {
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == UInt8(ascii: "\"") {
                isQuoted.toggle()
            } else if !isQuoted {
                switch byte {
                case UInt8(ascii: "@"): at = index
                case ASCII.space, UInt8(ascii: "<"), UInt8(ascii: ">"): throw .syntax
                default: break
                }
            }
        }
        guard !isQuoted, !isEscaped else { throw .syntax }
        return at
    }

    /// A name of letters, digits, hyphens, underscores and what is beyond ASCII; or a literal in brackets.
    private func isDomain(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard bytes.first != UInt8(ascii: "[") else {
            return bytes.count > 2 && bytes.last == UInt8(ascii: "]")
                && bytes.dropFirst().dropLast().allSatisfy {
                    ASCII.isGraphic($0) && $0 != UInt8(ascii: "[") && $0 != UInt8(ascii: "]")
                        && $0 != UInt8(ascii: "\\")
                }
        }
        let labels = bytes.split(separator: ASCII.dot, omittingEmptySubsequences: false)
        return labels.allSatisfy { label in
            !label.isEmpty
                && label.allSatisfy {
                    ASCII.isLetter($0) || ASCII.isDigit($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
                        || $0 >= 0x80
                }
        }
    }
}
