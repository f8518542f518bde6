import Diagnostics
import Foundation
import Syntax
import Testing

/// The grammars under `Grammar/`: their words are the parser's, and they colour every policy of the repository as the
/// lexer reads it.
@Suite struct EditorGrammarTests {
    // MARK: Words

    @Test func theTextMateGrammarHasTheParsersWords() throws {
        let object =
            try JSONSerialization.jsonObject(with: GrammarFiles.data("lazaret.tmLanguage.json")) as? [String: Any]
        let repository = object?["repository"] as? [String: [String: Any]]
        let patterns = repository?["word"]?["patterns"] as? [[String: String]] ?? []
        var words: [String: Set<String>] = [:]
        for pattern in patterns {
            let list = pattern["match"]?.firstMatch(of: /\(\?:([a-z|-]+)\)/).map { $0.output.1.split(separator: "|") }
            words[pattern["name"] ?? "", default: []].formUnion(list?.map(String.init) ?? [])
        }
        #expect(words["keyword.other.lazaret"] == GrammarFiles.placeWords)
        words["keyword.other.lazaret"] = nil
        #expect(words.values.reduce(into: Set()) { $0.formUnion($1) } == LanguageWords.reserved)
    }

    @Test func theVimSyntaxHasTheParsersWords() throws {
        var words: [String: Set<String>] = [:]
        for line in try GrammarFiles.text("vim/syntax/lazaret.vim").split(separator: "\n") {
            let pieces = line.split(separator: " ").map(String.init)
            if line.hasPrefix("syntax keyword ") { words[pieces[2], default: []].formUnion(pieces.dropFirst(3)) }
        }
        #expect(words["lazaretField"] == GrammarFiles.placeWords)
        #expect(words["lazaretUnit"]?.subtracting(["contained"]) == Set(Unit.allCases.map(\.rawValue)))
        words["lazaretField"] = nil
        words["lazaretUnit"] = nil
        // `contains` is an option of `syntax keyword` and stands in a pattern.
        #expect(words.values.reduce(into: ["contains"]) { $0.formUnion($1) } == LanguageWords.reserved)
    }

    @Test func theTreeSitterColoursNameTheParsersWords() throws {
        let text = try GrammarFiles.text("tree-sitter-lazaret/queries/highlights.scm")
        let words = Set(text.matches(of: /"([a-z][a-z-]*)"/).map { String($0.output.1) })
        #expect(LanguageWords.reserved.subtracting(words).isEmpty)
        #expect(words.subtracting(LanguageWords.reserved).subtracting(LanguageWords.contextual).isEmpty)
    }

    // MARK: Policies

    @Test func theTextMateGrammarColoursEveryPolicy() throws {
        let grammar = try TextMateGrammar(GrammarFiles.data("lazaret.tmLanguage.json"))
        let expected: [GrammarFiles.Colour: [String]] = [
            .comment: ["comment."], .text: ["string.quoted."], .regex: ["string.regexp."],
            .number: ["constant.numeric."], .reserved: ["keyword.", "constant.language."],
            .word: ["variable.other.", "entity.name."],
        ]
        for path in GrammarFiles.policies {
            let (file, pieces) = try GrammarFiles.pieces(path)
            let scopes = try grammar.scopes(of: file.text(0..<file.bytes.count))
            for (lexeme, colour) in pieces {
                let offset = file.text(0..<lexeme.span.start).utf16.count
                let last = file.text(0..<lexeme.span.end).utf16.count - 1
                for place in [offset, last] {
                    let isRight = expected[colour]?.contains { scopes[place].hasPrefix($0) } ?? false
                    #expect(isRight, "\(path): `\(file.text(lexeme.span).prefix(40))` is coloured `\(scopes[place])`")
                }
            }
        }
    }

