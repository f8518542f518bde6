/// Properties of CSS that decide whether text is seen, and whether it stands on a line of its own.
enum StyleProperty: String, CaseIterable {
    case display, visibility, opacity, color, background, width, height, overflow, position, float, left, top, right
    case bottom, clip, font, transform, scale, direction, order, content
    case backgroundColor = "background-color"
    case backgroundImage = "background-image"
    case clipPath = "clip-path"
    case fontSize = "font-size"
    case marginLeft = "margin-left"
    case marginTop = "margin-top"
    case maxHeight = "max-height"
    case maxWidth = "max-width"
    case msoHide = "mso-hide"
    case overflowX = "overflow-x"
    case overflowY = "overflow-y"
    case textFillColor = "-webkit-text-fill-color"
    case textIndent = "text-indent"
    case contentVisibility = "content-visibility"
    case flexDirection = "flex-direction"
    case unicodeBidi = "unicode-bidi"
    case listStyle = "list-style"
    case listStyleType = "list-style-type"

    /// Whether its value has words that are shown as they stand.
    var hasWords: Bool { self == .content || self == .listStyle || self == .listStyleType }

    static let named = {
        let others: [(String, StyleProperty)] = [
            ("flex-flow", .flexDirection), ("-webkit-flex-direction", .flexDirection),
            ("-webkit-flex-flow", .flexDirection), ("-webkit-box-direction", .flexDirection),
            ("-webkit-order", .order), ("-ms-flex-order", .order), ("-webkit-box-ordinal-group", .order),
        ]
        let all = allCases.map { ($0.rawValue, $0) } + others
        return Dictionary(uniqueKeysWithValues: all.map { (Array($0.utf8), $1) })
    }()
}

/// The declarations of a `style` attribute, or of a rule of a style sheet, that are of these properties (CSS Syntax 3).
struct StyleDeclarations {
    struct Declaration {
        let property: StyleProperty
        /// In lower case, without blanks around it.
        let value: String
        let isImportant: Bool
    }

    private(set) var list: [Declaration] = []
    /// Variables (CSS Custom Properties 1) in lower case.
    private(set) var variables: [String: String] = [:]
    /// False where a value was too long to be looked at.
    private(set) var isComplete = true

    /// Reads declarations up to the end of the bytes; what is none is passed over. Linear in the length.
    init(_ bytes: ArraySlice<UInt8>) {
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let end = StyleScan.end(of: bytes, from: index, at: UInt8(ascii: ";"))
            if let declaration = declaration(bytes[index..<end]) { list.append(declaration) }
            index = end + 1
        }
        if list.count > StyleProperty.allCases.count { list = Self.last(list) }
    }

    /// The last declaration of each property, so that a long block costs no more than a short one wherever it counts.
    private static func last(_ list: [Declaration]) -> [Declaration] {
        var seen: [Set<StyleProperty>] = [[], []]
        return list.reversed().filter { seen[$0.isImportant ? 1 : 0].insert($0.property).inserted }.reversed()
    }

    /// A value with `url()` in place of every address: of a picture, which may stand in it as a whole, only that it is
    /// there counts.
    private static func withoutAddresses(_ value: [UInt8]) -> [UInt8] {
        var kept: [UInt8] = []
        var index = 0
        while index < value.count {
            kept.append(value[index])
            index += 1
            if value[index - 1] == UInt8(ascii: "("), kept.suffix(4).elementsEqual("url(".utf8) {
                index = StyleScan.end(of: value[...], from: index, at: UInt8(ascii: ")"))
            }
        }
        return kept
    }

    private mutating func declaration(_ bytes: ArraySlice<UInt8>) -> Declaration? {
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        let name = StyleScan.plain(bytes[..<colon])
        if name.starts(with: "--".utf8) { addVariable(name, bytes[(colon + 1)...]) }
        guard name.count <= 32, let property = StyleProperty.named[name] else { return nil }
        var value = StyleScan.plain(bytes[(colon + 1)...])
        var isImportant = false
        if let mark = value.lastIndex(of: UInt8(ascii: "!")),
            value[(mark + 1)...].drop(while: { $0 <= 0x20 }).elementsEqual("important".utf8)
        {
            isImportant = true
            value.removeSubrange(mark...)
            while let last = value.last, last <= 0x20 { value.removeLast() }
        }
        // An empty value is no declaration.
        guard !value.isEmpty else { return nil }
        if value.count > StyleLimits.valueBytes { value = Self.withoutAddresses(value) }
        guard value.count <= StyleLimits.valueBytes else {
            isComplete = false
            return nil
        }
        if property.hasWords { value = Array(bytes[(colon + 1)...]) }
        return Declaration(
            property: property, value: String(decoding: value, as: UTF8.self), isImportant: isImportant)
    }

    private mutating func addVariable(_ name: [UInt8], _ bytes: ArraySlice<UInt8>) {
        let value = StyleScan.plain(bytes)
        let isShort = name.count <= StyleLimits.nameBytes && value.count <= StyleLimits.valueBytes
        guard isShort, variables.count < StyleLimits.variables else {
            isComplete = false
            return
        }
        variables[String(decoding: name, as: UTF8.self)] = String(decoding: value, as: UTF8.self)
    }
}

