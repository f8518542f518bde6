import CXML2
import Vocabulary

/// The text of one XML part of an office document, as the program that opens it shows it.
enum XMLText {
    /// Whose elements are meant, told apart by what white space between them is.
    enum Dialect {
        /// Office Open XML (ECMA-376): characters are text within `t` and its like only.
        case office
        /// OpenDocument (ODF 1.2): all characters within a paragraph are text.
        case open
    }

    /// Bytes handed to the parser at a time.
    private static let piece = 64 << 10

    /// Reads a part into a collector. Linear in the length; depth is bounded by libxml2, entities are not expanded.
    ///
    /// - Parameters:
    ///   - hiddenStyles: styles of Word whose text nobody sees.
    ///   - reading: which of contents for several programs count.
    static func read(
        _ bytes: [UInt8], as dialect: Dialect, hiddenStyles: Set<String> = [],
        _ reading: AlternateContent.Reading = .all, into text: LayeredCollector
    ) -> (text: LayeredCollector, missing: Reasons) {
        let reader = XMLPartReader(dialect, hiddenStyles, reading, text)
        withExtendedLifetime(reader) {
            var handler = xmlSAXHandler()
            handler.startElement = { context, name, attributes in XMLPartReader.of(context)?.start(name, attributes) }
            handler.endElement = { context, name in XMLPartReader.of(context)?.end(name) }
            handler.characters = { context, bytes, count in XMLPartReader.of(context)?.characters(bytes, count) }
            handler.ignorableWhitespace = handler.characters
            handler.cdataBlock = handler.characters
            handler.entityDecl = { context, _, _, _, _, _ in XMLPartReader.of(context)?.missing.formUnion(.ambiguous) }
            handler.reference = { context, _ in XMLPartReader.of(context)?.missing.formUnion(.ambiguous) }
            let state = Unmanaged.passUnretained(reader).toOpaque()
            switch parse(bytes, &handler, state, while: { reader.text.isComplete }) {
            case .wellFormed?: break
            case .broken?: reader.missing.formUnion(.damaged)
            case nil: if reader.text.isComplete { reader.missing.formUnion(.overLimit) }
            }
        }
        return (reader.text, reader.missing)
    }

    /// How a part ended.
    enum Ending { case wellFormed, broken }

    /// Hands a part to libxml2 piece by piece as long as somebody wants it; `nil` where it was not read to its end.
    @discardableResult static func parse(
        _ bytes: [UInt8], _ handler: inout xmlSAXHandler, _ state: UnsafeMutableRawPointer,
        while isWanted: () -> Bool = { true }
    ) -> Ending? {
        guard let context = xmlCreatePushParserCtxt(&handler, state, nil, 0, nil) else { return nil }
        defer { xmlFreeParserCtxt(context) }
        let options = XML_PARSE_RECOVER.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue
        xmlCtxtUseOptions(context, Int32(options | XML_PARSE_NONET.rawValue | XML_PARSE_SAX1.rawValue))
        var start = 0
        while start < bytes.count, isWanted() {
            let end = min(start + piece, bytes.count)
            bytes[start..<end].withUnsafeBufferPointer { buffer in
                buffer.withMemoryRebound(to: CChar.self) {
                    _ = xmlParseChunk(context, $0.baseAddress, Int32($0.count), 0)
                }
            }
            start = end
        }
        guard isWanted() else { return nil }
        xmlParseChunk(context, nil, 0, 1)
        return context.pointee.wellFormed == 0 ? .broken : .wellFormed
    }

    /// A name without its prefix: whoever writes a part chooses that.
    static func local(_ name: UnsafePointer<xmlChar>?) -> String {
        let name = name.map { String(cString: $0) } ?? ""
        return name.lastIndex(of: ":").map { String(name[name.index(after: $0)...]) } ?? name
    }

    /// The attributes of an element by their names.
    static func values(_ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?) -> [String: String] {
        var values: [String: String] = [:]
        var index = 0
        while let attributes, let attribute = attributes[index] {
            if let value = attributes[index + 1] { values[local(attribute)] = String(cString: value) }
            index += 2
        }
        return values
    }

    /// Whether a property is said not to hold (ECMA-376, 22.9.2.7).
    static func isOff(_ value: String?) -> Bool { ["0", "false", "off"].contains(value ?? "") }

    /// Whether bytes begin as XML does, in whatever charset: behind a byte-order mark, zeros and blanks.
    static func begins(_ bytes: [UInt8]) -> Bool {
        let marks: [UInt8] = [0xef, 0xbb, 0xbf, 0xfe, 0xff, 0x00, 0x20, 0x09, 0x0a, 0x0d]
        return bytes.prefix(256).first { !marks.contains($0) } == UInt8(ascii: "<")
    }
}

/// Collects text while libxml2 reads.
private final class XMLPartReader {
    var text: LayeredCollector
    var missing: Reasons = []
    private let dialect: XMLText.Dialect
    private let hiddenStyles: Set<String>
    /// Open paragraphs whose style hides them.
    private var hiddenParagraphs = 0
    /// How many elements are open in which characters are text, or in which they are none.
    private var spoken = 0
    private var silence = 0
    private var open: [Element] = []
    private var alternates: AlternateContent
    /// Open runs. What hides stands in one: a paragraph's own mark, or a style, may be hidden and hides no letters.
    private var runs = 0
    private var moved = 0

    private struct Element {
        var isSpoken = false
        var isSilent = false
        /// Whether what stands in it was moved away, the change recorded.
        var isMoved = false
        var isParagraph = false
        /// Whether it is a paragraph whose style hides it.
        var isHidden = false
        /// Whether it is a content for other programs.
        var isLeftOut = false
        /// Whether what a run hides ends with this element.
        var isRun = false
    }

