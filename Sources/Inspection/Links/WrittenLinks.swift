/// Links that stand written out in running text, where mail readers make them ones to click.
struct WrittenLinks {
    /// A link's place in the text; without a scheme it is one of `http`.
    struct Place: Equatable {
        let range: Range<Int>
        let hasScheme: Bool
    }

    let text: UnsafeBufferPointer<UInt8>

    /// Tells the links of a text, in order and not overlapping, until `tell` answers false. Linear in the length.
    static func find(in text: [UInt8], _ tell: (Place) -> Bool) {
        text.withUnsafeBufferPointer { buffer in WrittenLinks(text: buffer).scan(tell) }
    }

    private func scan(_ tell: (Place) -> Bool) {
        var start = 0
        var place = 0
        while place < text.count {
            let byte = text[place]
            var first: Int?
            var hasScheme = true
            if byte == UInt8(ascii: ":") {
                first = scheme(before: place, notBefore: start)
            } else if byte | 0x20 == UInt8(ascii: "w"), isSite(place, notBefore: start) {
                first = place
                hasScheme = false
            }
            guard let first else {
                place += 1
                continue
            }
            let stop = run(from: place)
            let end = trimmed(first, stop)
            if end > place + 1, !tell(Place(range: first..<end, hasScheme: hasScheme)) { return }
            start = stop
            place = max(stop, place + 1)
        }
    }

    /// Where the scheme starts whose colon stands here, if what follows makes it a link.
    private func scheme(before colon: Int, notBefore start: Int) -> Int? {
        func ends(_ name: StaticString) -> Int? {
            let first = colon - name.utf8CodeUnitCount
            guard first >= start else { return nil }
            for offset in 0..<name.utf8CodeUnitCount where text[first + offset] | 0x20 != name.utf8Start[offset] {
                return nil
            }
            return first
        }
        let slashes = slash(colon + 1) ? slash(colon + 2) ? 2 : 1 : 0
        if slashes > 0, let first = ends("https") ?? ends("http") ?? ends("ftp") { return first }
        if slashes == 2, let first = ends("file") { return first }
        return slashes == 0 && colon + 1 < text.count ? ends("mailto") : nil
    }

    private func slash(_ place: Int) -> Bool {
        place < text.count && (text[place] == UInt8(ascii: "/") || text[place] == UInt8(ascii: "\\"))
    }

    /// Whether `www.` and a name stand here, not within a word or an address.
    private func isSite(_ place: Int, notBefore start: Int) -> Bool {
        guard place + 4 < text.count, text[place + 1] | 0x20 == UInt8(ascii: "w"),
            text[place + 2] | 0x20 == UInt8(ascii: "w"), text[place + 3] == UInt8(ascii: "."), isName(text[place + 4])
        else { return false }
        return place == start || !(isName(text[place - 1]) || [0x2D, 0x2E, 0x40].contains(text[place - 1]))
    }

    private func isName(_ byte: UInt8) -> Bool {
        WebAddress.isLetter(byte) || WebAddress.isDigit(byte) || byte >= 0x80
    }

    /// Where the run of bytes ends that a link may have.
    private func run(from place: Int) -> Int {
        var end = place
        while end < text.count, !isStop(end) { end += 1 }
        return end
    }

    /// White space of every kind, quotation marks and brackets that no address has.
    private func isStop(_ place: Int) -> Bool {
        let byte = text[place]
        switch byte {
        case 0...0x20, 0x22, 0x3C, 0x3E, 0x60, 0x7F: return true
        case 0xC2:
            return place + 1 < text.count && [0xA0, 0xAB, 0xBB].contains(text[place + 1])
        case 0xE2:
            guard place + 2 < text.count, text[place + 1] == 0x80 else { return false }
            return [0x80...0x8B, 0x9C...0x9F, 0xA8...0xA9, 0xAF...0xAF].contains { $0.contains(text[place + 2]) }
        case 0xE3:
            guard place + 2 < text.count, text[place + 1] == 0x80 else { return false }
            return [0x80...0x81, 0x88...0x91].contains { $0.contains(text[place + 2]) }
        default: return false
        }
    }

    /// The end without the punctuation of the sentence around the link; a bracket is the sentence's where the link has
    /// not opened it.
    private func trimmed(_ first: Int, _ stop: Int) -> Int {
        // How many brackets of each kind are opened and not closed, up to the end as it moves.
        var open = [UInt8: Int]()
        for byte in text[first..<stop] {
            if let pair = Self.brackets[byte] { open[pair.kind, default: 0] += pair.step }
        }
        var end = stop
        while end > first {
            let last = text[end - 1]
            if let pair = Self.brackets[last] {
                guard pair.step > 0 || open[pair.kind, default: 0] < 0 else { return end }
                open[pair.kind, default: 0] -= pair.step
                end -= 1
            } else if Self.marks.contains(last) {
                end -= 1
            } else if last >= 0x80, let length = trailingMark(end) {
                end -= length
            } else {
                return end
            }
        }
        return end
    }

    private static let marks = Set("!'*,.:;?_|~".utf8)
    private static let brackets: [UInt8: (kind: UInt8, step: Int)] = [
        UInt8(ascii: "("): (0, 1), UInt8(ascii: ")"): (0, -1), UInt8(ascii: "["): (1, 1), UInt8(ascii: "]"): (1, -1),
        UInt8(ascii: "{"): (2, 1), UInt8(ascii: "}"): (2, -1),
    ]

    /// The length of a mark of punctuation outside ASCII that ends here: `’`, `…`, `，`, `。`, `！`, `？`, `：`, `；`.
    private func trailingMark(_ end: Int) -> Int? {
        guard end >= 3 else { return nil }
        let mark = (text[end - 3], text[end - 2], text[end - 1])
        switch mark {
        case (0xE2, 0x80, 0x99), (0xE2, 0x80, 0xA6), (0xE3, 0x80, 0x82), (0xEF, 0xBC, 0x81), (0xEF, 0xBC, 0x89),
            (0xEF, 0xBC, 0x8C), (0xEF, 0xBC, 0x8E), (0xEF, 0xBC, 0x9A), (0xEF, 0xBC, 0x9B), (0xEF, 0xBC, 0x9F):
            return 3
        default: return nil
        }
    }
}
