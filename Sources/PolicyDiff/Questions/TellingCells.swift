import Vocabulary

/// What is worth telling of a fact: not what follows from the rest of what is told.
///
/// A message over 503 KB is over 102 KB too; where large policies ask for both, only the one need be said.
struct TellingCells {
    let holding: [[Alternative]]
    let failing: [[Alternative]]

    init(_ state: AbstractCase.FactState) {
        holding = Self.kept(state.holding) { Self.implies($1, $0) }
        let isSingle = FactKnowledge.isSingle(state.subject)
        let told = holding
        failing = Self.kept(state.failing) { Self.implies($0, $1) }
            .filter { cell in !isSingle || !told.contains { Self.excludes($0, cell) } }
    }

    /// Cells that do not follow from others; of two that follow from each other, the first.
    private static func kept(
        _ cells: [[Alternative]], _ follows: ([Alternative], [Alternative]) -> Bool
    ) -> [[Alternative]] {
        cells.indices.filter { place in
            !cells.indices.contains { other in
                other != place && follows(cells[place], cells[other])
                    && (other < place || !follows(cells[other], cells[place]))
            }
        }.map { cells[$0] }
    }

    private static func implies(_ one: [Alternative], _ other: [Alternative]) -> Bool {
        one.allSatisfy { first in other.contains { AlternativeLogic.implies(first, $0) } }
    }

    /// Of two long lists every entry would have to be held against every other: both are told.
    private static func excludes(_ one: [Alternative], _ other: [Alternative]) -> Bool {
        (one.count == 1 || other.count == 1)
            && one.allSatisfy { first in other.allSatisfy { AlternativeLogic.excludes(first, $0) } }
    }
}
