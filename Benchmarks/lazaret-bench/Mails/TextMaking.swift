/// Text as people write it, near enough for measuring: common words, some made up, now and then an address or a letter
/// beyond ASCII.
struct TextMaking {
    var numbers: SeededNumbers

    private static let words: [[UInt8]] = """
        time year people way day man thing woman life child world school state family student group country problem \
        hand part place case week company system program question work number night point home water room mother area \
        money story fact month lot right study book eye job word business issue side kind head house service friend \
        father power hour game line end member law car city community name president team minute idea body information \
        invoice payment account report meeting schedule attached please regards thanks update review contract project \
        delivery order shipment confirm customer support request budget forecast agenda minutes the of and to a in is \
        it you that he was for on are with as his they be at one have this from or had by not but what some we can out \
        other were all there when up use your how said an each she which do their if will
        """.split(separator: " ").map { Array($0.utf8) }
    private static let syllables = "ba ce di fo gu ha je ki lo mu na pe ri so tu va wi za zo la".split(separator: " ")
        .map { Array($0.utf8) }
    private static let foreign = ["Zürich", "naïve", "café", "señor", "Łódź", "Привет", "日本語", "Ελλάδα", "čeština"]
        .map { Array($0.utf8) }
    static let domains = ["example.com", "example.org", "mail.example", "shop.example", "bank.example", "acme.example"]

    init(seed: UInt64) { numbers = SeededNumbers(seed: seed) }

    mutating func word() -> [UInt8] {
        if numbers.chance(85) { return Self.words[numbers.below(Self.words.count)] }
        return (0..<(2 + numbers.below(3))).flatMap { _ in Self.syllables[numbers.below(Self.syllables.count)] }
    }

    mutating func name() -> String {
        (0..<3).map { _ in
            String(decoding: Self.syllables[numbers.below(Self.syllables.count)], as: UTF8.self)
        }.joined().capitalized
    }

    mutating func domain() -> String { Self.domains[numbers.below(Self.domains.count)] }

    mutating func sentence() -> [UInt8] {
        var text: [UInt8] = []
        for _ in 0..<(5 + numbers.below(12)) {
            if !text.isEmpty { text.append(0x20) }
            text += word()
        }
        if numbers.chance(4) { text += Array(" https://\(domain())/\(numbers.below(1_000_000))?u=1".utf8) }
        if numbers.chance(3) { text += [0x20] + Self.foreign[numbers.below(Self.foreign.count)] }
        text[0] &= ~0x20
        text.append(UInt8(ascii: "."))
        return text
    }

    /// Paragraphs of about `bytes` bytes in all.
    mutating func paragraphs(bytes: Int) -> [[UInt8]] {
        var paragraphs: [[UInt8]] = []
        var count = 0
        while count < bytes {
            var paragraph = sentence()
            for _ in 0..<numbers.below(6) { paragraph += [0x20] + sentence() }
            count += paragraph.count + 4
            paragraphs.append(paragraph)
        }
        return paragraphs
    }

    /// Paragraphs in lines of at most 76 bytes where words allow it, an empty line between.
    static func lines(_ paragraphs: [[UInt8]]) -> [UInt8] {
        var text: [UInt8] = []
        for paragraph in paragraphs {
            var width = 0
            for word in paragraph.split(separator: 0x20) {
                if width > 0, width + word.count + 1 > 76 {
                    text += [0x0D, 0x0A]
                    width = 0
                }
                if width > 0 { text.append(0x20) }
                text += word
                width += word.count + 1
            }
            text += [0x0D, 0x0A, 0x0D, 0x0A]
        }
        return text
    }

    /// Paragraphs as a page, laid out in a table as mailing programs do.
    mutating func page(_ paragraphs: [[UInt8]]) -> [UInt8] {
        var page = Array(
            """
            <!DOCTYPE html>\r
            <html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>x</title>\
            <style>td{margin:0} .c1{color:#333}</style></head>\r
            <body bgcolor="#ffffff"><table width="600" cellpadding="0">\r

            """.utf8)
        for paragraph in paragraphs {
            page += Array(
                #"<tr><td style="padding:4px 8px;font-family:Arial,sans-serif;color:#\#(100_000 + numbers.below(300_000))">"#
                    .utf8)
            page += Array(#"<p class="c\#(numbers.below(40))">"#.utf8) + paragraph + Array("</p></td></tr>\r\n".utf8)
        }
        let link = #"<a href="https://\#(domain())/unsub?id=\#(numbers.below(1 << 40))">unsubscribe</a>"#
        return page + Array("</table>\(link)</body></html>\r\n".utf8)
    }
}
