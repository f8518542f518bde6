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

@Suite("Grammar")
struct GrammarTests {
    static let samples = ["sample.lazaret", "corners.lazaret"]
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    func expectClean(_ path: String, _ bytes: [UInt8]) {
        let file = SourceFile(path: path, bytes: bytes)
        let result = Parser.parse(file: file)
        let rendered = TextRenderer(sources: SourceSet([file])).render(result.diagnostics)
        #expect(result.diagnostics.isEmpty, "\(rendered)")
        guard let formatted = Formatter.format(file: file) else {
            Issue.record("\(path) is not formatted")
            return
        }
        #expect(Formatter.format(source: formatted) == formatted, "\(formatted)")
        #expect(FormatterTests().shape(of: formatted) == FormatterTests().shape(of: file.text(0..<bytes.count)))
    }

    @Test("every form of the grammar parses and is formatted", arguments: samples)
    func forms(_ name: String) throws {
        expectClean(name, Array(try #require(GoldenDirectory("Samples").text(name)).utf8))
    }

    @Test("the samples reach every word of the grammar page")
    func words() throws {
        let grammar = String(
            decoding: try Data(contentsOf: Self.root.appendingPathComponent("Grammar/lazaret.ebnf")), as: UTF8.self)
        let words = Set(grammar.matches(of: /"([^"]+)"/).map { String($0.output.1) })
        #expect(words.count > 100)
        let text = try Self.samples.map { try #require(GoldenDirectory("Samples").text($0)) }.joined()
        let reached = Set(FormatterTests.tokens(of: text).map(String.init))
        #expect(words.subtracting(reached) == [])
    }

    @Test("a block of text loses the indentation its lines share")
    func blocks() {
        let source = "template t { en { subject \"\\u{e9}\\t\\\\\" body \"\"\"\n      a\n        b\n      \"\"\" } }"
        let result = Parser.parse(file: SourceFile(path: "", text: "\u{FEFF}" + source))
        #expect(result.diagnostics.isEmpty)
        guard case .template(let node)? = result.tree.declarations.first else {
            Issue.record("no template")
            return
        }
        #expect(node.versions.first?.body.value == "a\n  b")
        #expect(node.versions.first?.subject.value == "é\t\\")
    }

    @Test("numbers are exact and units are read")
    func numbers() {
        let file = SourceFile(path: "", text: "parameter a = -1.50 GiB")
        guard case .parameter(let node)? = Parser.parse(file: file).tree.declarations.first,
            case .literal(.quantity(let quantity)) = node.value
        else {
            Issue.record("no quantity")
            return
        }
        #expect(quantity.number.mantissa == -150 && quantity.number.scale == 2)
        #expect(quantity.unit == .gibibytes && file.text(quantity.span) == "-1.50 GiB")
    }
}
