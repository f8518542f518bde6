import Foundation
import Testing

/// That an LR(1) parser, as tree-sitter makes one, can be made of `grammar.js`. tree-sitter's tool is neither in Debian 12
/// nor in PyPI, so `conflicts.js` writes the grammar for Bison, whose canonical tables show its conflicts.
@Suite struct GrammarConflictTests {
    private static let grammar = GrammarFiles.folder.appendingPathComponent("tree-sitter-lazaret/grammar.js")

    /// What `conflicts.js` and then Bison say of a grammar; empty where nothing is wrong, nil where one is not here.
    private func faults(of grammar: String) throws -> String? {
        let scratch = FileManager.default.temporaryDirectory.appendingPathComponent("lazaret-lr-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: scratch) }
        let place = scratch.appendingPathComponent("grammar.js")
        try Data(grammar.utf8).write(to: place)
        let translator = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
            "conflicts.js")
        guard let bison = try GrammarFiles.run("node", [translator.path, place.path]) else { return nil }
        guard bison.hasPrefix("%token ") else { return bison }
        let input = scratch.appendingPathComponent("grammar.y")
        try Data(bison.utf8).write(to: input)
        return try GrammarFiles.run(
            "bison",
            [
                "--define=lr.type=canonical-lr", "-Wall", "-Wno-precedence", "-Werror=conflicts-sr",
                "-Werror=conflicts-rr", "-o", scratch.appendingPathComponent("grammar.c").path, input.path,
            ])
    }

    @Test func theTablesHaveNoConflict() throws {
        guard let faults = try faults(of: String(contentsOf: Self.grammar, encoding: .utf8)) else { return }
        #expect(faults.isEmpty, "\(faults)")
    }

    /// Each change makes a grammar that tree-sitter refuses, so the test above can fail.
    @Test(arguments: [
        (#"prec.left(2, seq($._expression, "and", $._expression))"#, #"seq($._expression, "and", $._expression)"#),
        (#"seq("not", choice($.group, $.fact))"#, #"seq("not", $._expression)"#),
        (#"seq($._order, $._operand),"#, #"seq($._order, $._operand), seq($._order, $._operand, optional($._term)),"#),
        (#"_bound: ($) => choice($.quantity, $.name)"#, #"_bound: ($) => choice($.quantity, $.name, $.fact)"#),
        (#"_names: ($) => commaSep1($.name)"#, #"_names: ($) => optional(commaSep1($.name))"#),
        (#"/#[^\n]*/"#, #"/(?=#)[^\n]*/"#),
        (#"field("alias", $.name)"#, #"field("alias", $.nam)"#),
    ]) func aConflictIsSeen(_ right: String, _ wrong: String) throws {
        let grammar = try String(contentsOf: Self.grammar, encoding: .utf8)
        #expect(grammar.contains(right))
        guard let faults = try faults(of: grammar.replacingOccurrences(of: right, with: wrong)) else { return }
        #expect(!faults.isEmpty)
    }
}
