import Diagnostics
import Syntax
import Vocabulary

/// Codes 340 to 359, 710 and 711: scores and settings.
extension SemanticsDiagnostics {
    static func badScoreWeight(_ span: SourceSpan) -> Diagnostic {
        make(
            .badScoreWeight, "a line adds a number other than 0, at most 1000000 and with at most 3 decimals",
            at: span, help: "give what it adds to the score, or take the line out")
    }

    static func emptyScore(_ name: Name) -> Diagnostic {
        make(
            .emptyScore, "the score `\(name.text)` has no lines", at: name.span,
            help: "write lines such as `5 when subject contains \"urgent\"`")
    }

    static func recursiveValue(_ span: SourceSpan, _ cycle: [String], _ symbol: Symbol) -> Diagnostic {
        let names = (cycle + [symbol.name]).map { "`\($0)`" }
        return make(
            .recursiveValue,
            cycle.count == 1
                ? "`\(symbol.name)` depends on itself"
                : "values go in a circle: \(names.joined(separator: ", which uses "))",
            at: span, secondary: [DiagnosticLabel(symbol.span, "`\(symbol.name)` is declared here")],
            help: "take it out of one of the conditions")
    }

    static func unknownTake(_ name: Name) -> Diagnostic {
        let names = ["largest", "smallest", "one"]
        let nearest = Nearest.to(name.text, among: names)
        return make(
            .unknownTake, "a setting cannot take `\(name.text)`", at: name.span,
            help: didYouMean(
                nearest,
                else: "`largest` and `smallest` choose among the values whose `when` holds, `one` is for values of "
                    + "which one holds at a time"), fixIts: spelling(name.span, nearest))
    }

    static func noOtherwise(_ name: Name) -> Diagnostic {
        make(
            .noOtherwise, "`\(name.text)` does not say what it is where no `when` holds", at: name.span,
            help: "add a row: `otherwise VALUE`")
    }

    static func otherwiseTwice(_ span: SourceSpan, first: SourceSpan) -> Diagnostic {
        make(
            .otherwiseTwice, "a setting has one `otherwise`", at: span,
            secondary: [DiagnosticLabel(first, "the other is here")], help: "give this row a `when`, or take it out")
    }

    static func valuesOfTwoKinds(_ span: SourceSpan, first: SourceSpan) -> Diagnostic {
        make(
            .valuesOfTwoKinds, "the values of a setting are all of one kind", at: span,
            secondary: [DiagnosticLabel(first, "this is of another")],
            help: "write all of them as sizes, as durations, as numbers, as texts or as words")
    }

    static func takesUnordered(_ take: Name, _ word: String, value: SourceSpan) -> Diagnostic {
        make(
            .takesUnordered, "no text or word is the \(word)", at: take.span,
            secondary: [DiagnosticLabel(value, "this is neither more nor less than another")],
            help: "write `take one`", fixIts: [FixIt("write `one`", replace: take.span, with: "one")])
    }

    static func computedElsewhere(_ span: SourceSpan, _ name: String) -> Diagnostic {
        make(
            .computedElsewhere, "`\(name)` can only be compared", at: span,
            help: "it stands on one side of `<`, `<=`, `>`, `>=` or `is`, a setting also in place of a text or a bound")
    }

    static func tooManyRows(_ name: Name, limit: Int) -> Diagnostic {
        make(
            .tooManyRows, "`\(name.text)` has more than \(limit) rows", at: name.span,
            help: "join rows of the same value by `or`, or look values up in a list")
    }

    static func wordsCompared(_ span: SourceSpan, _ symbol: Symbol) -> Diagnostic {
        make(
            .wordsCompared, "nothing here tells what the words of `\(symbol.name)` mean", at: span,
            secondary: [DiagnosticLabel(symbol.span, "declared here")],
            help: "compare it with what the mail has: `type is \(symbol.name)`")
    }

    static func boundOfOther(_ name: Name, nearest: NearName?) -> Diagnostic {
        make(
            .boundOfOther, "a number is needed here, and `\(name.text)` is none", at: name.span,
            help: didYouMean(nearest, else: "write a number, or a module's parameter that stands for one"),
            fixIts: spelling(name.span, nearest))
    }

    static func unusedComputed(_ symbol: Symbol) -> Diagnostic {
        make(
            symbol.kind == .score ? .unusedScore : .unusedSetting, "nothing uses `\(symbol.name)`", at: symbol.span,
            help: "take it out, or compare it with something in a rule")
    }
}