/// What styles and style sheets are made of.
enum StyleScan {
    /// The place of a byte, or of another one, outside of quotes, brackets and comments, or the end.
    static func end(of bytes: ArraySlice<UInt8>, from start: Int, at byte: UInt8, or other: UInt8? = nil) -> Int {
        var index = start
        var brackets = 0
        while index < bytes.endIndex {
            switch bytes[index] {
            case byte where brackets == 0, other where brackets == 0: return index
            case UInt8(ascii: "\""), UInt8(ascii: "'"): index = endOfString(bytes, from: index)
            case UInt8(ascii: "("): brackets += 1
            case UInt8(ascii: ")"): brackets = max(0, brackets - 1)
            case UInt8(ascii: "\\"): index += 1
            case UInt8(ascii: "/"): index = endOfComment(bytes, from: index)
            default: break
            }
            index += 1
        }
        return bytes.endIndex
    }

    /// The quote that ends a string, or the end of its line.
    static func endOfString(_ bytes: ArraySlice<UInt8>, from start: Int) -> Int {
        var index = start + 1
        while index < bytes.endIndex, bytes[index] != bytes[start], bytes[index] != 0x0A {
            index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        return min(index, bytes.endIndex)
    }

    /// The last byte of the comment that begins there, or the place itself.
    static func endOfComment(_ bytes: ArraySlice<UInt8>, from start: Int) -> Int {
        guard start + 1 < bytes.endIndex, bytes[start + 1] == UInt8(ascii: "*") else { return start }
        var index = start + 2
        while index + 1 < bytes.endIndex {
            if bytes[index] == UInt8(ascii: "*"), bytes[index + 1] == UInt8(ascii: "/") { return index + 1 }
            index += 1
        }
        return bytes.endIndex
    }

    /// The bracket that ends a block, blocks within it passed over, or the end.
    static func endOfBlock(_ sheet: ArraySlice<UInt8>, from open: Int) -> Int {
        var depth = 0
        var index = open
        while index < sheet.endIndex {
            switch sheet[index] {
            case UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "}"):
                depth -= 1
                if depth == 0 { return index }
            case UInt8(ascii: "\""), UInt8(ascii: "'"): index = endOfString(sheet, from: index)
            case UInt8(ascii: "\\"): index += 1
            case UInt8(ascii: "/"): index = endOfComment(sheet, from: index)
            default: break
            }
            index += 1
        }
        return sheet.endIndex
    }

    /// Lower case, without comments, with escapes undone, white space as single blanks and none at the ends.
    static func plain(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var plain: [UInt8] = []
        var wantsBlank = false
        var index = bytes.startIndex
        func isComment(_ index: Int) -> Bool { endOfComment(bytes, from: index) != index }
        while index < bytes.endIndex {
            var byte = bytes[index]
            index += 1
            if byte == UInt8(ascii: "/"), isComment(index - 1) {
                index = min(endOfComment(bytes, from: index - 1) + 1, bytes.endIndex)
                continue
            }
            if byte <= 0x20 {
                wantsBlank = true
                continue
            }
            if byte == UInt8(ascii: "\\") { byte = escaped(bytes, &index) }
            if wantsBlank, !plain.isEmpty { plain.append(0x20) }
            wantsBlank = false
            plain.append(WebAddress.lowercased(byte))
        }
        return plain
    }

    /// The character behind a backslash: up to six hexadecimal digits and a blank, or itself. What is not ASCII is no
    /// part of any word that is looked for.
    static func escaped(_ bytes: ArraySlice<UInt8>, _ index: inout Int) -> UInt8 {
        var number = 0
        var digits = 0
        while index < bytes.endIndex, digits < 6, let digit = HexDigit.value(bytes[index]) {
            number = number << 4 | Int(digit)
            digits += 1
            index += 1
        }
        if digits > 0 {
            if index < bytes.endIndex, bytes[index] <= 0x20 { index += 1 }
            return number < 0x80 ? UInt8(number) : UInt8(ascii: "?")
        }
        guard index < bytes.endIndex else { return UInt8(ascii: "?") }
        defer { index += 1 }
        return bytes[index]
    }
}
