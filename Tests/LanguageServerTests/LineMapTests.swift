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
}