    private static let blocks: Set<String> = [
        "p", "h", "br", "cr", "line-break", "row", "tr", "si", "table-row", "list-item", "comment", "page", "sheet",
        "title", "subject", "creator", "keywords", "description", "lastModifiedBy", "category", "lpstr", "Company",
        "Manager", "f", "is",
    ]
    private static let separators: Set<String> = ["tab", "c", "tc", "table-cell", "s", "ptab", "v", "noBreakHyphen"]
    /// Elements of Office Open XML in which white space is text.
    private static let words: Set<String> = ["t", "delText", "instrText", "delInstrText", "v", "f"]
    private static let paragraphs: Set<String> = ["p", "h"]
    /// Text that a program shows and that stands in attributes: of pictures, of decorative lettering, of XPS pages.
    private static let shownAttributes: Set<String> = ["descr", "alt", "string", "UnicodeString", "placeholder"]

    private static let spokenAttributes: Set<String> = ["descr", "alt"]

    init(
        _ dialect: XMLText.Dialect, _ hiddenStyles: Set<String>, _ reading: AlternateContent.Reading,
        _ text: LayeredCollector
    ) {
        self.dialect = dialect
        alternates = AlternateContent(reading)
        self.hiddenStyles = hiddenStyles
        self.text = text
    }

    static func of(_ context: UnsafeMutableRawPointer?) -> XMLPartReader? {
        context.map { Unmanaged<XMLPartReader>.fromOpaque($0).takeUnretainedValue() }
    }

    func start(
        _ qualified: UnsafePointer<xmlChar>?, _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
    ) {
        let name = XMLText.local(qualified)
        let values = XMLText.values(attributes)
        var element = Element()
        element.isLeftOut = alternates.start(name, attributes, values)
        guard !alternates.isLeftOut else { return open.append(element) }
        separate(name)
        element.isSpoken = (dialect == .office ? Self.words : Self.paragraphs).contains(name)
        element.isRun = name == "r"
        element.isParagraph = dialect == .office && name == "p"
        // A cell with a shared string holds its number only.
        element.isSilent = name == "c" && values["t"] == "s"
        for (attribute, value) in values.sorted(by: { $0.key < $1.key }) where Self.shownAttributes.contains(attribute)
        {
            // The words that stand for a picture are read out, not seen.
            let hiding = text.hiding
            if Self.spokenAttributes.contains(attribute) { text.isHidden = true }
            text.line()
            text.append(value.utf8)
            text.line()
            text.hiding = hiding
        }
        if dialect == .office, runs > 0, hides(name, values["val"]) { text.isHidden = true }
        if name == "pStyle", hides(name, values["val"]), let paragraph = open.lastIndex(where: \.isParagraph) {
            if !open[paragraph].isHidden { hiddenParagraphs += 1 }
            open[paragraph].isHidden = true
        }
        if element.isRun, moved > 0 || hiddenParagraphs > 0 { text.isHidden = true }
        if dialect == .office, name == "sym" { appendSymbol(values["char"]) }
        element.isMoved = dialect == .office && name == "moveFrom"
        if element.isMoved { moved += 1 }
        if element.isSpoken { spoken += 1 }
        if element.isSilent { silence += 1 }
        if element.isRun { runs += 1 }
        open.append(element)
    }

    /// A letter by its number in a font; those of fonts of signs stand at F000 (ECMA-376, 17.3.3.30).
    private func appendSymbol(_ number: String?) {
        guard let value = number.flatMap({ UInt32($0, radix: 16) }),
            let letter = Unicode.Scalar(value & 0xFF00 == 0xF000 ? value & 0xFF : value)
        else { return }
        text.append(String(letter).utf8)
    }

    /// Hidden characters of Word, and letters of at most one point.
    private func hides(_ name: String, _ value: String?) -> Bool {
        switch name {
        case "vanish", "webHidden": !XMLText.isOff(value)
        case "rStyle", "pStyle": value.map(hiddenStyles.contains) ?? false
        // What was deleted with its change recorded, and what a field reckons with: Word shows neither.
        case "delText", "instrText", "delInstrText": true
        case "sz": value.flatMap { Int($0) }.map { $0 <= 2 } ?? false
        default: false
        }
    }

    func end(_ qualified: UnsafePointer<xmlChar>?) {
        let isLeftOut = alternates.isLeftOut
        if let element = open.popLast() {
            alternates.end(XMLText.local(qualified), wasLeftOut: element.isLeftOut)
            guard !isLeftOut else { return }
            if element.isSpoken { spoken -= 1 }
            if element.isSilent { silence -= 1 }
            if element.isMoved { moved -= 1 }
            if element.isHidden { hiddenParagraphs -= 1 }
            if element.isRun {
                text.isHidden = false
                runs -= 1
            }
        }
        separate(XMLText.local(qualified))
    }

    private func separate(_ name: String) {
        if Self.blocks.contains(name) { text.line() }
        if Self.separators.contains(name) { text.space() }
    }

    func characters(_ bytes: UnsafePointer<xmlChar>?, _ count: Int32) {
        guard silence == 0, !alternates.isLeftOut, let bytes, count > 0 else { return }
        let run = UnsafeBufferPointer(start: bytes, count: Int(count))
        // White space between elements only lays out the source.
        if spoken == 0, run.allSatisfy({ $0 <= 0x20 }) { return }
        // After a byte that is no character libxml2 goes on in another charset, and hands over what stood before as it is.
        text.append(String(decoding: run, as: UTF8.self).utf8)
    }
}
