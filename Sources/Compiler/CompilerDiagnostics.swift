import Diagnostics
import Vocabulary

/// The kinds of fault that only code generation finds. Numbers never change.
public enum CompilerCode: Int, CaseIterable, Sendable {
    case overBudget = 800
    case nestedTooDeeply = 801

    /// The name in `allow` and `deny`.
    public var code: DiagnosticCode {
        switch self {
        case .overBudget: DiagnosticCode(rawValue, "over-budget")
        case .nestedTooDeeply: DiagnosticCode(rawValue, "nested-too-deeply")
        }
    }
}

/// The compiler's faults in words.
enum CompilerDiagnostics {
    static func nestedTooDeeply(_ span: SourceSpan) -> Diagnostic {
        Diagnostic(
            CompilerCode.nestedTooDeeply.code, message: "this condition is nested too deeply", at: span,
            label: "too many operators within each other, its defines expanded",
            help: "split it into several rules")
    }

    static func overBudget(
        _ span: SourceSpan, total: UInt64, budget: UInt64, factors: String, change: String
    ) -> Diagnostic {
        Diagnostic(
            CompilerCode.overBudget.code,
            message: "the policy can take \(grouped(total)) steps for one message, more than \(grouped(budget))",
            at: span, label: "the most of it is here: \(factors)", help: change)
    }

    /// `1,234,567`.
    static func grouped(_ number: UInt64) -> String {
        let digits = Array(String(number))
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { text += "," }
            text.append(digit)
        }
        return text
    }
}
