import Message
import Vocabulary

/// The text of a node, as far as it could be read.
struct NodeText {
    var texts: [Text] = []
    /// What stands in the part and is not shown to who reads it.
    var concealed: [Text] = []
    /// Other versions of the text: shown and hidden side by side, where anything is hidden; a page as browsers with
    /// pictures show it, and as Word does; a
    /// text that is valid UTF-8 under another label; a text by every label that readers may go by.
    var versions: [Text] = []
    /// The text as it stands in a calendar or card, before it is read as programs show it.
    var source: [Text] = []
    /// Addresses that a document links to without showing them, a line each.
    var linked: [UInt8] = []
    var missing: Reasons = []
    /// What a page links to; `nil` for texts that are none.
    var markup: MarkupLinks?
    /// What a page marks as quoted mail; `nil` for texts that are none.
    var quotes: QuoteMarks?

    /// The text as it is shown, and its other versions.
    var all: [Text] { texts + versions + source }

    /// The text as it is shown, and its other versions, of which a reader sees one.
    var value: FactValue {
        var value = FactValue(values: all.map { .text($0) }, missing: missing)
        if value.values.count > 1 {
            value.alternatives = [TextAlternatives(versions: value.values.indices.map { [$0] })]
        }
        return value
    }

    /// How many bytes are not shown; unknown where more may stand in what could not be read.
    var hiddenSize: FactValue {
        missing.isEmpty ? .known(.number(concealed.reduce(0) { $0 + Int64($1.utf8.count) })) : .unknown(missing)
    }
}

extension InspectedMessage {
    func contentValue(of fact: Fact) -> FactValue {
        let bodies = tree.nodes.indices.filter { tree.nodes[$0].role == .body && isOutermost($0) }
        let none = FactValue(values: [], missing: bodyMissing)
        switch fact {
        case .bodyText: return joined(bodies.filter { !isHTML($0) }, to: none)
        case .bodyHTML: return joined(bodies.filter { isHTML($0) }, to: none)
        case .bodyHiddenText: return joined(bodies, to: none, \.concealed)
        case .bodyHiddenSize: return hiddenSize(of: bodies)
        case .bodyNewText:
            return joined(bodies, to: none) { text in
                text.texts.compactMap { NewText.of($0.utf8, marks: text.quotes) }.map { Text(utf8: $0) }
            }
        case .bodyLanguage: return bodyLanguages(bodies, missing: bodyMissing)
        case .messageText:
            var subject = headerValue(of: .subject, argument: nil)
            subject.missing.formUnion(lists.parts.missing)
            return joined(lists.parts.elements, to: subject)
        default: return .unknown(.unsupported)
        }
    }

    /// Whether the node belongs to the message itself, not to a nested mail.
    private func isOutermost(_ index: Int) -> Bool { tree.nodes[index].depth == 0 }

    private func isHTML(_ index: Int) -> Bool { tree.nodes[index].declaredType?.lowercased() == "text/html" }

    /// What hides bodies: an encrypted multipart in their place, or a structure that could not be followed.
    private var bodyMissing: Reasons { lists.attachments.missing }

    /// The texts of the parts behind those that a value has, and which of them are versions of one another.
    private func joined(
        _ parts: [Int], to value: FactValue, _ texts: (NodeText) -> [Text] = { $0.all }
    ) -> FactValue {
        var value = value
        var versions = TextVersions(tree)
        for part in parts {
            let own = text(ofPart: part)
            let found = texts(own)
            versions.add(part, values: value.values.count..<(value.values.count + found.count))
            value.values += found.map { .text($0) }
            value.missing.formUnion(own.missing)
        }
        value.alternatives = versions.alternatives
        return value
    }

    /// How many bytes of the bodies are not shown.
    private func hiddenSize(of bodies: [Int]) -> FactValue {
        var missing = bodyMissing
        var size: Int64 = 0
        for body in bodies {
            let own = text(ofPart: body)
            missing.formUnion(own.missing)
            size += own.concealed.reduce(0) { $0 + Int64($1.utf8.count) }
        }
        return missing.isEmpty ? .known(.number(size)) : .unknown(missing)
    }

    /// The text of a node: decoded by its charset, HTML as a person sees it. Read once.
    func text(ofPart part: Int) -> NodeText {
        if let known = texts[part] { return known }
        let text = NodeText(of: part, in: tree)
        texts[part] = text
        return text
    }
}

