import CXML2

/// Reads the tags, the text and the comments of a page one after the other, without any regard to what is open: for
/// pages that are too much for libxml2. Linear in the length.
///
/// A comment, a script or a value that never ends hides nothing: what stands in it is text.
struct PlainMarkup {
    private let page: [UInt8]
    private let reader: HTMLReader
    private var index = 0
    /// Ends that do not come any more, so that nobody searches for them again.
    private var missing: Set<[UInt8]> = []
    /// Whether a tag was left open in quotes to the end of the page: from then on quotes are letters like others, so
    /// that no tag is read to the end of the page again.
    private var hasStrayQuotes = false

    /// Passes on all of a page, UTF-8 without NUL.
    static func read(_ page: [UInt8], into reader: HTMLReader) {
        var markup = PlainMarkup(page: page, reader: reader)
        markup.read()
    }

    private init(page: [UInt8], reader: HTMLReader) {
        self.page = page
        self.reader = reader
    }

    private mutating func read() {
        var text = 0
        while index < page.count, reader.hasRoom {
            guard page[index] == UInt8(ascii: "<") else {
                index += 1
                continue
            }
            let start = index
            reader.characters(MarkupEntities.decode(page[text..<start]))
            if !readMark() {
                index = start + 1
                text = start
            } else {
                text = index
            }
        }
        if reader.hasRoom { reader.characters(MarkupEntities.decode(page[text...])) }
    }

    /// Takes what begins with `<`; false where that is a letter like others.
    private mutating func readMark() -> Bool {
        index += 1
        guard index < page.count else { return false }
        switch page[index] {
        case UInt8(ascii: "!"):
            if page[index...].starts(with: "!--".utf8) {
                guard let end = find("-->", from: index + 3) else { return false }
                reader.comment(Array(page[(index + 3)..<end]) + [0])
                index = end + 3
                return true
            }
            return skipBehindBracket()
        case UInt8(ascii: "?"):
            return skipBehindBracket()
        case UInt8(ascii: "/"):
            index += 1
            guard index < page.count, Self.isLetter(page[index]) else { return false }
            let name = takeName()
            guard skipBehindBracket() else { return false }
            reader.end(name)
            return true
        case let byte where Self.isLetter(byte):
            return readTag()
        default:
            return false
        }
    }

    private mutating func readTag() -> Bool {
        guard find(">", from: index) != nil else { return false }
        let name = takeName()
        var strings: [UInt8] = []
        var places: [Int] = []
        while index < page.count, page[index] != UInt8(ascii: ">") {
            if Self.isBlank(page[index]) || page[index] == UInt8(ascii: "/") {
                index += 1
                continue
            }
            let start = index
            index += 1
            while index < page.count, !Self.endsName(page[index]) { index += 1 }
            places.append(strings.count)
            strings += page[start..<index].lazy.map(WebAddress.lowercased)
            strings.append(0)
            places.append(strings.count)
            strings += takeValue()
            strings.append(0)
        }
        // A tag that never ends is none; its words are text.
        guard index < page.count else {
            hasStrayQuotes = true
            return false
        }
        index += 1
        if name == "script" || name == "style" {
            guard let end = find("</\(name)", from: index) else { return true }
            index = end
        }
        strings.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return reader.start(name, nil) }
            var pointers: [UnsafePointer<xmlChar>?] = places.map { base + $0 }
            pointers.append(nil)
            pointers.withUnsafeMutableBufferPointer { reader.start(name, places.isEmpty ? nil : $0.baseAddress) }
        }
        return true
    }

    private mutating func takeName() -> String {
        let start = index
        while index < page.count, !Self.endsName(page[index]) { index += 1 }
        return String(decoding: page[start..<index].lazy.map(WebAddress.lowercased), as: UTF8.self)
    }

    /// What stands behind an equals sign, if there is one.
    private mutating func takeValue() -> [UInt8] {
        let before = index
        while index < page.count, Self.isBlank(page[index]) { index += 1 }
        guard index < page.count, page[index] == UInt8(ascii: "=") else {
            index = before
            return []
        }
        index += 1
        while index < page.count, Self.isBlank(page[index]) { index += 1 }
        guard index < page.count else { return [] }
        let quote = page[index]
        let isQuoted = !hasStrayQuotes && (quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"))
        if isQuoted, let end = find([quote], from: index + 1) {
            defer { index = end + 1 }
            return MarkupEntities.decode(page[(index + 1)..<end])
        }
        if isQuoted { index += 1 }
        let start = index
        while index < page.count, !Self.isBlank(page[index]), page[index] != UInt8(ascii: ">") { index += 1 }
        return MarkupEntities.decode(page[start..<index])
    }

    private mutating func skipBehindBracket() -> Bool {
        guard let end = find(">", from: index) else { return false }
        index = end + 1
        return true
    }

    private mutating func find(_ words: String, from start: Int) -> Int? { find(Array(words.utf8), from: start) }

    /// The next place of words, in letters of either case.
    private mutating func find(_ words: [UInt8], from start: Int) -> Int? {
        guard !missing.contains(words) else { return nil }
        var place = start
        while place + words.count <= page.count {
            if page[place] == words[0], page[place..<(place + words.count)].lazy.map(WebAddress.lowercased) == words {
                return place
            }
            place += 1
        }
        missing.insert(words)
        return nil
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    private static func endsName(_ byte: UInt8) -> Bool {
        isBlank(byte) || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "=")
    }
}

/// References to characters in a page.
enum MarkupEntities {
    /// Bytes of the longest reference that is looked up.
    private static let length = 12

    /// Puts the characters in the places of the references; what refers to nothing stays.
    static func decode(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        guard bytes.contains(UInt8(ascii: "&")) else { return Array(bytes) }
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var index = bytes.startIndex
        while index < bytes.endIndex {
            if bytes[index] == UInt8(ascii: "&") {
                let name = bytes[(index + 1)...].prefix(length).prefix { isNamed($0) }
                let end = name.endIndex
                if end < bytes.endIndex, bytes[end] == UInt8(ascii: ";"), let scalar = scalar(name) {
                    decoded += Array(String(Character(scalar)).utf8)
                    index = end + 1
                    continue
                }
            }
            decoded.append(bytes[index])
            index += 1
        }
        return decoded
    }

    private static func isNamed(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "#")
    }

    private static func scalar(_ name: ArraySlice<UInt8>) -> Unicode.Scalar? {
        let text = String(decoding: name, as: UTF8.self)
        let number: UInt32?
        if text.hasPrefix("#x") || text.hasPrefix("#X") {
            number = UInt32(text.dropFirst(2), radix: 16)
        } else if text.hasPrefix("#") {
            number = UInt32(text.dropFirst())
        } else {
            number = htmlEntityLookup(text).map(\.pointee.value)
        }
        return number.flatMap { $0 == 0 ? nil : Unicode.Scalar($0) }
    }
}
