/// The words of a template with its places: `Held: {subject}`.
///
/// Read once, when the policy is compiled. What is put into a place is therefore never read again: braces that a sender
/// wrote stay braces.
public struct TemplateText: Hashable, Sendable {
    public enum Piece: Hashable, Sendable {
        case literal(String)
        case placeholder(TemplatePlaceholder)
    }

    public let pieces: [Piece]

    public init(_ pieces: [Piece]) { self.pieces = pieces }

    /// Reads a text as a policy writes it. Braces around anything but a placeholder stand for themselves.
    public init(_ text: String) {
        let bytes = Array(text.utf8)
        var pieces: [Piece] = []
        var end = 0
        for (name, range) in TemplatePlaceholder.occurrences(in: text) {
            guard let placeholder = TemplatePlaceholder(rawValue: name) else { continue }
            if range.lowerBound > end {
                pieces.append(.literal(String(decoding: bytes[end..<range.lowerBound], as: UTF8.self)))
            }
            pieces.append(.placeholder(placeholder))
            end = range.upperBound
        }
        if end < bytes.count { pieces.append(.literal(String(decoding: bytes[end...], as: UTF8.self))) }
        self.pieces = pieces
    }
}

/// The words of a notice or a disclaimer, by language.
public struct MessageTemplate: Hashable, Sendable {
    public struct Version: Hashable, Sendable {
        public var language: String
        public var subject: TemplateText
        public var body: TemplateText

        public init(language: String, subject: TemplateText, body: TemplateText) {
            self.language = language
            self.subject = subject
            self.body = body
        }
    }

    public var name: String
    /// By language, each once.
    public var versions: [Version]

    public init(name: String, versions: [Version]) {
        self.name = name
        self.versions = versions
    }

    /// The version for readers of these languages, the preferred first: in the first of them that the template has,
    /// a region apart (`fr` serves `fr-CA`); else in English; else the first one.
    public func version(for languages: [String]) -> Version? {
        for language in languages + ["en"] {
            if let exact = versions.first(where: { $0.language == language }) { return exact }
            let wanted = LanguageTag.primary(language)
            if let near = versions.first(where: { LanguageTag.primary($0.language) == wanted }) { return near }
        }
        return versions.first
    }
}

/// Tags of languages (RFC 5646).
public enum LanguageTag {
    /// `fr`, `en-GB`: two or three letters and what may follow them.
    public static func isPlausible(_ tag: String) -> Bool {
        let pieces = tag.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard let first = pieces.first, (2...3).contains(first.count), first.allSatisfy({ (0x61...0x7a).contains($0) })
        else { return false }
        return pieces.dropFirst().allSatisfy { piece in
            (2...8).contains(piece.count)
                && piece.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x7a).contains($0 | 0x20) }
        }
    }

    /// The language without its region: `en` of `en-GB`.
    public static func primary(_ tag: String) -> Substring { tag.prefix { $0 != "-" } }
}

/// What a program knows for the texts it has written: whose policy it is, its templates, and how its rules are called.
public struct PolicyWords: Equatable, Sendable {
    /// The name in the policy's header.
    public var policy: String
    public var organisation: Organisation
    public var templates: [MessageTemplate]
    /// The titles of rules that have one, by the rules' names.
    public var titles: [String: String]

    public init(
        policy: String, organisation: Organisation, templates: [MessageTemplate] = [], titles: [String: String] = [:]
    ) {
        self.policy = policy
        self.organisation = organisation
        self.templates = templates
        self.titles = titles
    }
}
