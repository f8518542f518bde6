import Diagnostics
import Foundation
import Syntax
import TestSupport
import Testing

/// Each file of `Golden/diagnostics` holds a policy with faults, a line of dashes, and what is said about it. It is
/// named after the code it shows; `<FF>` in the policy stands for that byte.
@Suite("Syntax diagnostics")
struct SyntaxDiagnosticsTests {
    static let directory = GoldenDirectory("Golden/diagnostics")
    static let separator = "\n----------------------------------------\n"

    @Test("every code is shown by a golden file of its name, and every file shows a code")
    func complete() {
        let files = Self.directory.names(withExtension: "golden").map { String($0.dropLast(7)) }
        #expect(Set(files) == Set(SyntaxDiagnostics.codes.map(\.name)))
        #expect(Set(SyntaxDiagnostics.codes.map(\.number)).count == SyntaxDiagnostics.codes.count)
        #expect(SyntaxDiagnostics.codes.allSatisfy { (1..<200).contains($0.number) })
    }

    @Test("faults of a file are kept up to a number")
    func bound() {
        func count(_ faults: Int, _ most: Int) -> Int {
            var limits = SyntaxLimits()
            limits.diagnosticsPerFile = most
            let text = (0..<faults).map { "rule r\($0) { when then defer }\n" }.joined()
            return Parser.parse(file: SourceFile(path: "policy.lazaret", bytes: Array(text.utf8)), limits: limits)
                .diagnostics.count
        }
        #expect(count(7, 7) == 7)
        #expect(count(7, 6) == 6)
        let most = SyntaxLimits().diagnosticsPerFile
        #expect(count(most, most) == most && count(most + 1, most) == most)
    }

    @Test("what is said about a fault", arguments: SyntaxDiagnostics.codes.map(\.name))
    func golden(_ name: String) throws {
        let whole = try #require(Self.directory.text(name + ".golden"))
        let source = whole.components(separatedBy: Self.separator)[0]
        var limits = SyntaxLimits()
        if name == "file-too-large" { limits.bytesPerFile = 8 }
        if name == "nested-too-deeply" { limits.nesting = 3 }
        let file = SourceFile(path: "policy.lazaret", bytes: Self.bytes(source))
        let result = Parser.parse(file: file, limits: limits)
        #expect(result.diagnostics.contains { $0.code.name == name })
        let rendered = TextRenderer(sources: SourceSet([file])).render(result.diagnostics)
        let output = source + Self.separator + rendered
        if let difference = Self.directory.difference(name + ".golden", from: output) {
            Issue.record("\(difference)")
        }
        for diagnostic in result.diagnostics {
            #expect(diagnostic.message.first?.isUppercase == false)
            #expect(!diagnostic.message.hasSuffix(".") && !diagnostic.message.contains("\n"))
        }
    }

    @Test("a file whose faults all have corrections is right after them")
    func corrections() {
        let source = """
            rule a {
                on   inbound,
                when type == video && name != 'x' || not subject contians "b"
                then quarantne c;
            }
            group g { a@b.example }
            """
        let file = SourceFile(path: "a", text: source)
        var current = file
        for _ in 0..<4 {
            let result = Parser.parse(file: current)
            let (bytes, _) = FixItApplier.apply(result.diagnostics, to: current)
            current = SourceFile(path: "a", bytes: bytes)
        }
        #expect(Parser.parse(file: current).diagnostics.isEmpty, "\(current.text(0..<current.bytes.count))")
    }

    static func bytes(_ source: String) -> [UInt8] {
        var result: [UInt8] = []
        for (index, piece) in source.components(separatedBy: "<FF>").enumerated() {
            if index > 0 { result.append(0xFF) }
            result += Array(piece.utf8)
        }
        return result
    }
}
