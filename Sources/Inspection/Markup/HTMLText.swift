import CXML2

/// The text of an HTML document as a person would read it, and what it links to.
///
/// Hidden text (`display:none`, a font size of nothing) stands apart, so that it breaks no word of what is shown. It is
/// kept: what a reader does not see may still be what the sender wants to slip past.
struct HTMLText {
    /// Blocks on lines of their own, white space collapsed.
    var text: ExtractedText
    var links: MarkupLinks
    var quotes: QuoteMarks
    /// What browsers with pictures show, where that is not what stands in the source: by the rules of style sheets that
    /// count for all, and by those too that may count.
    var rendered: [[UInt8]]
    /// False when the limit ended the reading.
    var isComplete: Bool

    /// Bytes handed to the parser at a time.
    private static let piece = 64 << 10

    /// Reads a document; anything at all yields some text. Linear in the length.
    ///
    /// - Parameters:
    ///   - page: UTF-8, whatever charset the document itself names.
    ///   - isWord: whether what is meant for Word alone is left out or shown as Word does.
    ///   - limits: the most bytes of text, and of links.
    static func extract(_ page: [UInt8], isWord: Bool = false, limits: InspectionLimits) -> HTMLText {
        let bytes = NamedReferences.expanded(PageSyntax.normalized(page))
        let styles = PageStyles(page: bytes, isWord: isWord)
        if !TagWidth.isPassed(in: bytes, limit: limits.tagAttributes) {
            let reader = HTMLReader(styles, limits: limits)
            withExtendedLifetime(reader) { parse(bytes, into: reader) }
            if !reader.isTooDeep { return reader.finished }
        }
        let reader = HTMLReader(styles, limits: limits)
        PlainMarkup.read(bytes, into: reader)
        reader.isComplete = false
        return reader.finished
    }

