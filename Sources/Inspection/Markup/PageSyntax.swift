/// Comments and tags of a page as browsers read them (HTML, 13.2.5), written so that libxml2 reads them likewise.
///
/// It takes `<![if !mso]>` and `</>` for text, ends a tag at the `>` in a value of an end tag, knows no form feed between
/// attributes, no comments that end where they begin, no `--!>`, and finds comments and tags in what is text alone.
struct PageSyntax {
    private let page: [UInt8]
    private var kept: [UInt8] = []
    private var copied = 0
    private var index = 0
    /// Whether an end of a comment that is searched for does not come any more.
    private var hasEnds = true

    /// The page in the form that both read alike. Linear in the length.
    static func normalized(_ page: [UInt8]) -> [UInt8] {
        var syntax = PageSyntax(page: page)
        syntax.run()
        return syntax.copied == 0 ? page : syntax.kept + page[syntax.copied...]
    }

    private init(page: [UInt8]) { self.page = page }

    private mutating func run() {
        while index + 2 < page.count {
            guard page[index] == UInt8(ascii: "<") else {
                index += 1
                continue
            }
            let goesOn =
                switch page[index + 1] {
                case UInt8(ascii: "!"): readDeclaration()
                case UInt8(ascii: "/"): readEndTag()
                case let byte where Self.isLetter(byte): readStartTag()
                default: advance(by: 1)
                }
            guard goesOn else { break }
        }
    }

    private mutating func advance(by count: Int) -> Bool {
        index += count
        return true
    }

    /// Leaves out what stands from the place up to another one, and goes on behind it.
    private mutating func replace(upTo end: Int, by bytes: [UInt8] = []) -> Bool {
        kept += page[copied..<index]
        kept += bytes
        copied = end
        index = end
        return true
    }

    // MARK: Comments

    private mutating func readDeclaration() -> Bool {
        let inside = index + 2
        if let empty = emptyComment(inside) { return replace(upTo: empty) }
        if page[inside...].starts(with: "--".utf8) {
            guard hasEnds, let dashes = endOfComment(from: inside + 2) else {
                hasEnds = false
                return advance(by: 2)
            }
            if page[dashes + 2] == UInt8(ascii: "!") {
                kept += page[copied..<(dashes + 2)]
                copied = dashes + 3
            }
            index = dashes + 3
            return true
        }
        if page[inside...].prefix(7).lazy.map(WebAddress.lowercased).elementsEqual("doctype".utf8) {
            return advance(by: 2)
        }
        guard let end = page[inside...].firstIndex(of: UInt8(ascii: ">")) else { return false }
        return replace(upTo: end + 1)
    }

    /// Behind `<!-->` or `<!--->`.
    private func emptyComment(_ inside: Int) -> Int? {
        for form in ["-->", "--->"] where page[inside...].starts(with: form.utf8) { return inside + form.utf8.count }
        return nil
    }

    /// The first of the dashes of `-->` or `--!>`.
    private func endOfComment(from start: Int) -> Int? {
        var index = start
        while index + 2 < page.count {
            if page[index] == UInt8(ascii: "-"), page[index + 1] == UInt8(ascii: "-") {
                if page[index + 2] == UInt8(ascii: ">") { return index }
                if page[index + 2] == UInt8(ascii: "!"), index + 3 < page.count, page[index + 3] == UInt8(ascii: ">") {
                    return index
                }
            }
            index += 1
        }
        return nil
    }

    // MARK: Tags

    private mutating func readEndTag() -> Bool {
        guard Self.isLetter(page[index + 2]) else {
            guard let end = page[(index + 2)...].firstIndex(of: UInt8(ascii: ">")) else { return false }
            return replace(upTo: end + 1)
        }
        guard let end = endOfTag(from: index + 2) else { return false }
        let nameEnd = page[(index + 2)..<end].firstIndex { !Self.isOfName($0) } ?? end
        return nameEnd == end
            ? advance(by: end + 1 - index)
            : replace(upTo: end + 1, by: Array(page[index..<nameEnd]) + [UInt8(ascii: ">")])
    }

    private mutating func readStartTag() -> Bool {
        guard let end = endOfTag(from: index + 1) else { return false }
        let name = page[(index + 1)..<end].prefix(while: Self.isOfName).map(WebAddress.lowercased)
        if page[index..<end].contains(0x0C) {
            _ = replace(upTo: end + 1, by: page[index...end].map { $0 == 0x0C ? 0x20 : $0 })
        } else {
            index = end + 1
        }
        if Self.texts.contains(where: { name.elementsEqual($0.utf8) }) { readText(of: name) }
        return true
    }

    /// Elements whose content is text up to their end, whatever it looks like. Scripts and styles libxml2 knows itself.
    private static let texts = ["textarea", "title", "xmp", "iframe", "noembed", "noframes"]

    private mutating func readText(of name: [UInt8]) {
        let start = index
        var end = start
        while end < page.count, !isEnd(of: name, at: end) { end += 1 }
        guard page[start..<end].contains(UInt8(ascii: "<")) else {
            index = end
            return
        }
        let escaped = Array("&lt;".utf8)
        _ = replace(upTo: end, by: page[start..<end].flatMap { $0 == UInt8(ascii: "<") ? escaped : [$0] })
    }

    private func isEnd(of name: [UInt8], at place: Int) -> Bool {
        guard page[place] == UInt8(ascii: "<"), place + 2 + name.count < page.count,
            page[place + 1] == UInt8(ascii: "/"), !Self.isOfName(page[place + 2 + name.count])
        else { return false }
        return page[(place + 2)..<(place + 2 + name.count)].lazy.map(WebAddress.lowercased).elementsEqual(name)
    }

    private enum Attribute {
        case name(isBegun: Bool)
        case beforeValue
        case value(quote: UInt8?)
    }

    /// Where the `>` of a tag stands that is in no value in quotes (HTML, 13.2.5.32 ff.); nil where none comes.
    private func endOfTag(from start: Int) -> Int? {
        var state = Attribute.name(isBegun: true)
        for place in start..<page.count {
            let byte = page[place]
            let isBlank = byte == 0x20 || (0x09...0x0D).contains(byte)
            switch state {
            case .name(let isBegun):
                if byte == UInt8(ascii: ">") { return place }
                if byte == UInt8(ascii: "="), isBegun {
                    state = .beforeValue
                } else if byte == UInt8(ascii: "/") {
                    state = .name(isBegun: false)
                } else if !isBlank {
                    state = .name(isBegun: true)
                }
            case .beforeValue:
                if byte == UInt8(ascii: ">") { return place }
                if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                    state = .value(quote: byte)
                } else if !isBlank {
                    state = .value(quote: nil)
                }
            case .value(nil):
                if byte == UInt8(ascii: ">") { return place }
                if isBlank { state = .name(isBegun: false) }
            case .value(let quote?):
                if byte == quote { state = .name(isBegun: false) }
            }
        }
        return nil
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

    /// What does not end the name of a tag.
    private static func isOfName(_ byte: UInt8) -> Bool {
        byte != 0x20 && !(0x09...0x0D).contains(byte) && byte != UInt8(ascii: "/") && byte != UInt8(ascii: ">")
    }
}
