import Diagnostics
import Syntax
import Vocabulary

/// The numbers that scores and dictionaries add up. They are kept in thousandths, so that sums are exact whatever order
/// they are made in.
extension CheckContext {
    /// The greatest weight, in either direction. Unit: thousandths.
    private static let greatestWeight: Int64 = 1_000_000_000

    /// What a line of a score or an entry of a dictionary adds, in thousandths.
    ///
    /// - Parameter fault: what is reported where it is no weight.
    func weight(
        _ written: Syntax.Value, _ scope: ModuleScope, else fault: (SourceSpan) -> Diagnostic
    ) -> Int64? {
        thousandths(written, scope, else: fault) { $0 != 0 && abs($0) <= Self.greatestWeight }
    }

    /// A number with at most three decimals, in thousandths; `nil` with a report where it is another or no number.
    func thousandths(
        _ written: Syntax.Value, _ scope: ModuleScope, else fault: (SourceSpan) -> Diagnostic,
        where isGood: (Int64) -> Bool
    ) -> Int64? {
        switch value(written, scope).value {
        case .name(let name):
            let nearest = Nearest.to(name.text, amongDeclared: scope.parameters.keys.sorted())
            report(SemanticsDiagnostics.boundOfOther(name, nearest: nearest))
            return nil
        case .literal(let literal):
            guard case .quantity(let quantity) = literal, quantity.unit == nil,
                let number = Self.thousandths(quantity.number), isGood(number)
            else {
                report(fault(literal.span))
                return nil
            }
            return number
        }
    }

    private static func thousandths(_ number: NumberLiteral) -> Int64? {
        guard number.scale <= 3 else { return nil }
        let factor = (number.scale..<3).reduce(Int64(1)) { power, _ in power * 10 }
        let (thousandths, overflows) = number.mantissa.multipliedReportingOverflow(by: factor)
        // The least number has no opposite, and is no weight either.
        return overflows || thousandths == .min ? nil : thousandths
    }
}
