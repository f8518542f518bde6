import Vocabulary

/// Totals of one measure against several bounds: who reaches the greater bound reaches the smaller.
struct TotalOrder {
    private struct Key: Hashable {
        let total: Total
        let side: Side?
    }

    private struct Wires {
        /// Why the total is open, where it is.
        let reasons: [Circuit.Literal]
        /// By bound: surely reached, perhaps reached.
        var bounds: [Int64: (certain: Circuit.Literal, possible: Circuit.Literal)] = [:]
    }

    private let circuit: Circuit
    private let classes: ReasonClasses
    private var known: [Key: Wires] = [:]
    /// In the order in which they were asked for, so that the same policies give the same cases.
    private var order: [Key] = []

    init(_ circuit: Circuit, _ classes: ReasonClasses) {
        self.circuit = circuit
        self.classes = classes
    }

    /// All totals there are, to be read from a model: by bound whether it is surely reached, perhaps reached.
    var all: [(total: Total, bounds: [(bound: Int64, certain: Circuit.Literal, possible: Circuit.Literal)])] {
        order.compactMap { key in
            known[key].map { wires in
                (key.total, wires.bounds.map { ($0, $1.certain, $1.possible) }.sorted { $0.0 < $1.0 })
            }
        }
    }

    /// - Parameter one: the truth of "there is one such element", for counts of elements.
    mutating func truth(
        of total: Total, atLeast bound: Int64, side: Side?, one: () -> TruthWires?
    ) -> TruthWires {
        let key = Key(total: total, side: side)
        var wires = known[key] ?? opened(key)
        if let reached = wires.bounds[bound] { return truth(reached, wires.reasons) }
        let reached = (certain: circuit.free(), possible: circuit.free())
        circuit.require(-reached.certain, reached.possible)
        // A total that is open is so for a reason.
        circuit.require([-reached.possible, reached.certain] + wires.reasons)
        for (other, wire) in wires.bounds.sorted(by: { $0.key < $1.key }) {
            let (greater, smaller) = other > bound ? (wire, reached) : (reached, wire)
            circuit.require(-greater.certain, smaller.certain)
            circuit.require(-greater.possible, smaller.possible)
        }
        if bound > 1, let one = one() {
            circuit.require(-reached.certain, one.isTrue)
            circuit.require([-reached.possible, one.isTrue] + one.unknown)
        }
        wires.bounds[bound] = reached
        known[key] = wires
        return truth(reached, wires.reasons)
    }

    /// Why totals are open.
    var reasons: [Circuit.Literal] { order.flatMap { known[$0]?.reasons ?? [] } }

    /// A total of which nothing is known yet, but why it may be open.
    private mutating func opened(_ key: Key) -> Wires {
        order.append(key)
        let possible = key.total.possibleReasons
        return Wires(reasons: classes.indices.map { classes.meets($0, possible) ? circuit.free() : circuit.no })
    }

    private func truth(
        _ reached: (certain: Circuit.Literal, possible: Circuit.Literal), _ reasons: [Circuit.Literal]
    ) -> TruthWires {
        let isOpen = circuit.and(reached.possible, -reached.certain)
        return TruthWires(isTrue: reached.certain, unknown: reasons.map { circuit.and(isOpen, $0) })
    }
}

/// Dictionaries over one subject: where every weight is at least as great and the threshold no greater, what one
/// reaches the other reaches.
struct LexiconOrder {
    private struct Place: Hashable {
        let subject: Subject
        let element: Int?
    }

    struct Entry {
        let lexicon: Lexicon
        let threshold: Int64
        /// A text surely reaches the threshold, or perhaps.
        let certain: Circuit.Literal
        let possible: Circuit.Literal
        fileprivate let truth: TruthWires
    }

    private let circuit: Circuit
    private let classes: ReasonClasses
    private var known: [Place: [Entry]] = [:]
    private var order: [Place] = []

    init(_ circuit: Circuit, _ classes: ReasonClasses) {
        self.circuit = circuit
        self.classes = classes
    }

    /// All dictionaries there are, by what is searched, to be read from a model.
    var all: [(subject: Subject, element: Int?, entries: [Entry])] {
        order.map { ($0.subject, $0.element, known[$0] ?? []) }
    }

    mutating func truth(
        of lexicon: Lexicon, _ threshold: Int64, of subject: Subject, at element: Int?, _ instance: FactInstance
    ) -> TruthWires {
        let place = Place(subject: subject, element: element)
        let entries = known[place] ?? []
        if let same = entries.first(where: { $0.lexicon == lexicon && $0.threshold == threshold }) {
            return same.truth
        }
        let certain = circuit.free()
        let possible = lexicon.canMeetMatchLimit ? circuit.free() : certain
        circuit.require(-certain, possible)
        circuit.require(-possible, instance.exists)
        for other in entries {
            if Self.isAtMost(lexicon, threshold, other) { relate(certain, possible, other.certain, other.possible) }
            if Self.isAtMost(other, lexicon, threshold) { relate(other.certain, other.possible, certain, possible) }
        }
        let truth = truth(lexicon, threshold, certain, possible, instance.missing)
        let entry = Entry(
            lexicon: lexicon, threshold: threshold, certain: certain, possible: possible, truth: truth)
        if entries.isEmpty { order.append(place) }
        known[place] = entries + [entry]
        return truth
    }

