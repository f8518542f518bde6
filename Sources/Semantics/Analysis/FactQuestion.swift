import Vocabulary

/// Whether conditions ask for one of some facts, themselves or in the rows of the scores and settings that they use.
/// Each of those is looked into once, however many conditions use it.
struct FactQuestion {
    private let facts: Set<Vocabulary.Fact>
    private let computed: (ComputedReference) -> TypedComputed?
    private var answers: [ComputedReference: Bool] = [:]

    init(of facts: Set<Vocabulary.Fact>, computed: @escaping (ComputedReference) -> TypedComputed?) {
        self.facts = facts
        self.computed = computed
    }

    mutating func isAsked(by formula: Formula) -> Bool {
        if formula.mentions(facts) { return true }
        for reference in formula.computedReferences where isAsked(by: reference) { return true }
        return false
    }

    /// Values use one another in chains of `defineChain` at most, and never themselves.
    private mutating func isAsked(by reference: ComputedReference) -> Bool {
        if let known = answers[reference] { return known }
        var answer = false
        for row in computed(reference)?.rows ?? [] where !answer { answer = isAsked(by: row.when) }
        answers[reference] = answer
        return answer
    }
}