    private static func parse(_ bytes: [UInt8], into reader: HTMLReader) {
        var handler = htmlSAXHandler()
        handler.startElement = { context, name, attributes in
            HTMLReader.of(context)?.start(HTMLReader.string(name), attributes)
        }
        handler.endElement = { context, name in HTMLReader.of(context)?.end(HTMLReader.string(name)) }
        handler.characters = { context, bytes, count in HTMLReader.of(context)?.characters(bytes, count) }
        handler.ignorableWhitespace = handler.characters
        handler.comment = { context, bytes in HTMLReader.of(context)?.comment(bytes) }
        // Errors are told to `serror` with this mark only.
        handler.initialized = UInt32(XML_SAX2_MAGIC)
        handler.serror = { context, error in HTMLReader.of(context)?.meet(error) }
        let context = htmlCreatePushParserCtxt(
            &handler, Unmanaged.passUnretained(reader).toOpaque(), nil, 0, nil, XML_CHAR_ENCODING_UTF8)
        guard let context else {
            reader.isComplete = false
            return
        }
        defer { htmlFreeParserCtxt(context) }
        reader.parser = context
        defer { reader.parser = nil }
        let options = HTML_PARSE_RECOVER.rawValue | HTML_PARSE_NOERROR.rawValue | HTML_PARSE_NOWARNING.rawValue
        htmlCtxtUseOptions(context, Int32(options | HTML_PARSE_NONET.rawValue | HTML_PARSE_IGNORE_ENC.rawValue))
        var start = 0
        while start < bytes.count, reader.hasRoom, !reader.isTooDeep {
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
}

/// Collects text and links while the page is read.
final class HTMLReader {
    var isComplete = true
    /// False when the limit of the text has ended the reading.
    var hasRoom: Bool { text.isComplete }
    /// True when libxml2 was stopped over end tags that close nothing.
    private(set) var isTooDeep = false
    /// The parser, while there is one.
    fileprivate var parser: htmlParserCtxtPtr?
    /// Open elements passed in search of what end tags close.
    private var steps = 0
    private let limits: InspectionLimits
    private var links: MarkupLinks
    private var quotes = QuoteMarks()
    private var text: PageText
    private var styles: PageStyles
    /// Elements within which nothing is text.
    private var silence = 0

    private static let silent: Set<String> = ["script", "style"]

    init(_ styles: PageStyles, limits: InspectionLimits) {
        self.limits = limits
        self.styles = styles
        text = PageText(limit: limits.textBytes)
        links = MarkupLinks(limits: limits)
    }

    static func of(_ context: UnsafeMutableRawPointer?) -> HTMLReader? {
        context.map { Unmanaged<HTMLReader>.fromOpaque($0).takeUnretainedValue() }
    }

    static func string(_ name: UnsafePointer<xmlChar>?) -> String { name.map { String(cString: $0) } ?? "" }

    var finished: HTMLText {
        links.close(at: text.count)
        quotes.finish(at: text.count)
        let rendered = text.rendered
        return HTMLText(
            text: text.extracted, links: links, quotes: quotes, rendered: rendered.map(\.text),
            isComplete: isComplete && text.isComplete && styles.isComplete && rendered.allSatisfy(\.isComplete))
    }

    func start(_ name: String, _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?) {
        if Self.silent.contains(name) { silence += 1 }
        let effect = styles.start(name, attributes, isImplied: name == "p" && isImplied)
        text.hiding = effect.hiding
        text.doubtfulHiding = effect.doubtfulHiding
        text.isReplaced = effect.isReplaced
        // An element without content is hidden by itself alone.
        defer {
            text.hiding = styles.hiding
            text.doubtfulHiding = styles.doubtfulHiding
        }
        separate(name, isBlock: effect.isBlock)
        if !PageStyles.isVoid(name) { text.open(effect.box, depth: styles.depth) }
        for piece in effect.words { text.append(piece.words, for: piece.readers) }
        if name == "a" { links.close(at: text.count) }
        quotes.start(name, attributes, at: text.count)
        guard let attributes else { return }
        for (words, readers) in ElementWords.of(name, attributes) { text.append(words, for: readers) }
        links.add(attributes, of: name, at: text.count)
    }

    func end(_ name: String) {
        if Self.silent.contains(name) { silence = max(0, silence - 1) }
        if name == "a" { links.close(at: text.count) }
        quotes.end(name, at: text.count)
        for piece in styles.wordsBehind(endOf: name) { text.append(piece.words, for: piece.readers) }
        if !PageStyles.isVoid(name) { separate(name, isBlock: styles.breaksLine(endOf: name)) }
        styles.end(name)
        text.close(to: styles.depth)
        text.hiding = styles.hiding
        text.doubtfulHiding = styles.doubtfulHiding
        text.isReplaced = styles.isReplaced
    }

    func characters(_ bytes: UnsafePointer<xmlChar>?, _ count: Int32) {
        guard silence == 0, let bytes else { return }
        text.append(UnsafeBufferPointer(start: bytes, count: Int(count)))
    }

    func characters(_ bytes: [UInt8]) {
        if silence == 0 { text.append(bytes) }
    }

    func comment(_ bytes: UnsafePointer<xmlChar>?) {
        if let bytes { links.addComment(bytes) }
    }

    /// Whether no tag stands in the page where libxml2 has just begun an element: around text at the top of a page it
    /// puts a paragraph, which browsers don't. Of a tag its last character is what is read next.
    private var isImplied: Bool {
        guard let next = parser?.pointee.input?.pointee.cur?.pointee else { return false }
        return next != UInt8(ascii: ">") && next != UInt8(ascii: "/")
    }

    /// Counts what an end tag costs that closes nothing: libxml2 has then passed all that is open.
    fileprivate func meet(_ error: xmlErrorPtr?) {
        guard let parser, error?.pointee.code == Int32(XML_ERR_TAG_NAME_MISMATCH.rawValue) else { return }
        steps += Int(parser.pointee.nameNr)
        guard steps > limits.endTagSteps else { return }
        isTooDeep = true
        xmlStopParser(parser)
    }

    private func separate(_ name: String, isBlock: Bool) {
        if isBlock { text.line() }
        if name == "td" || name == "th" { text.space() }
    }
}
