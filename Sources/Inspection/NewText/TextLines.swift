/// The first lines of a text, for the search for quoted mail: where each stands, and what it looks like.
struct TextLines {
    /// What is known of a line without its neighbours.
    struct Line {
        /// Without its end of line.
        let content: Range<Int>
        /// Where the next line begins.
        let end: Int
        let isBlank: Bool
        let isQuoted: Bool
        /// The field of an original that the line is.
        let field: ReplyWords.Field?
    }

    let text: [UInt8]
    private(set) var lines: [Line] = []

    init(_ text: [UInt8]) {
        self.text = text
        var start = 0
        while start < text.count, lines.count < NewTextLimits.lines {
            let feed = text[start...].firstIndex(of: 0x0a) ?? text.count
            var end = feed
            while end > start, text[end - 1] == 0x0d { end -= 1 }
            lines.append(line(start..<end, end: min(feed + 1, text.count)))
            start = feed + 1
        }
    }

    private func line(_ content: Range<Int>, end: Int) -> Line {
        let bytes = text[content]
        let isBlank = bytes.allSatisfy { $0 == 0x20 || $0 == 0x09 }
        return Line(
            content: content, end: end, isBlank: isBlank, isQuoted: Self.isQuoted(bytes),
            field: isBlank ? nil : label(of: content).flatMap(ReplyWords.field))
    }

    /// `>From ` is what stores make of a line that begins with `From `.
    private static func isQuoted(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.first == UInt8(ascii: ">") && !bytes.dropFirst().starts(with: "From ".utf8)
    }

    /// The name of the field that a line would be, in lower case: what stands before its first colon.
    func label(of content: Range<Int>) -> String? {
        let head = text[content].prefix(NewTextLimits.labelBytes)
        guard let colon = head.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        // Bold text in a page becomes stars in its plain version.
        let label = Self.words(head[..<colon].drop { $0 == UInt8(ascii: "*") || $0 == 0x20 || $0 == 0x09 })
        return label.isEmpty ? nil : label
    }

    /// In lower case, with single spaces, no-break spaces among them, without any at the ends and without stars.
    static func words(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: bytes, as: UTF8.self).lowercased()
            .split { $0 == " " || $0 == "\t" || $0 == "\u{a0}" || $0 == "\u{202f}" || $0 == "*" }
            .joined(separator: " ")
    }

    /// The words of a line, see `words`.
    func words(ofLine index: Int) -> String { Self.words(text[lines[index].content]) }

    /// The first line behind one that is not blank, within three.
    func follower(of index: Int) -> Int? {
        (index + 1..<min(index + 4, max(index + 1, lines.count))).first { !lines[$0].isBlank }
    }
}
