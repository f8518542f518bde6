/// A parsed Content-Type (RFC 2045 section 5), or the default that stands for a missing one.
public struct ContentType: Sendable, Equatable {
    /// The type, lower case: `text`.
    public let type: String
    /// The subtype, lower case: `plain`.
    public let subtype: String
    /// The parameters, each base name once, in order of appearance.
    public let parameters: [Parameter]
    /// No Content-Type was there, or none that could be read.
    public let isDefault: Bool

    /// `type/subtype` in lower case.
    public var mediaType: String { "\(type)/\(subtype)" }

    /// The decoded value of a parameter (name in lower case).
    public func parameter(_ name: String) -> String? { parameters.first { $0.name == name }?.value }

    /// The charset parameter.
    public var charset: String? { parameter("charset") }

    /// Whether the type is `multipart`.
    public var isMultipart: Bool { type == "multipart" }

    /// Whether a whole message is inside: message/rfc822, message/global, message/news.
    public var isMessage: Bool {
        type == "message" && (subtype == "rfc822" || subtype == "global" || subtype == "news")
    }

    /// Whether a message that may come in pieces (RFC 2046, 5.2.2) comes in one.
    public var isWholePiece: Bool {
        type == "message" && subtype == "partial" && parameter("number") == "1" && parameter("total") == "1"
    }

    /// The default of RFC 2045 section 5.2.
    static let plainText = ContentType(type: "text", subtype: "plain", parameters: [], isDefault: true)
    /// The default inside multipart/digest (RFC 2046 section 5.1.5).
    static let message = ContentType(type: "message", subtype: "rfc822", parameters: [], isDefault: true)

    init(type: String, subtype: String, parameters: [Parameter], isDefault: Bool) {
        self.type = type
        self.subtype = subtype
        self.parameters = parameters
        self.isDefault = isDefault
    }

    /// The type of `value`, or nil when it names none.
    init?(_ value: StructuredValue) {
        guard let slash = value.primary.firstIndex(of: 0x2F) else { return nil }
        let type = value.primary[..<slash].filter { $0 > 0x20 }.map(asciiLowercase)
        let rest = value.primary[(slash + 1)...].drop { $0 <= 0x20 }
        let subtype = rest.prefix { $0 > 0x20 && $0 != 0x2C && $0 != 0x3D }.map(asciiLowercase)
        guard !type.isEmpty, !subtype.isEmpty else { return nil }
        self.init(
            type: String(decoding: type, as: UTF8.self), subtype: String(decoding: subtype, as: UTF8.self),
            parameters: value.parameters, isDefault: false)
    }
}

/// A parsed Content-Disposition (RFC 2183).
public struct ContentDisposition: Sendable, Equatable {
    /// `inline`, `attachment` or another word, lower case.
    public let kind: String
    /// The parameters, each base name once.
    public let parameters: [Parameter]

    /// Whether it says attachment.
    public var isAttachment: Bool { kind == "attachment" }

    /// The decoded value of a parameter (name in lower case).
    public func parameter(_ name: String) -> String? { parameters.first { $0.name == name }?.value }

    init(_ value: StructuredValue) {
        kind = String(decoding: value.primary.map(asciiLowercase), as: UTF8.self)
        parameters = value.parameters
    }
}
