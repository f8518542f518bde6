import Message
import Vocabulary

@testable import Inspection

extension FuzzTarget {
    /// Text as people see it, and the links in it.
    static let texts = [
        FuzzTarget("html", most: 6 << 10, seeds: ["html"], TextTargets.html),
        FuzzTarget("links", most: 2 << 10, seeds: [".url"], TextTargets.links),
        FuzzTarget("office-xml", most: 4 << 10, seeds: ["xml"], TextTargets.officeXML),
        FuzzTarget("new-text", most: 4 << 10, seeds: ["plain"], TextTargets.newText),
        FuzzTarget("pdf-text", most: 32 << 10, seeds: ["pdf"]) {
            try TextTargets.add(PDFText.read($0, limits: .forFuzzing), &$1)
        },
    ]
}

enum TextTargets {
    static func html(_ input: [UInt8], _ answer: inout Answer) throws {
        // As the room's own caller does: in UTF-8, and without NUL.
        let page = Array(String(decoding: input, as: UTF8.self).utf8).filter { $0 != 0 }
        let limits = InspectionLimits.forFuzzing
        for isWord in [false, true] {
            let seen = HTMLText.extract(page, isWord: isWord, limits: limits)
            for text in [seen.text.shown, seen.text.hidden, seen.text.whole] {
                try promise(text.count <= limits.textBytes, "the text of a page is taken up to its limit")
                try promise(String(validating: text, as: UTF8.self) != nil, "the text of a page is UTF-8")
                answer.add(text)
            }
            answer.add(seen.isComplete)
            answer.add(NewText.of(seen.text.shown, marks: seen.quotes) ?? [])
        }
        answer.add(TextCharset.guess(input[...], isMarkup: true))
    }

    /// Each line is an address, relative to the one before; the whole is a text with addresses in it.
    static func links(_ input: [UInt8], _ answer: inout Answer) throws {
        var base: WebAddress?
        for line in input.split(separator: 0x0A) {
            guard let address = WebAddress(line, base: base) else { continue }
            let serialized = address.serialized
            answer.add(serialized)
            answer.add(address.host)
            // A host that clients do not agree about is written as a question mark.
            if address.host != .ambiguous, let again = WebAddress(serialized) {
                try promise(again.host == address.host, "an address written out leads to the same host")
            }
            base = address
        }
        var (end, isOrdered) = (0, true)
        WrittenLinks.find(in: input) { place in
            answer.add(place.range)
            isOrdered = isOrdered && place.range.lowerBound >= end && !place.range.isEmpty
            end = place.range.upperBound
            return true
        }
        try promise(isOrdered && end <= input.count, "links in a text are in order and do not overlap")
        answer.add(DomainShape.domain(of: input[...])?.name.string)
    }

    static func officeXML(_ input: [UInt8], _ answer: inout Answer) throws {
        for dialect in [XMLText.Dialect.office, .open] {
            let limit = 1 << 10
            let read = XMLText.read(input, as: dialect, into: LayeredCollector(limit: limit))
            try add(read.text.extracted, &answer, limit: limit)
            answer.add(read.missing)
        }
    }

    static func newText(_ input: [UInt8], _ answer: inout Answer) throws {
        let text = Array(String(decoding: input, as: UTF8.self).utf8)
        let rest = NewText.of(text, marks: nil) ?? []
        try promise(rest.count <= text.count, "what is left of a text is no longer than it")
        answer.add(rest)
        answer.add(LanguageSample.letters(of: text).bytes)
        answer.add(TextCharset.guess(input[...], isMarkup: false))
        answer.add(Mailbox.mails(in: input, limit: 20).ranges)
    }

    static func add(
        _ text: ExtractedText, _ answer: inout Answer, limit: Int = InspectionLimits.forFuzzing.textBytes
    ) throws {
        for layer in [text.shown, text.hidden, text.whole] {
            try promise(layer.count <= limit, "the text of a document is taken up to its limit")
            try promise(String(validating: layer, as: UTF8.self) != nil, "the text of a document is UTF-8")
            answer.add(layer)
        }
        answer.add(text.linked)
        answer.add(text.missing)
    }
}
