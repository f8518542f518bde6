import Message
import Vocabulary

/// The text of a document in the Rich Text Format (version 1.9.1), as a word processor shows it.
///
/// A group's properties end with the group, so a stack of them is all that is kept; its depth is bounded. Bytes are
/// letters of the document's code page, or of the font's, where the font names a character set.
struct RTFText {
    /// What holds within a group.
    private struct State {
        var isSkipped = false
        var isHidden = false
        /// How many characters stand for a reader that knows no Unicode behind each `\u`.
        var fallback = 1
        var charset: String?
        var isFontTable = false
    }

    private var text: LayeredCollector
    private var missing: Reasons = []
    private var states: [State] = [State()]
    private var codePage = "windows-1252"
    private var fonts: [Int: String] = [:]
    private var font = 0
    private var defaultFont = 0
    /// Bytes of letters not yet decoded, and a UTF-16 unit that waits for its second.
    private var letters: [UInt8] = []
    private var surrogate: UInt32?
    private var toSkip = 0
    private var isIgnorable = false
    private let bytes: [UInt8]
    private var place = 0
    private let limits: InspectionLimits

    /// Reads a document; anything at all yields some text. Linear in the length.
    static func read(_ bytes: [UInt8], limits: InspectionLimits) -> ExtractedText {
        var reader = RTFText(bytes, limits)
        reader.run()
        var extracted = reader.text.extracted
        extracted.missing.formUnion(reader.missing)
        return extracted
    }

    private init(_ bytes: [UInt8], _ limits: InspectionLimits) {
        self.bytes = bytes
        self.limits = limits
        text = LayeredCollector(limit: limits.textBytes)
    }

    private var state: State {
        get { states[states.count - 1] }
        set { states[states.count - 1] = newValue }
    }

    private mutating func run() {
        while place < bytes.count, text.isComplete {
            let byte = bytes[place]
            place += 1
            switch byte {
            case UInt8(ascii: "{"): openGroup()
            case UInt8(ascii: "}"): closeGroup()
            case UInt8(ascii: "\\"): control()
            case 0x0a, 0x0d, 0x00: break
            default: letter(byte)
            }
        }
        flush()
        if states.count > 1, text.isComplete, missing.isEmpty { missing.formUnion(.damaged) }
    }

    private mutating func openGroup() {
        flush()
        toSkip = 0
        isIgnorable = false
        guard states.count < limits.groups else {
            missing.formUnion(.overLimit)
            place = bytes.count
            return
        }
        states.append(state)
    }

    private mutating func closeGroup() {
        flush()
        toSkip = 0
        isIgnorable = false
        if states.count > 1 { states.removeLast() }
        text.isHidden = state.isHidden
    }

    /// A letter of the code page; one of those that follow `\u` for old readers is left out.
    private mutating func letter(_ byte: UInt8) {
        if toSkip > 0 {
            toSkip -= 1
            return
        }
        guard !state.isSkipped else { return }
        surrogate = nil
        letters.append(byte)
        if letters.count >= 4_096, byte < 0x80 { flush() }
    }

    private mutating func flush() {
        guard !letters.isEmpty else { return }
        let charset = state.charset ?? codePage
        if letters.allSatisfy({ $0 < 0x80 }) {
            text.append(letters)
        } else {
            text.append(Charset.decode(letters[...], label: charset).text.utf8)
        }
        letters.removeAll(keepingCapacity: true)
    }

    // MARK: - Controls

    private mutating func control() {
        guard place < bytes.count else { return }
        let first = bytes[place]
        guard isLetter(first) else {
            place += 1
            symbol(first)
            return
        }
        let start = place
        while place < bytes.count, isLetter(bytes[place]), place - start < 32 { place += 1 }
        let word = String(decoding: bytes[start..<place], as: UTF8.self)
        var sign = 1
        var number: Int?
        if place + 1 < bytes.count, bytes[place] == UInt8(ascii: "-"), isDigit(bytes[place + 1]) {
            sign = -1
            place += 1
        }
        var digits = 0
        while place < bytes.count, isDigit(bytes[place]), digits < 10 {
            number = (number ?? 0) * 10 + Int(bytes[place] - 0x30)
            place += 1
            digits += 1
        }
        if place < bytes.count, bytes[place] == 0x20 { place += 1 }
        perform(word, number.map { $0 * sign })
    }

