import Diagnostics
import Semantics
import Syntax

/// The pages of all faults that a policy can have.
public enum ErrorPages {
    /// Every code of the parser, the checker and the compiler, by number.
    public static let codes: [DiagnosticCode] =
        (SyntaxDiagnostics.codes + SemanticsCode.allCases.map(\.code) + CompilerCode.allCases.map(\.code))
        .sorted { $0.number < $1.number }

    /// The codes with their pages, by number.
    public static let all: [ExplainedCode] = {
        let pages = Dictionary(rows.map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
        return codes.compactMap { code in
            pages[code.number].map { ExplainedCode(code: code, page: $0) }
        }
    }()

    /// The rows as they are written, room by room of the language.
    static let rows: [ErrorPage] =
        syntaxPages + headerPages + modulePages + listPages + computedPages + namePages + typePages + answerPages
        + rulePages + testPages + warningPages + costPages

    /// What is called so: by number, as in `LZ0447`, or by name. A name can have two, of the parser and the compiler.
    public static func named(_ word: String) -> [ExplainedCode] {
        let word = word.lowercased()
        if word.hasPrefix("lz"), let number = Int(word.dropFirst(2)) {
            return all.filter { $0.code.number == number }
        }
        return all.filter { $0.code.name == word }
    }

    /// The number or name that was most likely meant.
    public static func nearest(to word: String) -> String? {
        let isNumber = word.lowercased().hasPrefix("lz") && word.dropFirst(2).allSatisfy(\.isNumber)
        return Nearest.to(word, among: all.map { isNumber ? $0.code.id : $0.code.name })?.name
    }
}
