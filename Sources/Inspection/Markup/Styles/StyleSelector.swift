/// Whether something holds, as far as a page tells that is read from its beginning on.
enum Certainty: Int, Comparable {
    case no, maybe, yes

    static func < (left: Certainty, right: Certainty) -> Bool { left.rawValue < right.rawValue }

    init(_ holds: Bool) { self = holds ? .yes : .no }

    var negated: Certainty {
        switch self {
        case .no: .yes
        case .maybe: .maybe
        case .yes: .no
        }
    }
}

/// What a rule of a style sheet is for (Selectors 4).
struct StyleSelector {
    /// How an element stands to the one in front of it in the selector.
    enum Combinator { case within, child, next, after }

    /// What an attribute must be.
    struct AttributeTest {
        enum Relation { case exists, equals, word, prefixOrDash, prefix, suffix, part }
        var name: String
        var relation = Relation.exists
        /// In lower case, like the values that it is compared with.
        var value = ""
    }

    enum Test {
        case attribute(AttributeTest)
        case anyOf([StyleSelector])
        case noneOf([StyleSelector])
        /// The element's number among its neighbours, or those of its name, is `step` times something and `offset`.
        case number(step: Int, offset: Int, ofType: Bool)
        case root
        /// What cannot be told before the page is read, or by whom.
        case unknown
    }

    struct Compound {
        var element: String?
        var identifier: String?
        var classes: [String] = []
        var tests: [Test] = []
        /// How it stands to the compound before it.
        var combinator = Combinator.within
    }

    /// A box that a rule puts before or behind an element's content.
    enum PseudoElement { case before, behind }

    /// From the outside in; the last one is the element itself.
    var compounds: [Compound]
    var pseudo: PseudoElement?

    var target: Compound { compounds[compounds.count - 1] }

    /// Identifiers, classes and names, in this order of weight.
    var specificity: Int {
        compounds.reduce(0) { sum, compound in
            sum + (compound.identifier == nil ? 0 : 10_000) + compound.classes.count * 100
                + compound.tests.reduce(0) { $0 + Self.weight($1) } + (compound.element == nil ? 0 : 1)
        }
    }

    private static func weight(_ test: Test) -> Int {
        switch test {
        case .anyOf(let selectors), .noneOf(let selectors): selectors.map(\.specificity).max() ?? 0
        default: 100
        }
    }

    /// Whether only elements around the target count from this compound outwards.
    func isPlain(upTo index: Int) -> Bool { compounds[...index].allSatisfy { $0.combinator == .within } }
}

/// What rules tell an element by.
struct ElementIdentity {
    let name: String
    var identifier: String?
    var classes: [String] = []
    /// By their names, in lower case; none where no rule asks for any.
    var attributes: [String: String] = [:]
    /// Its number among its neighbours, and among those of its name; 0 where that is not counted.
    var number = 0
    var numberOfType = 0
}
