import Vocabulary

/// One subject for one element: wires for what its values are and why some may be missing.
struct FactInstance {
    /// There is a value.
    let exists: Circuit.Literal
    /// Values are missing, by class of reasons.
    let missing: [Circuit.Literal]
    /// A value satisfies the cell.
    let cells: [Circuit.Literal]
    /// The search for a pattern of the cell met its limit.
    let undecided: [Circuit.Literal]
}

/// Where a condition is evaluated.
struct EncodingPlace: Hashable {
    /// The element that the outermost quantifier has bound; `nil` outside of quantifiers.
    var element: Int?
    /// Which policy asks.
    var side: Side
}

/// Which of the two policies.
enum Side: Hashable, CaseIterable {
    case old
    case new
}

/// Makes instances of facts, each once, with what is known of how their values hang together.
final class FactInstances {
    private struct Key: Hashable {
        let subject: Subject
        let element: Int?
        let side: Side?
    }

    private let circuit: Circuit
    private let classes: ReasonClasses
    private let tables: [Subject: CellTable]
    /// Whether facts in which the policy has a say are the same for both.
    let sharesHeader: Bool
    private var instances: [Key: FactInstance] = [:]
    /// In the order in which they were made, so that the same policies give the same cases.
    private var order: [Key] = []

    init(_ circuit: Circuit, _ classes: ReasonClasses, _ tables: [Subject: CellTable], sharesHeader: Bool) {
        self.circuit = circuit
        self.classes = classes
        self.tables = tables
        self.sharesHeader = sharesHeader
    }

    func table(of subject: Subject) -> CellTable? { tables[subject] }

    /// The instance of a fact, or of the containers of a part.
    func instance(of subject: Subject, at place: EncodingPlace) -> FactInstance {
        let key = Key(
            subject: subject, element: subject.binders.isEmpty ? nil : place.element,
            side: isOfOneSide(subject) ? place.side : nil)
        if let known = instances[key] { return known }
        let made = make(subject)
        instances[key] = made
        order.append(key)
        return made
    }

    private func isOfOneSide(_ subject: Subject) -> Bool {
        guard case .fact(let reference) = subject else { return false }
        return !sharesHeader && FactKnowledge.dependsOnPolicy(reference)
    }

    private func make(_ subject: Subject) -> FactInstance {
        let reasons = FactKnowledge.reasons(subject)
        let missing = classes.indices.map { classes.meets($0, reasons) ? circuit.free() : circuit.no }
        let isSettled = FactKnowledge.isSettled(subject)
        let exists = isSettled ? -circuit.or(missing) : circuit.free()
        guard let table = tables[subject] else {
            return FactInstance(exists: exists, missing: missing, cells: [], undecided: [])
        }
        let cells = table.cells.map { _ in circuit.free() }
        let undecided = table.cells.map { $0.contains(where: \.canMeetMatchLimit) ? circuit.free() : circuit.no }
        for (index, cell) in cells.enumerated() {
            circuit.require(-cell, exists)
            circuit.require(-undecided[index], exists)
        }
        for (first, second) in table.implications { circuit.require(-cells[first], cells[second]) }
        if FactKnowledge.isSingle(subject) {
            for (first, second) in table.exclusions { circuit.require(-cells[first], -cells[second]) }
        }
        // Of several values, too, each satisfies one of what covers all.
        for (first, second) in table.covers { circuit.require(-exists, cells[first], cells[second]) }
        return FactInstance(exists: exists, missing: missing, cells: cells, undecided: undecided)
    }

    /// All instances there are, to be read from a model.
    var all: [(subject: Subject, element: Int?, side: Side?, instance: FactInstance)] {
        order.compactMap { key in instances[key].map { (key.subject, key.element, key.side, $0) } }
    }
}
