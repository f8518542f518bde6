import Diagnostics
import Foundation
import Syntax
import TestSupport
import Testing

@Suite("Formatter")
struct FormatterTests {
    static let sample = GoldenDirectory("Samples").text("sample.lazaret") ?? ""

    @Test("formatting keeps the tree and every comment, and formatting again changes nothing")
    func sample() throws {
        let formatted = try #require(Formatter.format(source: Self.sample))
        #expect(Formatter.format(source: formatted) == formatted)
        #expect(shape(of: formatted) == shape(of: Self.sample))
        if let difference = GoldenDirectory("Golden").difference("formatted/sample.lazaret", from: formatted) {
            Issue.record("\(difference)")
        }
    }

    @Test("squeezed onto few lines, the sample is formatted alike save for blank lines it had")
    func squeezed() throws {
        let bare = Self.sample.split(separator: "\n").map { line in
            line.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)[0]
        }
        let squeezed = bare.joined(separator: " ")
        let formatted = try #require(Formatter.format(source: squeezed))
        #expect(Formatter.format(source: formatted) == formatted)
        #expect(shape(of: formatted) == shape(of: squeezed))
        #expect(formatted.split(separator: "\n").count > 100)
    }

    @Test("comments stay at their place, wherever they stand")
    func comments() throws {
        // A comment behind every token of the sample, one on a line of its own before it.
        let words = Self.tokens(of: Self.sample)
        for style in [" # c\n", "\n# c\n"] {
            let text = words.enumerated().map { "\($1)" + style.replacing("c", with: "c\($0)") }.joined()
            let formatted = try #require(Formatter.format(source: text))
            #expect(Formatter.format(source: formatted) == formatted)
            #expect(shape(of: formatted) == shape(of: text))
        }
    }

    @Test("a brace behind a comment stands where its declaration or item begins")
    func braceBehindComment() throws {
        let rule = "rule a # after name\n{ on inbound when subject is \"x\" then tag subject \"x\" }"
        let formatted = try #require(Formatter.format(source: rule))
        #expect(formatted.hasPrefix("rule a  # after name\n{\n    on     inbound\n"))
        #expect(Formatter.format(source: formatted) == formatted)
        let template = "template t { en # words\n{ subject \"a\" body \"b\" } }"
        let second = try #require(Formatter.format(source: template))
        #expect(second.hasPrefix("template t {\n    en  # words\n    {"))
        #expect(Formatter.format(source: second) == second)
    }

    @Test("a file with faults is not formatted")
    func faults() {
        #expect(Formatter.format(source: "rule a { on }") == nil)
        #expect(Formatter.format(source: "") == "")
    }

    /// The words of a text whose texts hold no `#`.
    static func tokens(of source: String) -> [Substring] {
        let pattern =
            /\"(?:\\.|[^\"\\\n])*\"|\/(?:\\.|[^\/\\\n])+\/[a-z]*|[A-Za-z][A-Za-z0-9.\-]*|[0-9]+|<=|>=|[<>=(){},\-]/
        let bare = source.replacing(/#.*/, with: "")
        return bare.matches(of: pattern).map { source.isEmpty ? "" : $0.output }
    }

    /// The tree without its places, and the comments' texts.
    func shape(of source: String) -> String {
        let tree = Parser.parse(file: SourceFile(path: "", text: source)).tree
        return describe(tree.declarations) + describe(tree.comments.map(\.text))
    }

    private func describe(_ value: Any) -> String {
        if value is SourceSpan { return "" }
        let mirror = Mirror(reflecting: value)
        if mirror.children.isEmpty { return "\(value)" }
        let children = mirror.children.map { "\($0.label ?? ""):\(describe($0.value))" }
        return "(" + children.joined(separator: " ") + ")"
    }
}
