/// Why something could not be read. A set, because a container may be locked in one place and damaged in another.
///
/// Invariant: sixteen bits, of which the topmost stays free; `Truth` uses it.
public struct Reasons: OptionSet, Hashable, Sendable {
    public let rawValue: UInt16

    public init(rawValue: UInt16) { self.rawValue = rawValue }

    public static let pgpMIME = Reasons(rawValue: 1 << 0)
    public static let pgpInline = Reasons(rawValue: 1 << 1)
    public static let smime = Reasons(rawValue: 1 << 2)
    public static let encryptedArchive = Reasons(rawValue: 1 << 3)
    public static let encryptedOffice = Reasons(rawValue: 1 << 4)
    public static let encryptedPDF = Reasons(rawValue: 1 << 5)
    public static let encryptedOther = Reasons(rawValue: 1 << 6)
    /// The format is broken, so that readers may see another content than we do, or none.
    public static let damaged = Reasons(rawValue: 1 << 7)
    /// Real readers would see different contents.
    public static let ambiguous = Reasons(rawValue: 1 << 8)
    /// No extractor knows this format.
    public static let unsupported = Reasons(rawValue: 1 << 9)
    /// A named limit was reached before the end.
    public static let overLimit = Reasons(rawValue: 1 << 10)
    /// An engine gave no answer.
    public static let engineDown = Reasons(rawValue: 1 << 11)

    /// Every kind of encryption.
    public static let encrypted: Reasons = [
        .pgpMIME, .pgpInline, .smime, .encryptedArchive, .encryptedOffice, .encryptedPDF, .encryptedOther,
    ]

    /// All reasons there are.
    public static let all: Reasons = [.encrypted, .damaged, .ambiguous, .unsupported, .overLimit, .engineDown]

    /// How many single reasons there are.
    static let count = 12

    /// Each single reason in the set, lowest bit first.
    public var singles: [Reasons] {
        (0..<Self.count).compactMap { bit in
            let one = Reasons(rawValue: 1 << bit)
            return contains(one) ? one : nil
        }
    }

    /// The name a policy gives a single reason; `nil` for sets that have no name.
    ///
    /// The kinds of encryption all bear the name `encrypted`; their kind is in `encryptionKind`.
    public var name: ReasonName? { ReasonName.allCases.first { !isEmpty && $0.reasons.isSuperset(of: self) } }

    /// The kind of encryption of a single reason, `nil` for the others.
    public var encryptionKind: EncryptionKind? {
        EncryptionKind.allCases.first { $0.reason == self }
    }

    /// How the reasons are written in output: `encrypted (archive)`, `damaged`.
    public var names: [String] {
        singles.map { one in
            if let kind = one.encryptionKind { return "encrypted (\(kind.rawValue))" }
            return one.name?.rawValue ?? "unknown"
        }
    }
}

/// The names of reasons, as a policy writes them; every kind of encryption is `encrypted`.
public enum ReasonName: String, CaseIterable, Sendable {
    case encrypted
    case damaged
    case ambiguous
    case unsupported
    case overLimit = "over-limit"
    case engineDown = "engine-down"

    /// What it means: one reason, or all kinds of encryption.
    public var reasons: Reasons {
        switch self {
        case .encrypted: .encrypted
        case .damaged: .damaged
        case .ambiguous: .ambiguous
        case .unsupported: .unsupported
        case .overLimit: .overLimit
        case .engineDown: .engineDown
        }
    }
}

/// The kinds of encryption a policy can tell apart.
public enum EncryptionKind: String, CaseIterable, Codable, Sendable {
    case pgpMIME = "pgp-mime"
    case pgpInline = "pgp-inline"
    case smime
    case archive
    case office
    case pdf
    case other

    /// The reason with which content of this kind is unknown.
    public var reason: Reasons {
        switch self {
        case .pgpMIME: .pgpMIME
        case .pgpInline: .pgpInline
        case .smime: .smime
        case .archive: .encryptedArchive
        case .office: .encryptedOffice
        case .pdf: .encryptedPDF
        case .other: .encryptedOther
        }
    }
}

/// The kinds of signatures a policy can tell apart.
public enum SignatureKind: String, CaseIterable, Sendable {
    case pgpMIME = "pgp-mime"
    case pgpInline = "pgp-inline"
    case smime
}

extension Reasons: Codable {
    /// Written as the list of names, so that a reader of the JSON needs no table of bits.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(names)
    }

    public init(from decoder: any Decoder) throws {
        let names = try decoder.singleValueContainer().decode([String].self)
        var reasons: Reasons = []
        for name in names {
            guard let one = Reasons.all.singles.first(where: { $0.names == [name] }) else {
                throw DecodingError.dataCorrupted(
                    .init(codingPath: decoder.codingPath, debugDescription: "no reason is called \(name)"))
            }
            reasons.formUnion(one)
        }
        self = reasons
    }
}
