import Message
import Vocabulary

/// The text of a node, as far as it could be read.
struct NodeText {
    var texts: [Text] = []
    /// What stands in the part and is not shown to who reads it.
    var concealed: [Text] = []
    /// Shown and hidden text side by side, where anything is hidden.
    var whole: [Text] = []
    /// Addresses that a document links to without showing them, a line each.
    var linked: [UInt8] = []
    var missing: Reasons = []
    /// What a page links to; `nil` for texts that are none.
    var markup: MarkupLinks?
    /// What a page marks as quoted mail; `nil` for texts that are none.
    var quotes: QuoteMarks?

    /// The texts as they are shown, and as they are with what is hidden: versions of one another.
    var value: FactValue {
        var value = FactValue(values: (texts + whole).map { .text($0) }, missing: missing)
        if !texts.isEmpty, !whole.isEmpty {
            value.alternatives = [TextAlternatives(versions: [[0], [1]])]
        }
        return value
    }
}

extension InspectedMessage {
    func contentValue(of fact: Fact) -> FactValue {
        let bodies = tree.nodes.indices.filter { tree.nodes[$0].role == .body && isOutermost($0) }
        let none = FactValue(values: [], missing: bodyMissing)
        switch fact {
        case .bodyText: return joined(bodies.filter { !isHTML($0) }, to: none)
        case .bodyHTML: return joined(bodies.filter { isHTML($0) }, to: none)
        case .bodyNewText:
            return joined(bodies, to: none) { text in
                text.texts.compactMap { NewText.of($0.utf8, marks: text.quotes) }.map { Text(utf8: $0) }
            }
        case .bodyLanguage: return bodyLanguages(bodies, missing: bodyMissing)
        case .messageText:
            var subject = headerValue(of: .subject, argument: nil)
            subject.missing.formUnion(lists.parts.missing)
            return joined(lists.parts.elements, to: subject) { $0.texts + $0.whole }
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
        _ parts: [Int], to value: FactValue, _ texts: (NodeText) -> [Text] = { $0.texts }
    ) -> FactValue {
        var value = value
        var versions = BodyVersions(tree)
        var layers: [TextAlternatives] = []
        for part in parts {
            let own = text(ofPart: part)
            let found = texts(own)
            if found.count == 2, !own.whole.isEmpty {
                layers.append(TextAlternatives(versions: [[value.values.count], [value.values.count + 1]]))
            }
            for text in found {
                versions.add(part, value: value.values.count)
                value.values.append(.text(text))
            }
            value.missing.formUnion(own.missing)
        }
        value.alternatives = versions.alternatives + layers
        return value
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
        let label = node.charset ?? TextCharset.guess(bytes, isMarkup: isMarkup || node.isOf(.xml))
        let decoded = Charset.decode(bytes, label: label)
        // Under a name that nobody knows, bytes beyond ASCII are any letters.
        if decoded.isUnknown, bytes.contains(where: { $0 >= 0x80 || $0 == 0x1B }) {
            missing.formUnion(.unsupported)
        }
        if isMarkup {
            // A NUL ends the text for libxml2, and is nothing to a browser.
            let page = decoded.text.utf8.filter { $0 != 0 }
            let seen = HTMLText.extract(page, limits: limits)
            texts.append(Text(utf8: seen.text))
            markup = seen.links
            quotes = seen.quotes
            if !seen.isComplete { missing.formUnion(.overLimit) }
        } else {
            texts.append(Text(decoded.text))
        }
    }

    /// Adds what was read out of a document. One without any text has none that is known to be missing.
    private mutating func add(_ document: ExtractedText) {
        missing.formUnion(document.missing)
        linked = document.linked
        if !document.shown.isEmpty { texts.append(Text(utf8: document.shown)) }
        if !document.hidden.isEmpty {
            concealed.append(Text(utf8: document.hidden))
            whole.append(Text(utf8: document.whole))
        }
    }
}