    private func relate(
        _ certain: Circuit.Literal, _ possible: Circuit.Literal, _ wider: Circuit.Literal,
        _ widerPossible: Circuit.Literal
    ) {
        circuit.require(-certain, wider)
        circuit.require(-possible, widerPossible)
    }

    /// A text that is missing may have every entry as often as it counts, or none.
    private func truth(
        _ lexicon: Lexicon, _ threshold: Int64, _ certain: Circuit.Literal, _ possible: Circuit.Literal,
        _ missing: [Circuit.Literal]
    ) -> TruthWires {
        let highest = lexicon.entries.reduce(Int64(0)) {
            $0.addingSaturating(max($1.weight, 0).multipliedSaturating(by: Int64($1.times)))
        }
        let unknown = classes.indices.map { index in
            var reasons = threshold <= highest ? [missing[index]] : []
            if classes.meets(index, .overLimit) { reasons.append(possible) }
            return circuit.and(-certain, circuit.or(reasons))
        }
        return TruthWires(isTrue: certain, unknown: unknown)
    }

    private static func isAtMost(_ lexicon: Lexicon, _ threshold: Int64, _ other: Entry) -> Bool {
        threshold >= other.threshold && lexicon.isAtMost(other.lexicon)
    }

    private static func isAtMost(_ entry: Entry, _ lexicon: Lexicon, _ threshold: Int64) -> Bool {
        entry.threshold >= threshold && entry.lexicon.isAtMost(lexicon)
    }
}

extension Lexicon {
    /// Whether in every text the sum of this one is at most that of the other.
    func isAtMost(_ other: Lexicon) -> Bool {
        guard let own = byPattern, let others = other.byPattern else { return false }
        return Set(own.keys).union(others.keys).allSatisfy { pattern in
            switch (own[pattern], others[pattern]) {
            case (let one?, let other?): one.times == other.times && one.weight <= other.weight
            case (let one?, nil): one.weight <= 0
            case (nil, let other?): other.weight >= 0
            case (nil, nil): true
            }
        }
    }

    /// By pattern; `nil` where a pattern stands twice, whose parts must not be mixed.
    private var byPattern: [TextPattern: Entry]? {
        var found: [TextPattern: Entry] = [:]
        for entry in entries where found.updateValue(entry, forKey: entry.pattern) != nil { return nil }
        return found
    }
}

/// Adds the weights of the wires that hold.
struct WeightedSum {
    private let circuit: Circuit
    private let terms: [(wire: Circuit.Literal, weight: Int64)]

    init(_ circuit: Circuit, _ terms: [(wire: Circuit.Literal, weight: Int64)]) {
        self.circuit = circuit
        self.terms = terms
    }

    /// The sum is at least so much: one gate for each term and each sum that may be left to reach.
    func atLeast(_ bound: Int64) -> Circuit.Literal {
        var known: [[Int64]: Circuit.Literal] = [:]
        // What the terms from each place on can add at least and at most.
        var lowest: [Int64] = [0]
        var highest: [Int64] = [0]
        for term in terms.reversed() {
            lowest.append((lowest.last ?? 0).addingSaturating(min(term.weight, 0)))
            highest.append((highest.last ?? 0).addingSaturating(max(term.weight, 0)))
        }
        func reach(_ place: Int, _ left: Int64) -> Circuit.Literal {
            // There may be as many sums as there are sets of terms: where no gate is to be had any more, nothing is asked.
            guard circuit.stop == nil else { return circuit.no }
            let rest = terms.count - place
            if lowest[rest] >= left { return circuit.yes }
            if highest[rest] < left { return circuit.no }
            let key = [Int64(place), left]
            if let wire = known[key] { return wire }
            let (wire, weight) = terms[place]
            let with = reach(place + 1, left.subtractingSaturating(weight))
            let without = reach(place + 1, left)
            let result = circuit.or(circuit.and(wire, with), circuit.and(-wire, without))
            known[key] = result
            return result
        }
        return reach(0, bound)
    }
}

extension Int64 {
    fileprivate func subtractingSaturating(_ other: Int64) -> Int64 {
        let (difference, overflow) = subtractingReportingOverflow(other)
        return overflow ? (other < 0 ? .max : .min) : difference
    }
}
