import Testing

@testable import LanguageServer

/// Places as editors count them.
@Suite struct LineMapTests {
    private let bytes = Array("a\r\nb😀c\rd\n".utf8)

    @Test func linesEndAsTheProtocolSays() {
        #expect(LineMap(bytes).starts == [0, 3, 10, 12])
        #expect(LineMap(Array("a\nb\n".utf8)).starts == [0, 2, 4])
        #expect(LineMap([]).starts == [0])
    }

    @Test func everyEncodingCountsItsOwnUnits() {
        let lines = LineMap(bytes)
        for (encoding, character) in [(PositionEncoding.utf8, 5), (.utf16, 3), (.utf32, 2)] {
            let place = EditorPosition(line: 1, character: character)
            #expect(lines.offset(of: place, in: bytes, encoding) == 8)
            #expect(lines.position(of: 8, in: bytes, encoding) == place)
        }
    }

    @Test func placesOutsideAreMovedInside() {
        let lines = LineMap(bytes)
        #expect(lines.offset(of: EditorPosition(line: 0, character: 99), in: bytes, .utf16) == 1)
        #expect(lines.offset(of: EditorPosition(line: 99, character: 0), in: bytes, .utf16) == bytes.count)
        // Within the emoji's two units: its start.
        #expect(lines.offset(of: EditorPosition(line: 1, character: 2), in: bytes, .utf16) == 4)
        #expect(lines.position(of: 99, in: bytes, .utf16) == EditorPosition(line: 3, character: 0))
    }

    /// Every small change of every small text gives what reading the text anew gives.
    @Test func aMapFollowsChanges() {
        let pieces = ["", "a", "\n", "\r", "\r\n", "\n\r", "\n\n", "ab\ncd\r\ne"]
        let texts = ["", "\n", "\r", "a\r\nb", "a\nb\nc\nd\ne", "\r\r\n\n\r", "one\r\ntwo\rthree\nfour\r\n\r\nfive"]
        for text in texts.map({ Array($0.utf8) }) {
            for from in 0...text.count {
                for to in from...text.count {
                    for piece in pieces.map({ Array($0.utf8) }) {
                        var changed = text
                        changed.replaceSubrange(from..<to, with: piece)
                        var lines = LineMap(text)
                        lines.replaced(from..<to, by: piece.count, in: changed)
                        #expect(lines.starts == LineMap(changed).starts, "\(text) \(from)..<\(to) \(piece)")
                    }
                }
            }
        }
    }
}
