import CXML2

/// The text of an HTML document as a person would read it, and what it links to.
///
/// Hidden text (`display:none`, a font size of nothing) is kept: what a reader does not see may still be what the
/// sender wants to slip past, and a policy that looks for words must not be blind to it.
struct HTMLText {
    /// UTF-8; blocks on lines of their own, white space collapsed.
    var text: [UInt8]
    var links: MarkupLinks
    var quotes: QuoteMarks
    /// False when the limit ended the reading.
    var isComplete: Bool

    /// Bytes handed to the parser at a time.
    private static let piece = 64 << 10

    /// Reads a document; anything at all yields some text. Linear in the length.
    ///
    /// - Parameters:
    ///   - bytes: UTF-8, whatever charset the document itself names.
    ///   - limits: the most bytes of text, and of links.
    static func extract(_ bytes: [UInt8], limits: InspectionLimits) -> HTMLText {
        let reader = HTMLReader(limits: limits)
        withExtendedLifetime(reader) {
            var handler = htmlSAXHandler()
            handler.startElement = { context, name, attributes in HTMLReader.of(context)?.start(name, attributes) }
            handler.endElement = { context, name in HTMLReader.of(context)?.end(HTMLReader.string(name)) }
            handler.characters = { context, bytes, count in HTMLReader.of(context)?.characters(bytes, count) }
            handler.ignorableWhitespace = handler.characters
            handler.comment = { context, bytes in HTMLReader.of(context)?.comment(bytes) }
            let context = htmlCreatePushParserCtxt(
                &handler, Unmanaged.passUnretained(reader).toOpaque(), nil, 0, nil, XML_CHAR_ENCODING_UTF8)
            guard let context else {
                reader.isComplete = false
                return
            }
            defer { htmlFreeParserCtxt(context) }
            let options = HTML_PARSE_RECOVER.rawValue | HTML_PARSE_NOERROR.rawValue | HTML_PARSE_NOWARNING.rawValue
            htmlCtxtUseOptions(context, Int32(options | HTML_PARSE_NONET.rawValue | HTML_PARSE_IGNORE_ENC.rawValue))
            var start = 0
            while start < bytes.count, reader.isComplete {
                let end = min(start + piece, bytes.count)
                bytes[start..<end].withUnsafeBufferPointer { buffer in
                    buffer.withMemoryRebound(to: CChar.self) {
                        _ = htmlParseChunk(context, $0.baseAddress, Int32($0.count), 0)
                    }
                }
                start = end
            }
            htmlParseChunk(context, nil, 0, 1)
        }
        return reader.finished
    }
}

/// Collects text and links while libxml2 reads.
private final class HTMLReader {
    var isComplete = true
    private var links: MarkupLinks
    private var quotes = QuoteMarks()
    private var text: [UInt8] = []
    private let limit: Int
    /// Elements within which nothing is text.
    private var silence = 0
    private var wantsSpace = false
    private var wantsLine = false

    /// Elements that stand on lines of their own. All others join the words around them, whatever they are called.
    private static let blocks: Set<String> = [
        "address", "article", "aside", "blockquote", "body", "br", "center", "dd", "div", "dl", "dt", "fieldset",
        "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "html", "li", "main",
        "nav", "ol", "option", "p", "pre", "section", "table", "tbody", "tfoot", "thead", "title", "tr", "ul",
    ]
    private static let silent: Set<String> = ["script", "style"]

    init(limits: InspectionLimits) {
        limit = limits.textBytes
        links = MarkupLinks(limits: limits)
    }

    static func of(_ context: UnsafeMutableRawPointer?) -> HTMLReader? {
        context.map { Unmanaged<HTMLReader>.fromOpaque($0).takeUnretainedValue() }
    }

    static func string(_ name: UnsafePointer<xmlChar>?) -> String { name.map { String(cString: $0) } ?? "" }

    var finished: HTMLText {
        links.close(at: text.count)
        quotes.finish(at: text.count)
        return HTMLText(text: text, links: links, quotes: quotes, isComplete: isComplete)
    }

    func start(
        _ element: UnsafePointer<xmlChar>?, _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
    ) {
        let name = Self.string(element)
        if Self.silent.contains(name) { silence += 1 }
        separate(name)
        if name == "a" { links.close(at: text.count) }
        quotes.start(name, attributes, at: text.count)
        guard let attributes else { return }
        if name == "img", let alternative = MarkupLinks.value(of: "alt", in: attributes) { append(alternative) }
        links.add(attributes, of: name, at: text.count)
    }

    func end(_ name: String) {
        if Self.silent.contains(name) { silence = max(0, silence - 1) }
        if name == "a" { links.close(at: text.count) }
        quotes.end(name, at: text.count)
        separate(name)
    }

    func characters(_ bytes: UnsafePointer<xmlChar>?, _ count: Int32) {
        guard silence == 0, let bytes else { return }
        append(Array(UnsafeBufferPointer(start: bytes, count: Int(count))))
    }

    func comment(_ bytes: UnsafePointer<xmlChar>?) {
        if let bytes { links.addComment(bytes) }
    }

    private func separate(_ name: String) {
        if Self.blocks.contains(name) { wantsLine = true }
        if name == "td" || name == "th" { wantsSpace = true }
    }

    private func append(_ bytes: [UInt8]) {
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            // A no-break space, too, is only space to a reader.
            let isNoBreakSpace = byte == 0xc2 && index + 1 < bytes.count && bytes[index + 1] == 0xa0
            if isNoBreakSpace || byte == 0x20 || (0x09...0x0d).contains(byte) {
                wantsSpace = true
                index += isNoBreakSpace ? 2 : 1
                continue
            }
            guard text.count + 2 <= limit else {
                isComplete = false
                return
            }
            if !text.isEmpty {
                if wantsLine { text.append(0x0a) } else if wantsSpace { text.append(0x20) }
            }
            wantsLine = false
            wantsSpace = false
            text.append(byte)
            index += 1
        }
    }
}
