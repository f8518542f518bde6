import Message
import Vocabulary

/// The text of calendars and address cards as programs show it: lines put together where they were folded, escapes
/// undone, descriptions in HTML read as pages (RFC 5545, RFC 6350, vCard 2.1).
struct CalendarText {
    private var text: LayeredCollector
    private var linked: [UInt8] = []
    private var missing: Reasons = []
    private let limits: InspectionLimits
    private let charset: String?
    /// Values that were read as pages.
    private var pages = 0

    /// Properties that hold no words, or a file.
    private static let wordless: Set<String> = [
        "BEGIN", "END", "VERSION", "PRODID", "CALSCALE", "METHOD", "UID", "DTSTAMP", "DTSTART", "DTEND", "DUE",
        "DURATION", "RRULE", "RDATE", "EXDATE", "SEQUENCE", "STATUS", "TRANSP", "CLASS", "CREATED", "LAST-MODIFIED",
        "PRIORITY", "TRIGGER", "ACTION", "TZOFFSETFROM", "TZOFFSETTO", "REV", "COMPLETED", "PERCENT-COMPLETE",
    ]
    /// Properties whose value is made of parts, with semicolons between them.
    private static let structured: Set<String> = ["N", "ADR", "ORG", "GENDER", "REQUEST-STATUS", "RELATED"]

    /// Reads a calendar or card.
    ///
    /// - Parameters:
    ///   - bytes: as they stand in the part, or in UTF-8 where the charset is none that extends ASCII.
    ///   - charset: of the bytes.
    static func read(_ bytes: [UInt8], charset: String?, limits: InspectionLimits) -> ExtractedText {
        var reader = CalendarText(charset: charset, limits: limits)
        var place = 0
        while place < bytes.count, reader.text.isComplete {
            var (line, next) = CalendarLine.unfolded(bytes, from: place)
            if reader.isQuotedPrintable(line) {
                // Soft line breaks of the old vCard, which are no folding.
                while line.last == UInt8(ascii: "="), next < bytes.count {
                    let more = CalendarLine.unfolded(bytes, from: next)
                    line += Array("\r\n".utf8) + more.line
                    next = more.next
                }
            }
            place = next
            if let line = CalendarLine(line) { reader.add(line) }
        }
        var extracted = reader.text.extracted
        extracted.linked = reader.linked
        extracted.missing.formUnion(reader.missing)
        return extracted
    }

    private init(charset: String?, limits: InspectionLimits) {
        self.charset = charset
        self.limits = limits
        text = LayeredCollector(limit: limits.textBytes)
    }

    private func isQuotedPrintable(_ line: [UInt8]) -> Bool {
        guard line.last == UInt8(ascii: "=") else { return false }
        return CalendarLine(line).map(Self.isQuotedPrintable) ?? false
    }

    private static func isQuotedPrintable(_ line: CalendarLine) -> Bool {
        line.parameters.contains { name, value in
            name == "QUOTED-PRINTABLE" || name == "ENCODING" && value.uppercased() == "QUOTED-PRINTABLE"
        }
    }

    private mutating func add(_ line: CalendarLine) {
        for (name, value) in line.parameters where name == "CN" || name == "LABEL" { addLine(Self.plain(value).utf8) }
        guard !Self.wordless.contains(line.name), !Self.isFile(line) else { return }
        var bytes = Array(line.value)
        if Self.isQuotedPrintable(line) {
            bytes = TransferEncoding.quotedPrintable.decoded(bytes[...], limit: limits.textBytes).bytes
        }
        let own = line.parameters.first { $0.name == "CHARSET" }?.value
        let value = Charset.decode(bytes[...], label: own ?? charset).text
        let lines = Self.unescaped(value, isStructured: Self.structured.contains(line.name))
        let isPage = line.parameters.contains { $0.name == "FMTTYPE" && $0.value.lowercased() == "text/html" }
        if isPage { addPage(lines) } else { for line in lines { addLine(line.utf8) } }
    }

    /// What is written in base64 or as a `data:` address is a file of the message.
    private static func isFile(_ line: CalendarLine) -> Bool {
        line.parameters.contains { name, value in
            let value = value.lowercased()
            return name == "BASE64" || name == "ENCODING" && ["base64", "b"].contains(value)
                || name == "VALUE" && value == "binary"
        } || line.value.prefix(5).map({ $0 | 0x20 }).elementsEqual("data:".utf8)
    }

    private mutating func addLine(_ bytes: some Collection<UInt8>) {
        text.line()
        text.append(bytes)
        text.line()
    }

    private mutating func addPage(_ lines: [String]) {
        pages += 1
        guard pages <= InspectionLimits.calendarPages else {
            missing.formUnion(.overLimit)
            return
        }
        let page = HTMLText.extract(Array(lines.joined(separator: "\n").utf8).filter { $0 != 0 }, limits: limits)
        for line in page.text.shown.split(separator: 0x0A) { addLine(line) }
        text.hiding = .absent
        for line in page.text.hidden.split(separator: 0x0A) { addLine(line) }
        text.hiding = .none
        for link in page.links.links where linked.count < limits.textBytes { linked += link.target + [0x0A] }
        if !page.isComplete { missing.formUnion(.overLimit) }
    }

    /// The lines of a value: `\n` ends one, other escaped characters stand for themselves (RFC 5545, 3.3.11).
    private static func unescaped(_ value: String, isStructured: Bool) -> [String] {
        var lines = [""]
        var isEscaped = false
        for character in value {
            switch character {
            case "\\" where !isEscaped:
                isEscaped = true
                continue
            case "n" where isEscaped, "N" where isEscaped, "\n", "\r\n": lines.append("")
            case ";" where isStructured && !isEscaped: lines[lines.count - 1].append(" ")
            default: lines[lines.count - 1].append(character)
            }
            isEscaped = false
        }
        return lines
    }

    /// A parameter's value (RFC 6868).
    private static func plain(_ value: String) -> String {
        value.replacing("^'", with: "\"").replacing("^n", with: "\n").replacing("^^", with: "^")
    }
}
