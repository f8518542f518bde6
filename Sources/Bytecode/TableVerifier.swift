import Vocabulary

/// Checks that the tables of a program refer to each other within bounds and to facts that exist.
struct TableVerifier {
    let program: Program
    let limits: BytecodeLimits

    func verify() throws(BundleFault) {
        for fact in program.facts { try verify(fact) }
        try verifyOperands()
        for group in program.patternGroups {
            try index(group.operand, in: program.operands, "operand")
            for pattern in group.patterns { try verify(pattern) }
        }
        for count in program.matchCounts {
            try index(count.group, in: program.patternGroups, "pattern group")
            try index(count.pattern, in: program.patternGroups[count.group].patterns, "pattern")
        }
        for dictionary in program.dictionaries {
            try require(dictionary.weights.count == dictionary.times.count, "a dictionary lacks weights or times")
            for times in dictionary.times {
                try require((1...MatchLimits.countedMatches).contains(times), "an entry counts \(times) times")
            }
        }
        for atom in program.atoms { try verify(atom) }
        try verifyComputedOperands()
        for count in program.counts { try verify(count.measure) }
        try verifyRules()
        try verifyConsequences()
        try verifyAreas()
        try TemplateVerifier(program: program).verify()
        try verifyManifest()
        try require(
            (program.suffixes != nil) == program.needsPublicSuffixes,
            "the public suffixes are missing, or there for nothing")
    }

    private func require(_ condition: Bool, _ reason: @autoclosure () -> String) throws(BundleFault) {
        try Verifier.require(condition, reason())
    }

    private func index(_ index: Int, in table: [some Any], _ what: String) throws(BundleFault) {
        try require(index >= 0 && index < table.count, "there is no \(what) \(index)")
    }

    private func verify(_ pattern: TextPattern) throws(BundleFault) {
        try require(
            (pattern.neighbour != nil) == (pattern.kind == .near), "a pattern has no neighbour, or one too many")
        try require(pattern.check == nil || pattern.kind == .regex, "only expressions have checks")
        let distances = 1...MatchLimits.neighbourWords
        try require(pattern.neighbour.map { distances.contains($0.distance) } ?? true, "a neighbour is too far away")
    }

    private func verify(_ reference: FactReference) throws(BundleFault) {
        let row = FactCatalogue.row(reference.fact)
        try require((reference.argument != nil) == row.takesArgument, "a fact has a wrong argument")
        switch row.scope {
        case .element: try require(reference.binder != nil, "a fact of an element has no binder")
        case .message, .recipient: try require(reference.binder == nil, "a fact of the message has a binder")
        }
        if let binder = reference.binder {
            try require((0..<BytecodeLimits.binders).contains(binder), "there is no binder \(binder)")
        }
        var type = row.type
        for member in reference.members {
            guard let next = member.type(in: type) else {
                throw BundleFault(.verification, "a \(type.rawValue) has no \(member.rawValue)")
            }
            type = next
        }
        try require(!reference.asNumber || type == .text, "only texts can be read as numbers")
    }

    /// Operands refer back only. The facts reached through substitutes are bounded, each counted as often as it is
    /// reached, because substitutes are resolved by recursion.
    private func verifyOperands() throws(BundleFault) {
        var sizes: [Int] = []
        for operand in program.operands {
            switch operand {
            case .fact(let fact):
                try index(fact, in: program.facts, "fact")
                sizes.append(1)
            case .constant(let constant):
                try index(constant, in: program.constants, "constant")
                sizes.append(1)
            case .computed(let computed):
                try index(computed, in: program.computed, "score or setting")
                sizes.append(1)
            case .otherwise(let first, let second):
                try index(first, in: sizes, "earlier operand")
                try index(second, in: sizes, "earlier operand")
                sizes.append(sizes[first] + sizes[second])
                try require(sizes[sizes.count - 1] <= limits.depth, "an operand has too many substitutes")
            }
        }
    }

