import Diagnostics
import Syntax

extension CheckContext {
    /// Warns of words that mix Latin letters with Cyrillic or Greek ones: a reviewer reads one word, the program seeks
    /// another. Letters written as escapes show what they are, and comments mean nothing.
    func checkScripts() {
        let levels = ruleLevels()
        for module in modules {
            for tree in module.trees {
                guard let file = loaded.sources[tree.file] else { continue }
                // Words and comments stand in the order of the text.
                var comments = tree.comments[...]
                for word in MixedWord.all(in: file.bytes) {
                    let start = word.range.lowerBound
                    comments = comments.drop { $0.span.end <= start }
                    if comments.first?.span.range.contains(start) == true { continue }
                    let span = SourceSpan(file: tree.file, start: start, end: word.range.upperBound)
                    warn(
                        SemanticsDiagnostics.mixedScript(span, text(span), foreign: word.foreign, word.script),
                        in: levels.element(at: span))
                }
            }
        }
    }

    /// Gives what the parser warned of the level that rule or policy wants.
    func levelled(_ parsed: [Diagnostic]) -> [Diagnostic] {
        let levels = ruleLevels()
        return parsed.compactMap { levelled($0, in: levels.element(at: $0.primary.span)) }
    }

    /// The levels of each rule by its place.
    private func ruleLevels() -> PlaceIndex<WarningLevels> {
        PlaceIndex(loaded) { declaration in
            guard case .rule(let rule) = declaration else { return nil }
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