    private func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7a).contains(byte | 0x20) }
    private func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private mutating func symbol(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "'"):
            guard place + 2 <= bytes.count, let value = hexadecimal(bytes[place], bytes[place + 1]) else { return }
            place += 2
            letter(value)
        case UInt8(ascii: "*"): isIgnorable = true
        case UInt8(ascii: "~"): letter(0x20)
        case UInt8(ascii: "_"): letter(0x2d)
        // An optional hyphen is shown at the end of a line only.
        case UInt8(ascii: "-"): break
        case 0x0a, 0x0d: separate { $0.line() }
        case UInt8(ascii: "\\"), UInt8(ascii: "{"), UInt8(ascii: "}"): letter(byte)
        default: break
        }
    }

    private func hexadecimal(_ high: UInt8, _ low: UInt8) -> UInt8? {
        guard let high = HexDigit.value(high), let low = HexDigit.value(low) else { return nil }
        return high << 4 | low
    }

    private mutating func separate(_ how: (inout LayeredCollector) -> Void) {
        flush()
        if !state.isSkipped { how(&text) }
    }

    private mutating func perform(_ word: String, _ number: Int?) {
        if RTFWords.skipped.contains(word) || isIgnorable && !RTFWords.shown.contains(word) {
            flush()
            state.isSkipped = true
            state.isFontTable = word == "fonttbl"
        }
        isIgnorable = false
        if let letters = RTFWords.letters[word] {
            flush()
            if !state.isSkipped { text.append(letters.utf8) }
            return
        }
        switch word {
        case "par", "line", "page", "row", "sect", "footnote", "annotation", "shptxt": separate { $0.line() }
        case "tab", "cell", "nestcell": separate { $0.space() }
        case "u": unicode(number ?? 0)
        case "uc": state.fallback = min(max(number ?? 1, 0), 64)
        case "v":
            flush()
            state.isHidden = number != 0
            text.isHidden = state.isHidden
        case "plain":
            flush()
            state.isHidden = false
            text.isHidden = false
        case "ansicpg": if let number { codePage = Self.charset(ofPage: number) ?? codePage }
        case "mac": codePage = "macintosh"
        case "pc": codePage = "cp437"
        case "deff": defaultFont = number ?? 0
        case "f":
            flush()
            font = number ?? defaultFont
            state.charset = fonts[font]
        case "fcharset" where state.isFontTable: fonts[font] = number.flatMap { RTFWords.charsets[$0] }
        case "bin":
            // Raw bytes follow; they are no text, and braces among them no groups.
            place += min(max(0, number ?? 0), bytes.count - place)
        default: break
        }
    }

    private static func charset(ofPage number: Int) -> String? {
        let label = number == 65_001 ? "utf-8" : (1_250...1_258).contains(number) ? "windows-\(number)" : "cp\(number)"
        return Charset.isKnown(label) ? label : nil
    }

    /// A UTF-16 unit as a signed number; what stands behind it is for readers that do not know it.
    private mutating func unicode(_ number: Int) {
        flush()
        let unit = UInt32(truncatingIfNeeded: number) & 0xffff
        toSkip = state.fallback
        guard !state.isSkipped else { return }
        if let high = surrogate, (0xdc00...0xdfff).contains(unit) {
            surrogate = nil
            append(0x10000 + (high - 0xd800) << 10 + (unit - 0xdc00))
        } else if (0xd800...0xdbff).contains(unit) {
            surrogate = unit
        } else {
            surrogate = nil
            append(unit)
        }
    }

    private mutating func append(_ value: UInt32) {
        guard let scalar = UnicodeScalar(value) else { return }
        text.append(String(Character(scalar)).utf8)
    }
}

/// Words of the Rich Text Format that decide what is text.
enum RTFWords {
    /// Destinations whose content no reader shows.
    static let skipped: Set<String> = [
        "fonttbl", "colortbl", "stylesheet", "pict", "objdata", "objclass", "objname", "themedata", "listtable",
        "colorschememapping", "datastore", "latentstyles", "rsidtbl", "generator", "listoverridetable", "xmlnstbl",
        "filetbl", "revtbl", "operator", "bkmkstart", "bkmkend", "sp", "pntext", "nonesttables",
    ]
    /// Destinations that a reader who does not know them may leave out, and that are shown by those who do.
    static let shown: Set<String> = [
        "shpinst", "shptxt", "annotation", "footnote", "ud", "fldinst", "htmltag", "shppict", "atnauthor", "header",
        "footer", "moveto", "movefrom", "ftnsep", "txfieldtext", "pnseclvl",
    ]
    /// Words that stand for letters.
    static let letters: [String: String] = [
        "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
        "bullet": "•", "emspace": " ", "enspace": " ", "qmspace": " ", "zwj": "\u{200d}", "zwnj": "\u{200c}",
        "zwbo": "\u{200b}", "zwnbo": "\u{2060}", "ltrmark": "\u{200e}", "rtlmark": "\u{200f}",
    ]
    /// Character sets of fonts, by their number in Windows.
    static let charsets: [Int: String] = [
        0: "windows-1252", 77: "macintosh", 128: "cp932", 129: "cp949", 130: "johab", 134: "gb18030", 136: "big5",
        161: "windows-1253", 162: "windows-1254", 163: "windows-1258", 177: "windows-1255", 178: "windows-1256",
        186: "windows-1257", 204: "windows-1251", 222: "cp874", 238: "windows-1250", 255: "cp437",
    ]
}
