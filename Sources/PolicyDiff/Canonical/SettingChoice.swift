import Bytecode
import Vocabulary

extension ConditionReader {
    /// A comparison with a setting as a choice among its rows: with the value of the best row that holds, or else with
    /// that of `otherwise`.
    ///
    /// Exact where no row can be unknown, as of rows that ask only about the envelope: then just one branch is taken, and
    /// the comparison's own reasons are those of the whole. `nil` for every other setting, which stays one thing that is
    /// not looked into.
    func choice(_ entry: ComputedEntry, _ comparison: (Int64) -> Condition) -> Condition? {
        guard entry.kind == .largest || entry.kind == .smallest, entry.rows.count <= ComparisonLimits.settingRows,
            let otherwise = entry.otherwise.flatMap({ number($0.value) })
        else { return nil }
        var rows: [ScoreRow] = []
        for row in entry.rows {
            let when = condition(ofFormula: row.formula)
            guard let value = number(row.value), when.possibleReasons.isEmpty else { return nil }
            rows.append(ScoreRow(weight: value, when: when))
        }
        // The best row decides first, so it is put around the others last.
        rows.sort { entry.kind == .largest ? $0.weight < $1.weight : $0.weight > $1.weight }
        return rows.reduce(comparison(otherwise)) { rest, row in
            .disjunction([
                .conjunction([row.when, comparison(row.weight)]), .conjunction([.negation(row.when), rest]),
            ])
        }
    }
}