    @Test func vimColoursEveryPolicy() throws {
        let expected: [GrammarFiles.Colour: [String]] = [
            .comment: ["lazaretComment"], .text: ["lazaretText", "lazaretBlock"], .regex: ["lazaretRegex"],
            .number: ["lazaretNumber", "lazaretDate"],
            .reserved: ["lazaretDeclaration", "lazaretAction", "lazaretClause", "lazaretOperator", "lazaretConstant"],
            .word: ["lazaretName"],
        ]
        let scratch = FileManager.default.temporaryDirectory.appendingPathComponent("lazaret-vim-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: scratch) }
        let answers = scratch.appendingPathComponent("answers").path
        var script = """
            set nocompatible nomore encoding=utf-8 maxmempattern=20000
            set rtp^=\(GrammarFiles.folder.appendingPathComponent("vim").path)
            filetype plugin indent on
            syntax on
            let answers = []

            """
        var asked: [(path: String, text: String, colour: GrammarFiles.Colour)] = []
        for path in GrammarFiles.policies {
            let (file, pieces) = try GrammarFiles.pieces(path)
            script += "edit \(path)\nsyntax sync fromstart\n"
            for (lexeme, colour) in pieces {
                let line = file.lineIndex(of: lexeme.span.start)
                let column = lexeme.span.start - file.lineStarts[line] + 1
                script += "call add(answers, synIDattr(synID(\(line + 1), \(column), 1), 'name'))\n"
                asked.append((path, file.text(lexeme.span), colour))
            }
        }
        script += "call add(answers, &filetype . ' ' . &indentexpr)\ncall writefile(answers, '\(answers)')\nqall!\n"
        let place = scratch.appendingPathComponent("ask.vim")
        try Data(script.utf8).write(to: place)
        guard try GrammarFiles.run("vim", ["-es", "-u", "NONE", "-i", "NONE", "-S", place.path]) != nil else { return }
        let lines = ((try? String(contentsOfFile: answers, encoding: .utf8)) ?? "").split(
            separator: "\n", omittingEmptySubsequences: false)
        try #require(lines.count >= asked.count + 1)
        for (answer, question) in zip(lines, asked) {
            let isRight = expected[question.colour]?.contains(String(answer)) ?? false
            #expect(isRight, "\(question.path): `\(question.text.prefix(40))` is coloured `\(answer)`")
        }
        #expect(lines[asked.count] == "lazaret GetLazaretIndent(v:lnum)")
    }

    /// tree-sitter's own tool is not at hand everywhere: the productions are read by a plain Earley recogniser in
    /// JavaScript. It shows that they mean the language; that the tables have no conflict is `GrammarConflictTests`'.
    @Test func theTreeSitterProductionsTakeEveryPolicy() throws {
        let recogniser = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
            "recognise.js")
        let reserved = "[" + LanguageWords.reserved.sorted().map { "\"\($0)\"" }.joined(separator: ",") + "]"
        let grammar = GrammarFiles.folder.appendingPathComponent("tree-sitter-lazaret/grammar.js").path
        guard
            let output = try GrammarFiles.run("node", [recogniser.path, grammar, reserved] + GrammarFiles.policies)
        else { return }
        let lines = output.split(separator: "\n")
        #expect(lines.count == GrammarFiles.policies.count + 1)
        for line in lines.dropFirst() { #expect(line.hasPrefix("good "), "\(line)") }
        let words = Set(lines.first?.split(separator: " ").dropFirst().map(String.init) ?? [])
        #expect(LanguageWords.reserved.subtracting(words).isEmpty)
        let known = LanguageWords.reserved.union(LanguageWords.contextual).union(Unit.allCases.map(\.rawValue))
        #expect(words.subtracting(known).isEmpty)
    }

    @Test func theVisualStudioCodeExtensionIsWhole() throws {
        let manifest =
            try JSONSerialization.jsonObject(with: GrammarFiles.data("vscode/package.json")) as? [String: Any]
        #expect(manifest?["main"] as? String == "./extension.js")
        #expect(
            try JSONSerialization.jsonObject(with: GrammarFiles.data("vscode/language-configuration.json"))
                is [String: Any])
        _ = try GrammarFiles.run(
            "node", ["--check", GrammarFiles.folder.appendingPathComponent("vscode/extension.js").path]
        ).map { #expect($0.isEmpty, "\($0)") }
    }
}
