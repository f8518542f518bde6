import CXML2

/// What mail programs mark in a page as somebody else's mail, by where it stands in the page's text.
///
/// Only marks that programs write for this purpose are taken: a `<blockquote>` that merely indents is the sender's own.
struct QuoteMarks {
    /// Ranges of one kind in the order of the text; a range within another is part of it.
    struct Ranges {
        private(set) var ranges: [Range<Int>] = []
        private var depth = 0
        private var start = 0

        fileprivate mutating func open(at place: Int) {
            if depth == 0 { start = place }
            depth += 1
        }

        fileprivate mutating func close(at place: Int) {
            depth -= 1
            if depth == 0, start < place { ranges.append(start..<place) }
        }

        /// Closes what is open at the end of the page.
        fileprivate mutating func end(at place: Int) {
            if depth > 0, start < place { ranges.append(start..<place) }
            depth = 0
        }
    }

    fileprivate enum Kind { case quote, attribution, signature, scope, other }

    /// Quoted mail.
    private(set) var quotes = Ranges()
    /// Lines that say who wrote what is quoted behind them.
    private(set) var attributions = Ranges()
    private(set) var signatures = Ranges()
    /// What a program put around all of an original; text behind it is the sender's again.
    private(set) var scopes = Ranges()
    /// Where a program says that an original begins, in the order of the text.
    private(set) var origins: [Int] = []
    /// Open elements of the kinds that bear marks.
    private var open: [(name: String, kind: Kind)] = []

    private static let elements: Set<String> = ["div", "blockquote", "pre"]

    /// Takes the marks of an element.
    ///
    /// - Parameter place: how long the page's text is where the element starts.
    mutating func start(_ name: String, _ attributes: MarkupLinks.Attributes?, at place: Int) {
        guard Self.elements.contains(name) else { return }
        let kind = attributes.map { self.kind(of: name, $0, at: place) } ?? .other
        open.append((name, kind))
        switch kind {
        case .quote: quotes.open(at: place)
        case .attribution: attributions.open(at: place)
        case .signature: signatures.open(at: place)
        case .scope: scopes.open(at: place)
        case .other: break
        }
    }

    /// Ends the innermost element, if it has this name: libxml2 closes in order what a page leaves open.
    mutating func end(_ name: String, at place: Int) {
        guard let last = open.last, last.name == name else { return }
        open.removeLast()
        switch last.kind {
        case .quote: quotes.close(at: place)
        case .attribution: attributions.close(at: place)
        case .signature: signatures.close(at: place)
        case .scope: scopes.close(at: place)
        case .other: break
        }
    }

    /// Ends the page.
    mutating func finish(at place: Int) {
        quotes.end(at: place)
        attributions.end(at: place)
        signatures.end(at: place)
        scopes.end(at: place)
    }

    private mutating func kind(of name: String, _ attributes: MarkupLinks.Attributes, at place: Int) -> Kind {
        func value(_ attribute: StaticString) -> String {
            let bytes = MarkupLinks.value(of: attribute, in: attributes) ?? []
            return String(decoding: bytes.prefix(NewTextLimits.attributeBytes), as: UTF8.self).lowercased()
        }
        let classes = value("class")
        if name == "blockquote" {
            let isCited = value("type") == "cite" || MarkupLinks.value(of: "cite", in: attributes) != nil
            let style = value("style")
            return isCited || classes.contains("quote") || style.contains("border-left") ? .quote : .other
        }
        let identifier = value("id")
        // Outlook on the web puts the first in front of what it quotes and the second around the original's fields.
        if identifier == "appendonsend" || identifier.hasSuffix("divrplyfwdmsg") { origins.append(place) }
        // Outlook draws a line above the original's fields.
        if value("style").contains("border-top:solid") { origins.append(place) }
        if classes.contains("moz-cite-prefix") || classes.contains("gmail_attr") { return .attribution }
        if classes.contains("yahoo_quoted") { return .quote }
        // Answers between the lines stand in it, too.
        if classes.contains("gmail_quote") { return .scope }
        if classes.contains("moz-signature") || classes.contains("gmail_signature") || identifier == "signature" {
            return .signature
        }
        return .other
    }
}
