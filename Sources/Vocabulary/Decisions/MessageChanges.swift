/// How a message is to be changed before it goes on to some of its recipients, or into an area.
public struct MessageChanges: Hashable, Sendable, Codable {
    /// A field to be added, its value as a reader sees it.
    public struct Field: Hashable, Sendable, Codable {
        public var name: String
        public var value: String

        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    public var strippedParts: [StrippedPart]
    public var removedFields: [String]
    public var addedFields: [Field]
    /// In the order in which they stand before the subject.
    public var subjectTags: [String]
    /// In the order in which they stand below the text.
    public var disclaimers: [Disclaimer]

    /// A disclaimer, filled in.
    public struct Disclaimer: Hashable, Sendable, Codable {
        public var text: String
        /// The same, with everything that would be markup escaped.
        public var html: String

        public init(text: String, html: String) {
            self.text = text
            self.html = html
        }
    }

    public init(
        strippedParts: [StrippedPart] = [], removedFields: [String] = [], addedFields: [Field] = [],
        subjectTags: [String] = [], disclaimers: [Disclaimer] = []
    ) {
        self.strippedParts = strippedParts
        self.removedFields = removedFields
        self.addedFields = addedFields
        self.subjectTags = subjectTags
        self.disclaimers = disclaimers
    }

    /// Nothing is changed: the message goes on byte for byte.
    public var isEmpty: Bool { self == MessageChanges() }

    /// What a decision asks for.
    ///
    /// - Parameter disclaimers: what was written because of the decisions on the message.
    public init(_ decision: Decision, disclaimers: [WrittenDisclaimer] = []) {
        self.init()
        for planned in decision.actions {
            switch planned.action {
            case .strip(let parts): strippedParts += parts.filter { !strippedParts.contains($0) }
            case .removeHeader(let name): removedFields.append(name)
            case .addHeader(let name, let value): addedFields.append(Field(name: name, value: value))
            case .tagSubject(let tag): subjectTags.append(tag)
            case .disclaimer(let template):
                let recipient = WrittenText.line(decision.recipient.addrSpec, upTo: WrittenTextLimits.valueBytes)
                let written = disclaimers.first { one in
                    one.rule == planned.rule && one.template == template && one.recipients.contains(recipient)
                }
                if let written { self.disclaimers.append(Disclaimer(text: written.text, html: written.html)) }
            case .redirect, .deliverVia, .copy, .notify, .log: break
            }
        }
    }
}

/// A message as it goes on, changed.
public struct RewrittenMessage: Equatable, Sendable, Codable {
    public var bytes: [UInt8]
    /// What somebody may miss in it, in order.
    public var remarks: [RewritingRemark]

    public init(bytes: [UInt8], remarks: [RewritingRemark] = []) {
        self.bytes = bytes
        self.remarks = remarks
    }
}

/// What a change did besides, or could not do; for the log.
public struct RewritingRemark: Hashable, Sendable, Codable {
    public enum Kind: String, Hashable, Sendable, Codable {
        /// A signature of the sender no longer holds.
        case signatureBroken = "signature-broken"
        /// A signature of a server in a `DKIM-Signature` or an `ARC-Seal` field no longer holds; we are to sign anew.
        case domainSignatureBroken = "domain-signature-broken"
        /// A disclaimer was left out: the text is signed or encrypted, there is none, or it cannot be read.
        case disclaimerLeftOut = "disclaimer-left-out"
    }

    public let kind: Kind
    /// The part's path; `nil` for the message as a whole.
    public let part: String?

    public init(_ kind: Kind, part: String? = nil) {
        self.kind = kind
        self.part = part
    }

    /// In words, without a full stop.
    public var sentence: String {
        let place = part.map { " of part \($0)" } ?? ""
        switch kind {
        case .signatureBroken: return "the signature\(place) no longer holds"
        case .domainSignatureBroken: return "the DKIM or ARC signature no longer holds"
        case .disclaimerLeftOut: return "the disclaimer was left out\(part.map { " of part \($0)" } ?? "")"
        }
    }
}