extension NodeText {
    /// The text of a node, documents included.
    init(of part: Int, in tree: Decomposition) {
        let node = tree.nodes[part]
        let isReadable = !node.bytes.isEmpty && (node.encryption == nil || node.encryption == .archive)
        let isText = node.role == .body || node.isOf(.text)
        guard isReadable, !isText, let document = DocumentText.read(part, of: tree) else {
            self.init(of: node, limits: tree.limits)
            return
        }
        self.init()
        missing = node.unread
        add(document)
    }

    /// Decoded by the charset; HTML as a person sees it. At most `limits.textBytes` are read.
    init(of node: Node, limits: InspectionLimits) {
        let limit = limits.textBytes
        missing = node.unread
        // Sealed content has bytes, but they are nobody's text.
        if let kind = node.encryption, kind != .archive { missing.formUnion(kind.reason) }
        guard !node.bytes.isEmpty, node.encryption == nil || node.encryption == .pgpInline else { return }
        let isText = node.role == .body || node.isOf(.text)
        guard isText else {
            if !FormatSupport.hasNoText(node.types) { missing.formUnion(.unsupported) }
            return
        }
        if node.bytes.count > limit { missing.formUnion(.overLimit) }
        let isMarkup = node.isOf(.html) || node.declaredType?.lowercased() == "text/html"
        let bytes = node.bytes.prefix(limit)
        let label = TextCharset.label(
            of: bytes, declared: node.charset, isMarkup: isMarkup || node.isOf(.xml))
        let decoded = Charset.decode(bytes, label: label)
        // Under a name that nobody knows, bytes beyond ASCII are any letters.
        if decoded.isUnknown, bytes.contains(where: { $0 >= 0x80 || $0 == 0x1B }) {
            missing.formUnion(.unsupported)
        }
        let otherTexts = CharsetReadings(node, isMarkup: isMarkup || node.isOf(.xml)).texts(of: bytes, decoded)
        if isMarkup {
            // A NUL ends the text for libxml2, and is nothing to a browser.
            let page = decoded.text.utf8.filter { $0 != 0 }
            add(HTMLText.extract(page, limits: limits))
            if let page = WordPage.of(page) { add(version: HTMLText.extract(page, isWord: true, limits: limits)) }
            for text in otherTexts {
                add(version: HTMLText.extract(text.filter { $0 != 0 }, limits: limits))
            }
        } else if node.isOf(.calendar) || node.isOf(.vcard) {
            let isByteWise = !TextCharset.changesASCII(decoded.charset)
            let content = isByteWise ? Array(bytes) : Array(decoded.text.utf8)
            add(CalendarText.read(content, charset: isByteWise ? decoded.charset : "utf-8", limits: limits))
            source.append(Text(decoded.text))
            for text in otherTexts { versions.append(Text(utf8: text)) }
        } else {
            // A NUL is not seen, either.
            texts.append(Text(utf8: decoded.text.utf8.filter { $0 != 0 }))
            for text in otherTexts { versions.append(Text(utf8: text.filter { $0 != 0 })) }
        }
        for text in texts + versions {
            if let seen = OverriddenText.seen(text.utf8) { versions.append(Text(utf8: seen)) }
        }
    }

    /// Adds what was read out of a document. One without any text has none that is known to be missing.
    private mutating func add(_ document: ExtractedText) {
        missing.formUnion(document.missing)
        linked = document.linked
        if !document.shown.isEmpty { texts.append(Text(utf8: document.shown)) }
        if !document.hidden.isEmpty {
            concealed.append(Text(utf8: document.hidden))
            versions.append(Text(utf8: document.whole))
        }
        for version in document.versions { add(version: version) }
    }

    /// Adds what was read out of a page. An empty one has an empty text, unless all that stands in it is hidden.
    private mutating func add(_ page: HTMLText) {
        add(page.text)
        for rendered in page.rendered { add(version: rendered) }
        if all.isEmpty { texts.append(Text(utf8: [])) }
        markup = page.links
        quotes = page.quotes
        if !page.isComplete { missing.formUnion(.overLimit) }
    }

    /// Adds a page as other readers show it, where that differs from what else is known of it.
    private mutating func add(version page: HTMLText) {
        add(version: page.text.shown)
        for rendered in page.rendered { add(version: rendered) }
        if !page.isComplete { missing.formUnion(.overLimit) }
    }

    private mutating func add(version bytes: [UInt8]) {
        let text = Text(utf8: bytes)
        if !bytes.isEmpty, !all.contains(text) { versions.append(text) }
    }
}
