import Diagnostics
import Foundation
import Syntax
import TestSupport
import Testing

@Suite("Parser")
struct ParserTests {
    @Test("the sample parses without a word of complaint")
    func sample() throws {
        let text = try #require(GoldenDirectory("Samples").text("sample.lazaret"))
        let file = SourceFile(path: "sample.lazaret", text: text)
        let result = Parser.parse(file: file)
        let rendered = TextRenderer(sources: SourceSet([file])).render(result.diagnostics)
        #expect(result.diagnostics.isEmpty, "\(rendered)")
        #expect(result.tree.declarations.count == 29)
        #expect(result.tree.comments.count == 6)
    }
}
