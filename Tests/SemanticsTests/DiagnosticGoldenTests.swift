import Diagnostics
import Foundation
import Semantics
import TestSupport
import Testing

/// Every kind of fault with a policy that has it and what its author is told.
@Suite struct DiagnosticGoldenTests {
    private static let golden = GoldenDirectory("Golden")
    private static let mark = "──── what the checker says\n"

    @Test(arguments: golden.names(withExtension: "txt"))
    func says(_ name: String) throws {
        let whole = try #require(Self.golden.text(name))
        let source = whole.components(separatedBy: Self.mark)[0]
        var limits = SemanticsLimits()
        if name.contains("list-too-large") { limits.listEntries = 5 }
        if name.contains("too-many-modules") { limits.modules = 4 }
        if name.contains("too-many-rows") { limits.computedRows = 5 }
        let result = check(source, limits: limits)
        let difference = Self.golden.difference(name, from: source + Self.mark + rendered(result))
        #expect(difference == nil, "\(difference ?? "")")

        let number = Int(name.dropFirst(2).prefix(4)) ?? 0
        #expect(!result.diagnostics.isEmpty)
        #expect(result.diagnostics.allSatisfy { $0.code.number == number }, "\(rendered(result))")
        for diagnostic in result.diagnostics { expectGoodWords(diagnostic) }
    }

    @Test func everyCodeHasACase() {
        let shown = Set(Self.golden.names(withExtension: "txt").compactMap { Int($0.dropFirst(2).prefix(4)) })
        for code in SemanticsCode.allCases { #expect(shown.contains(code.rawValue), "\(code.code.id) \(code.name)") }
    }

    private func expectGoodWords(_ diagnostic: Diagnostic) {
        let message = diagnostic.message
        #expect(message.first.map { !$0.isUppercase } ?? false, "\(message)")
        #expect(!message.hasSuffix("."), "\(message)")
        #expect(!message.contains("\n"))
        #expect(diagnostic.help != nil || !diagnostic.fixIts.isEmpty, "no way out of: \(message)")
    }
}
