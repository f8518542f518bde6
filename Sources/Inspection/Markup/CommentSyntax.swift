/// Comments of a page as browsers read them (HTML, 13.2.5.42 ff.), written so that libxml2 reads them likewise: it
/// takes `<![if !mso]>` for text, and knows neither the comments that end where they begin nor `--!>`.
enum CommentSyntax {
    /// The page without what is a comment in all but its form. Linear in the length.
    static func normalized(_ page: [UInt8]) -> [UInt8] {
        var kept: [UInt8] = []
        var copied = 0
        var index = 0
        /// Whether an end that is searched for does not come any more.
        var hasEnds = true
        while index + 2 < page.count {
            guard page[index] == UInt8(ascii: "<"), page[index + 1] == UInt8(ascii: "!") else {
                index += 1
                continue
            }
            let inside = index + 2
            if let empty = emptyComment(page, inside) {
                kept += page[copied..<index]
                copied = empty
                index = empty
            } else if page[inside...].starts(with: "--".utf8) {
                guard hasEnds, let dashes = endOfComment(page, from: inside + 2) else {
                    hasEnds = false
                    index = inside
                    continue
                }
                let isOdd = page[dashes + 2] == UInt8(ascii: "!")
                if isOdd {
                    kept += page[copied..<(dashes + 2)]
                    copied = dashes + 3
                }
                index = dashes + 3
            } else if page[inside...].prefix(7).lazy.map(WebAddress.lowercased).elementsEqual("doctype".utf8) {
                index = inside
            } else {
                guard let end = page[inside...].firstIndex(of: UInt8(ascii: ">")) else { break }
                kept += page[copied..<index]
                copied = end + 1
                index = copied
            }
        }
        return copied == 0 ? page : kept + page[copied...]
    }

    /// Behind `<!-->` or `<!--->`.
    private static func emptyComment(_ page: [UInt8], _ inside: Int) -> Int? {
        for form in ["-->", "--->"] where page[inside...].starts(with: form.utf8) { return inside + form.utf8.count }
        return nil
    }

    /// The first of the dashes of `-->` or `--!>`.
    private static func endOfComment(_ page: [UInt8], from start: Int) -> Int? {
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
}
