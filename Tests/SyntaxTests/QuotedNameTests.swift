import Diagnostics
import Syntax
import Testing

/// A name in quotes is read as the name that it surely stands for, and as none where no name is written so.
@Suite struct QuotedNameTests {
    private func parse(_ text: String) -> (file: SourceFile, diagnostics: [Diagnostic]) {
        let file = SourceFile(path: "policy.lazaret", text: text)
        return (file, Parser.parse(file: file).diagnostics)
    }

    @Test(arguments: [
        ("clips", true), ("no-clips-2", true), ("a-", false), ("a--b", false), ("-a", false), ("2a", false),
        ("when", false), ("é", false), ("", false),
    ])
    func whatIsWrittenWithoutItsQuotesParses(_ name: String, _ isName: Bool) {
        let (file, faults) = parse("rule \"\(name)\" { when tls then defer }\n")
        let sure = faults.filter { $0.sureFixIt != nil }
        #expect(sure.isEmpty == !isName, "\(faults.map(\.message))")
        guard isName else { return }
        let corrected = String(decoding: FixItApplier.apply(sure, to: file).bytes, as: UTF8.self)
        #expect(corrected == "rule \(name) { when tls then defer }\n")
        #expect(parse(corrected).diagnostics.isEmpty)
    }

    @Test(arguments: [("standard/media.lazaret", true), ("standard.media", true), ("standard/media-", false)])
    func thePathOfAModuleToo(_ path: String, _ isPath: Bool) {
        let fixes = parse("import \"\(path)\"\n").diagnostics.flatMap(\.fixIts)
        #expect(fixes.contains { $0.title == "write `standard.media`" } == isPath, "\(fixes.map(\.title))")
        #expect(isPath || fixes.isEmpty)
    }
}
