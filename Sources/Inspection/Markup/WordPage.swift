/// A page as Outlook on Windows shows it, which lays mail out with Word: what stands in comments for Word, and without
/// what stands there for all others (`<!--[if mso]>…<![endif]-->`, `<![if !mso]>…<![endif]>`).
enum WordPage {
    private static let start = Array("[if".utf8)
    private static let end = Array("<![endif]".utf8)
    /// Bytes of the longest condition.
    private static let longest = 256

    /// The page, or nil where Word is told nothing that others are not. Linear in the length.
    static func of(_ page: [UInt8]) -> [UInt8]? {
        var word: [UInt8] = []
        var copied = 0
        var index = 0
        while let mark = find(start, in: page, from: index) {
            index = mark + start.count
            guard let open = opening(page, before: mark), open >= copied,
                let close = page[mark...].prefix(longest).firstIndex(of: 0x5D),
                close + 1 < page.count, page[close + 1] == UInt8(ascii: ">")
            else { continue }
            word += page[copied..<open]
            copied = close + 2
            index = copied
            if holds(page[(mark + start.count)..<close]) { continue }
            // No end: what follows is for nobody, or for all; it is kept.
            guard let finish = find(end, in: page, from: copied) else { break }
            copied = behindEnd(page, finish)
            index = copied
        }
        if copied == 0 { return find(Array("mso-hide".utf8), in: page, from: 0).map { _ in page } }
        word += page[copied...]
        return withoutEnds(word)
    }

    /// Where a mark's comment begins, `<!--` or `<!`.
    private static func opening(_ page: [UInt8], before mark: Int) -> Int? {
        var place = mark
        while place > 0, page[place - 1] <= 0x20, mark - place < 8 { place -= 1 }
        for opening in ["<!--", "<!"] where place >= opening.utf8.count {
            if page[(place - opening.utf8.count)..<place].elementsEqual(opening.utf8) {
                return place - opening.utf8.count
            }
        }
        return nil
    }

    /// Behind `<![endif]-->` or `<![endif]>`.
    private static func behindEnd(_ page: [UInt8], _ finish: Int) -> Int {
        let behind = finish + end.count
        return (page[behind...].prefix(3).firstIndex(of: UInt8(ascii: ">")) ?? behind - 1) + 1
    }

    /// Leaves out the ends of what was opened, which would be text.
    private static func withoutEnds(_ page: [UInt8]) -> [UInt8] {
        var kept: [UInt8] = []
        var copied = 0
        while let finish = find(end, in: page, from: copied) {
            // `<!--<![endif]-->` is a comment to all.
            let isComment = page[..<finish].suffix(4).elementsEqual("<!--".utf8)
            let next = behindEnd(page, finish)
            kept += page[copied..<(isComment ? next : finish)]
            copied = next
        }
        return kept + page[copied...]
    }

    /// Whether a condition holds for some Word: alternatives of terms that must all hold, each perhaps negated.
    private static func holds(_ condition: ArraySlice<UInt8>) -> Bool {
        let words = String(decoding: condition, as: UTF8.self).lowercased()
        return words.split(separator: "|").contains { terms in
            terms.split(separator: "&").allSatisfy { term in
                let isTrue = term.contains("mso") || term.contains("vml") || term.contains("true")
                let isNegated = term.count { $0 == "!" } % 2 == 1
                return isTrue != isNegated
            }
        }
    }

    private static func find(_ words: [UInt8], in page: [UInt8], from start: Int) -> Int? {
        var index = start
        while index + words.count <= page.count {
            if WebAddress.lowercased(page[index]) == words[0],
                page[index..<(index + words.count)].lazy.map(WebAddress.lowercased).elementsEqual(words)
            {
                return index
            }
            index += 1
        }
        return nil
    }
}
