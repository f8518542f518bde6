import Bytecode
import Compiler
import Diagnostics
import Lexical
import Machine
import SieveImport
import Suffixes
import Syntax
import Vocabulary

extension FuzzTarget {
    /// What authors write: policies, expressions, scripts of Sieve.
    static let language = [
        FuzzTarget("policy", most: 4 << 10, seeds: [".lazaret"], LanguageTargets.policy),
        FuzzTarget("pattern", most: 256, seeds: [".pattern"], LanguageTargets.pattern),
        FuzzTarget("sieve", most: 2 << 10, seeds: [".sieve"], LanguageTargets.sieve),
        FuzzTarget("bundle", most: 32 << 10, seeds: [".lzb"], BundleTarget.run),
    ]
}

private enum LanguageTargets {
    /// Parser, formatter, checker, code generator; what they let through is loaded as a worker would.
    static func policy(_ input: [UInt8], _ answer: inout Answer) throws {
        let result = compile(input)
        try promise(result.hasErrors == (result.bundle == nil), "there is a bundle unless there is an error")
        for diagnostic in result.diagnostics {
            for label in [diagnostic.primary] + diagnostic.secondary {
                try promise(label.span.end <= input.count, "\(diagnostic.code) points into the policy")
            }
        }
        answer.add(TextRenderer(sources: result.sources).render(result.diagnostics))
        answer.add(JSONRenderer(sources: result.sources).render(result.diagnostics))
        if let bundle = result.bundle {
            answer.add(bundle)
            let program = try Bundle.read(bundle)
            try promise(Bundle.write(program) == bundle, "a bundle that was read is written as it was")
            _ = try LoadedProgram(program, patterns: PatternLibrary(), suffixes: SuffixLibrary())
        }
        try format(input, result)
        let file = SourceFile(path: "policy.lazaret", bytes: input)
        let fixed = FixItApplier.apply(result.diagnostics, to: file)
        if fixed.applied > 0 { answer.add(compile(fixed.bytes).diagnostics.map(\.message)) }
    }

    private static func format(_ input: [UInt8], _ result: CompileResult) throws {
        guard let formatted = Formatter.format(file: SourceFile(path: "policy.lazaret", bytes: input)) else { return }
        try promise(Formatter.format(source: formatted) == formatted, "formatting again changes nothing")
        let again = compile(Array(formatted.utf8))
        try promise(
            again.diagnostics.map(\.code.number).sorted() == result.diagnostics.map(\.code.number).sorted(),
            "formatting changes no diagnostic")
    }

    private static func compile(_ bytes: [UInt8]) -> CompileResult {
        let file = PolicyFile(path: "policy.lazaret", bytes: bytes)
        return PolicyCompiler(patterns: PatternLibrary(), suffixes: SuffixLibrary())
            .compile(PolicyInMemory(files: [file]))
    }

    /// The first byte chooses kind and folding; the rest, to the first line end, is the pattern, and then the text.
    static func pattern(_ input: [UInt8], _ answer: inout Answer) throws {
        guard let first = input.first else { return }
        let source = input.dropFirst().prefix { $0 != 0x0A }
        let text = Array(input.dropFirst(source.count + 2))
        let kinds: [TextPattern.Kind] = [.literal, .exact, .word, .phrase, .regex, .regex, .regex, .regex]
        let kind = kinds[Int(first & 7)]
        let folding: TextFolding = kind == .literal || kind == .exact || first & 8 == 0 ? [] : [.accents]
        let pattern = TextPattern(kind, Text(utf8: Array(source)), ignoresCase: first & 16 != 0, folding: folding)
        let library = PatternLibrary()
        let fault = library.fault(of: pattern)
        answer.add(fault?.message)
        guard fault == nil else { return }
        let scanner = try library.makeScanner([pattern])
        let hits = scanner.scan(text)
        answer.add(hits.present)
        let matches = scanner.matches(of: 0, in: text, limit: 100)
        try promise(matches.ranges.count <= 100, "places are told up to their limit")
        var end = 0
        for range in matches.ranges {
            try promise(
                range.lowerBound >= end && range.upperBound <= text.count, "places are in order and in the text")
            end = range.upperBound
        }
        if hits.undecided.isEmpty, matches.isComplete {
            try promise(hits.present.isEmpty == matches.ranges.isEmpty, "what occurs, occurs somewhere")
        }
        answer.add(matches.ranges)
    }

    /// What comes of a script must be a policy.
    static func sieve(_ input: [UInt8], _ answer: inout Answer) throws {
        let imported: ImportedPolicy
        do throws(SieveFault) {
            imported = try ImportedPolicy(input, name: "imported", administrator: "root@acme.example") { text in
                let result = compile(Array(text.utf8))
                return result.diagnostics.filter { $0.severity == .error }.map { diagnostic in
                    let span = diagnostic.primary.span
                    let line = result.sources[span.file]?.position(of: span.start).line
                    return ImportedPolicy.Refusal(line: line ?? 1, reason: diagnostic.message)
                }
            }
        } catch {
            answer.add(error.reason)
            return
        }
        answer.add(imported.policy)
        answer.add(imported.remarks.map(\.why))
        try promise(!compile(Array(imported.policy.utf8)).hasErrors, "a script becomes a policy without errors")
    }
}
