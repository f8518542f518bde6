import Bytecode
import Vocabulary

/// A policy by its meaning, read from a verified program.
struct CanonicalPolicy {
    let name: String
    let description: String
    let rules: [CanonicalRule]
    let exemptions: [CanonicalExemption]
    let organisation: Organisation
    /// What `.registrable` rests on.
    let suffixes: PublicSuffixList?
    let areas: [QuarantineArea]
    /// How far lists are looked at.
    let limits: CostLimits
    let templates: [MessageTemplate]

    /// - Parameter side: tells things of this program that cannot be compared from those of the other.
    init(_ program: Program, side: String) {
        let reader = ConditionReader(program: program, name: side)
        name = program.manifest.policy
        description = program.manifest.description
        organisation = program.organisation
        suffixes = program.suffixes
        areas = program.areas
        limits = program.manifest.limits
        templates = program.templates
        exemptions = program.exemptions.map { entry in
            CanonicalExemption(
                name: entry.name, place: program.place(entry.place), unknown: entry.unknown,
                when: reader.condition(ofFormula: entry.when))
        }
        rules = program.rules.map { entry in
            CanonicalRule(
                name: entry.name, title: entry.title, place: program.place(entry.place),
                whenPlace: program.place(ofFormula: entry.when), directions: entry.directions, labels: entry.labels,
                isMandatory: entry.isMandatory, when: reader.condition(ofFormula: entry.when),
                unless: Set(entry.unless.map { reader.condition(ofFormula: $0) }).canonicallySorted(),
                exemptions: entry.exemptions, consequence: reader.consequence(program.consequences[entry.consequence]),
                answers: program.answerTables[entry.answers].mapping { reader.consequence($0) })
        }
    }
}

/// A rule by its meaning.
struct CanonicalRule {
    let name: String
    let title: String?
    let place: SourcePlace?
    /// Where its condition first stands in the source.
    let whenPlace: SourcePlace?
    let directions: DirectionSet
    let labels: [String]
    let isMandatory: Bool
    let when: Condition
    let unless: [Condition]
    /// Numbers of the exemptions that name it.
    let exemptions: [Int]
    let consequence: CanonicalConsequence
    let answers: AnswerTable<CanonicalConsequence>
}

/// A consequence whose texts and notices name subjects and conditions.
typealias CanonicalConsequence = ConsequenceForm<Subject, Condition>

/// An exemption by its meaning. Which rules it names stands with them.
struct CanonicalExemption {
    let name: String
    let place: SourcePlace?
    let unknown: Reasons
    let when: Condition
}

extension Program {
    fileprivate func place(_ number: Int) -> SourcePlace? { places.indices.contains(number) ? places[number] : nil }

    /// The first place in a formula's tree; many nodes have none of their own.
    fileprivate func place(ofFormula number: Int) -> SourcePlace? {
        let root = formulas[number].root
        for node in nodes[root..<nodes[root].end] {
            switch node.kind {
            case .atom, .any, .count: return place(node.place)
            case .constant, .not, .and, .or, .atLeast: continue
            }
        }
        return nil
    }
}

extension Answer where Consequence == CanonicalConsequence {
    /// What the answer does to the message.
    var disposition: Disposition {
        switch self {
        case .quiet, .ignore: .deliver
        case .consequence(let consequence): consequence.disposition
        }
    }
}
