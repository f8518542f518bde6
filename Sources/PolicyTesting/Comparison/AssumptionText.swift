import PolicyDiff
import Vocabulary

/// An assumption as a test of a policy writes it.
public enum AssumptionText {
    /// The line to copy into a test; a sentence in parentheses for what no test can suppose: several values at once,
    /// and the absence of what is never absent.
    public static func line(_ assumption: Assumption) -> String {
        let row = FactCatalogue.row(assumption.fact)
        let name = FactReference(assumption.fact, argument: assumption.argument).description
        if !assumption.value.missing.isEmpty {
            return "assume \(name) is unknown because \(assumption.value.missing.names.joined(separator: ", "))"
        }
        let values = assumption.value.values.map { $0.literal(as: row.type) }
        switch values.count {
        case 0: return row.canBeAbsent ? "assume \(name) not exists" : "(nothing is supposed of \(name))"
        case 1: return "assume \(name) is \(values[0])"
        default: return "(\(name) has \(values.count) values: \(values.joined(separator: ", ")))"
        }
    }
}
