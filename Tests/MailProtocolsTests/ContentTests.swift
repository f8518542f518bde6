import Testing

@testable import MailProtocols

@Suite("Messages in their framing")
struct ContentTests {
    private struct Read: Equatable {
        var content: [UInt8] = []
        var used = 0
        var fault: ContentFault?
        var isAtEnd = false
    }

    /// Reads in pieces that end at the given places.
    private func read(_ bytes: [UInt8], _ framing: ContentFraming = .dot, cuts: [Int] = []) -> Read {
        var decoder = ContentDecoder(framing: framing)
        var result = Read()
        var from = 0
        for to in cuts + [bytes.count] where !decoder.isAtEnd {
            let piece = Array(bytes[from..<to])
            result.used += piece.withUnsafeBytes { decoder.take($0) { result.content += $0 } }
            from = to
        }
        result.fault = decoder.fault
        result.isAtEnd = decoder.isAtEnd
        // How much of a refused message was given out is nobody's concern.
        if result.fault != nil { result.content = [] }
        return result
    }

    private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    @Test("A message ends with a dot on a line of its own, and what follows is not of it")
    func end() {
        let wire = Array("a\r\n..b\r\n.\r\nQUIT\r\n".utf8)
        let result = read(wire)
        #expect(text(result.content) == "a\r\n.b\r\n")
        #expect(result.isAtEnd && result.fault == nil)
        #expect(result.used == wire.count - 6)
        #expect(read(Array(".\r\n".utf8)) == Read(content: [], used: 3, fault: nil, isAtEnd: true))
    }

    @Test(
        "What another server might take for the end is found",
        arguments: [
            ("a\n.\n", ContentFault.bareLineFeed), ("a\n.\r\n", .bareLineFeed), ("a\r\n.\n", .bareLineFeed),
            ("\n", .bareLineFeed), ("a\r.\r", .loneDotBesideCarriageReturn),
            ("a\r\n.\rb", .loneDotBesideCarriageReturn),
            ("a\r.\r\n", .loneDotBesideCarriageReturn), ("a\r\r\n.\r\r\n", .loneDotBesideCarriageReturn),
            ("a\r.\n", .bareLineFeed), (".\r\r\n", .loneDotBesideCarriageReturn),
        ])
    func smuggling(text: String, fault: ContentFault) {
        let wire = Array((text + "more\r\n.\r\n").utf8)
        #expect(read(wire).fault == fault)
        #expect(read(wire).isAtEnd == true)
        #expect(read(Array(text.utf8), .counted).fault == fault)
    }

    @Test("Stray carriage returns that hide no end pass as they are")
    func strayCarriageReturns() {
        for body in ["a\rb\r\n", "a\r\r\n", "\r.b\r\n", "a\r", "a.\r.b\r\n", "a.\r\n"] {
            #expect(
                read(Array(body.utf8), .counted)
                    == Read(content: Array(body.utf8), used: body.utf8.count, fault: nil, isAtEnd: false))
        }
    }

    @Test("Counted bytes are the message as they are, dots too")
    func counted() {
        let body = Array(".\r\n..\r\n.a\r\n".utf8)
        #expect(read(body, .counted).content == body)
        #expect(read(body, .counted).isAtEnd == false)
    }

    /// All texts over the bytes that matter, up to a length, each cut at every place.
    @Test("Pieces of any size give the same as the whole, and as the rules applied to the whole")
    func pieces() {
        let alphabet = Array("\r\n.a".utf8)
        for length in 0...6 {
            for number in 0..<(1 << (2 * length)) {
                let bytes = (0..<length).map { alphabet[number >> (2 * $0) & 3] }
                for framing in [ContentFraming.dot, .counted] {
                    let whole = read(bytes, framing)
                    let expected = reference(bytes, framing)
                    #expect(expected.fault == nil ? expected == whole : whole.fault != nil, "\(bytes)")
                    for cut in stride(from: 1, to: length, by: 1) {
                        #expect(read(bytes, framing, cuts: [cut]) == whole, "\(bytes) at \(cut)")
                    }
                }
            }
        }
    }

    @Test("What is framed is read back, whatever its pieces")
    func roundTrip() {
        let alphabet = Array("\r\n.a".utf8)
        for length in 0...5 {
            for number in 0..<(1 << (2 * length)) {
                let body = (0..<length).map { alphabet[number >> (2 * $0) & 3] }
                var decoder = ContentDecoder(framing: .counted)
                _ = body.withUnsafeBytes { decoder.take($0) { _ in } }
                decoder.finish()
                guard decoder.fault == nil else { continue }
                for cut in 0...length {
                    var stuffing = DotStuffing()
                    var wire: [UInt8] = []
                    Array(body[..<cut]).withUnsafeBytes { stuffing.take($0) { wire += $0 } }
                    Array(body[cut...]).withUnsafeBytes { stuffing.take($0) { wire += $0 } }
                    let missing = stuffing.missingLineEnd
                    let result = read(wire + missing + DotStuffing.end)
                    #expect(result.content == body + missing, "\(body) at \(cut)")
                    #expect(result.isAtEnd && result.used == wire.count + missing.count + 3, "\(body)")
                }
            }
        }
    }

    /// The rules, said over the whole of the bytes; which of two faults is first is not told.
    private func reference(_ bytes: [UInt8], _ framing: ContentFraming) -> Read {
        // As if a line had ended before, so that the first line is like any other.
        var all = Array("\r\n".utf8) + bytes
        var result = Read()
        let end = Array("\r\n.\r\n".utf8)
        if framing == .dot, let found = all.indices.first(where: { all[$0...].starts(with: end) }) {
            all.removeSubrange((found + end.count)...)
            result.isAtEnd = true
        }
        result.used = all.count - 2
        for index in all.indices.dropFirst(2) {
            let before = (all[index - 2], all[index - 1])
            let next = index + 1 < all.count ? all[index + 1] : nil
            if all[index] == 0x0A, before.1 != 0x0D { result.fault = .bareLineFeed }
            if all[index] == 0x0D, before.1 == 0x2E, before.0 == 0x0D || before.0 == 0x0A && next ?? 0x0A != 0x0A {
                result.fault = .loneDotBesideCarriageReturn
            }
            let isStuffed = framing == .dot && all[index] == 0x2E && before == (0x0D, 0x0A)
            if !isStuffed { result.content.append(all[index]) }
        }
        // A dot and a carriage return may become the end: they are not given out yet, or never.
        if framing == .dot {
            if result.isAtEnd {
                result.content.removeLast(2)
            } else if all.suffix(4) == Array("\r\n.\r".utf8)[...] {
                result.content.removeLast()
            }
        }
        return result
    }
}