    private func verify(_ atom: AtomTest) throws(BundleFault) {
        switch atom {
        case .holds(let operand), .exists(let operand): try index(operand, in: program.operands, "operand")
        case .compare(let left, _, let right):
            try index(left, in: program.operands, "operand")
            try index(right, in: program.operands, "operand")
        case .equals(let left, let others, _), .contains(let left, let others, _), .starts(let left, let others, _),
            .ends(let left, let others, _), .under(let left, let others), .looksLike(let left, let others):
            try index(left, in: program.operands, "operand")
            for other in others { try index(other, in: program.operands, "operand") }
        case .search(let group, let patterns):
            try verify(patterns, of: group)
        case .member(let operand, let set):
            try index(operand, in: program.operands, "operand")
            try index(set, in: program.sets, "set")
        case .mentions(let group, let patterns, let dictionary, _, _):
            try verify(patterns, of: group)
            try index(dictionary, in: program.dictionaries, "dictionary")
            try require(
                patterns.count == program.dictionaries[dictionary].weights.count, "a dictionary lacks patterns")
        case .insideType(let binder, _):
            try require((0..<BytecodeLimits.binders).contains(binder), "there is no binder \(binder)")
        case .insideElement(let binder, let container):
            try require((0..<BytecodeLimits.binders).contains(binder), "there is no binder \(binder)")
            try require((0..<BytecodeLimits.binders).contains(container), "there is no binder \(container)")
        }
    }

    private func verify(_ patterns: [Int], of group: Int) throws(BundleFault) {
        try index(group, in: program.patternGroups, "pattern group")
        for pattern in patterns { try index(pattern, in: program.patternGroups[group].patterns, "pattern") }
    }

    private func verify(_ measure: CountEntry.Measure) throws(BundleFault) {
        switch measure {
        case .elements: break
        case .values(let fact, _), .sum(let fact, _), .distinct(let fact, _): try index(fact, in: program.facts, "fact")
        case .matches(let count): try index(count, in: program.matchCounts, "match count")
        }
    }

    private func verifyRules() throws(BundleFault) {
        var last: String?
        for rule in program.rules {
            try require(last.map { $0 < rule.name } ?? true, "rules are not in the order of their names")
            last = rule.name
            try index(rule.place, in: program.places, "place")
            try formula(rule.when, onDemand: false)
            for excuse in rule.unless { try formula(excuse, onDemand: true) }
            for exemption in rule.exemptions { try index(exemption, in: program.exemptions, "exemption") }
            try require(rule.exemptions == rule.exemptions.sorted(), "exemptions are not in order")
            try require(!rule.isMandatory || rule.exemptions.isEmpty, "a mandatory rule has exemptions")
            try index(rule.consequence, in: program.consequences, "consequence")
            for strip in rule.strips { try elementFormula(strip) }
            try index(rule.answers, in: program.answerTables, "answer table")
        }
        last = nil
        for exemption in program.exemptions {
            try require(last.map { $0 < exemption.name } ?? true, "exemptions are not in the order of their names")
            last = exemption.name
            try index(exemption.place, in: program.places, "place")
            try formula(exemption.when, onDemand: true)
        }
    }

    /// What consequences name: operands of the message or the recipient, and formulas that run on demand.
    private func verifyConsequences() throws(BundleFault) {
        let scopes = program.operandScopes()
        for consequence in program.consequences + program.answerTables.flatMap(\.consequences) {
            for operand in consequence.operands {
                try index(operand, in: program.operands, "operand")
                try require(scopes[operand].binders == 0, "a text names a fact of an element")
            }
            for condition in consequence.conditions { try formula(condition, onDemand: true) }
        }
    }

    private func formula(_ number: Int, onDemand: Bool) throws(BundleFault) {
        try index(number, in: program.formulas, "formula")
        try require((program.formulas[number].fragment != nil) == onDemand, "formula \(number) is computed elsewhere")
        try require(program.formulas[number].element == nil, "formula \(number) is one of an element")
    }

    private func elementFormula(_ number: Int) throws(BundleFault) {
        try index(number, in: program.formulas, "formula")
        let formula = program.formulas[number]
        try require(formula.fragment != nil, "formula \(number) is computed elsewhere")
        try require(formula.element.map { $0.list.kind == .part } ?? false, "formula \(number) is of no part")
    }

    private func verifyManifest() throws(BundleFault) {
        let facts = Set(program.facts.map(\.fact)).sorted { $0.rawValue < $1.rawValue }
        try require(program.manifest.facts == facts, "the manifest does not list the facts that are read")
        let limits = program.manifest.limits
        for list in ElementListName.allCases {
            try require(limits[list] > 0, "the limit of \(list.rawValue) is zero")
        }
        try require(limits.recipients > 0, "the limit of recipients is zero")
    }
}
