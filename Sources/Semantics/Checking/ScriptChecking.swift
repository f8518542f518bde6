import Diagnostics
import Syntax

extension CheckContext {
    /// Warns of words that mix Latin letters with Cyrillic or Greek ones: a reviewer reads one word, the program seeks
    /// another. Letters written as escapes show what they are, and comments mean nothing.
    func checkScripts() {
        let rules = rulesInFiles()
        for module in modules {
            for tree in module.trees {
                guard let file = loaded.sources[tree.file] else { continue }
                for word in MixedWord.all(in: file.bytes)
                where !tree.comments.contains(where: { $0.span.range.contains(word.range.lowerBound) }) {
                    let span = SourceSpan(file: tree.file, start: word.range.lowerBound, end: word.range.upperBound)
                    warn(
                        SemanticsDiagnostics.mixedScript(span, text(span), foreign: word.foreign, word.script),
                        in: levels(at: span, rules))
                }
            }
        }
    }

    /// Gives what the parser warned of the level that rule or policy wants.
    func levelled(_ parsed: [Diagnostic]) -> [Diagnostic] {
        let rules = rulesInFiles()
        return parsed.compactMap { levelled($0, in: levels(at: $0.primary.span, rules)) }
    }

    private func rulesInFiles() -> [RuleDeclaration] {
        modules.flatMap(\.declarations).compactMap { if case .rule(let rule) = $0 { rule } else { nil } }
    }

    /// The levels of the rule that a place lies in.
    private func levels(at span: SourceSpan, _ rules: [RuleDeclaration]) -> WarningLevels? {
        let rule = rules.first { $0.span.file == span.file && $0.span.range.contains(span.start) }
        return rule.map { rule in
            var levels = WarningLevels()
            for case .level(let level) in rule.clauses.map(\.kind) { muted { levels.add(level, self) } }
            return levels
        }
    }
}

/// A run of letters, some Latin and some of a script whose letters pass for them.
struct MixedWord {
    /// The bytes it stands at.
    let range: Range<Int>
    /// The first letter that is not Latin.
    let foreign: Unicode.Scalar
    /// That letter's script.
    let script: String

    /// Two letters make a range of an expression, `[a-zа-я]`, more often than a word.
    private static let leastLetters = 3

    static func all(in bytes: [UInt8]) -> [MixedWord] {
        // What is not UTF-8 is an error already.
        guard let text = String(validating: bytes, as: UTF8.self) else { return [] }
        var words: [MixedWord] = []
        var start = 0
        var letters = 0
        var hasLatin = false
        var foreign: (Unicode.Scalar, String)?
        var index = 0
        func finish() {
            if hasLatin, letters >= leastLetters, let (scalar, script) = foreign {
                words.append(MixedWord(range: start..<index, foreign: scalar, script: script))
            }
            (letters, hasLatin, foreign) = (0, false, nil)
        }
        for scalar in text.unicodeScalars {
            if scalar.properties.isAlphabetic {
                if letters == 0 { start = index }
                letters += 1
                if isLatin(scalar.value) {
                    hasLatin = true
                } else if foreign == nil, let script = script(scalar.value) {
                    foreign = (scalar, script)
                }
            } else if letters > 0 {
                finish()
            }
            index += UTF8.width(scalar)
        }
        if letters > 0 { finish() }
        return words
    }

    private static func isLatin(_ value: UInt32) -> Bool {
        switch value {
        case 0x41...0x5a, 0x61...0x7a, 0xc0...0x24f, 0x1e00...0x1eff: true
        default: false
        }
    }

    /// Cyrillic, and the Greek letters that pass for Latin ones: `kΩ` and `μm` are honest.
    private static func script(_ value: UInt32) -> String? {
        switch value {
        case 0x400...0x52f, 0x1c80...0x1c8f, 0x2de0...0x2dff, 0xa640...0xa69f: return "Cyrillic"
        default:
            let greek = "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαικνορτυχϲϳ".unicodeScalars
            return greek.contains { $0.value == value } ? "Greek" : nil
        }
    }
}
