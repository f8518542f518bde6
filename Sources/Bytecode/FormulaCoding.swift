import Vocabulary

extension EvaluationLevel: BundleValue {
    func write(to writer: inout SectionWriter) { writer.byte(rawValue) }

    static func read(from reader: inout SectionReader) throws(BundleFault) -> EvaluationLevel {
        try reader.tag(2) == 0 ? .message : .recipient
    }
}

extension LoopHead: BundleValue {
    func write(to writer: inout SectionWriter) { writer.byte(packed) }

    static func read(from reader: inout SectionReader) throws(BundleFault) -> LoopHead {
        guard let head = LoopHead(packed: try reader.byte()) else { throw reader.fault(.value, "no such list") }
        return head
    }
}

extension FormulaEntry: BundleValue {
    func write(to writer: inout SectionWriter) {
        level.write(to: &writer)
        writer.optional(fragment) { $0.count($1) }
        writer.optional(element) { $1.write(to: &$0) }
        writer.count(root)
    }

    static func read(from reader: inout SectionReader) throws(BundleFault) -> FormulaEntry {
        let level = try EvaluationLevel.read(from: &reader)
        let fragment = try reader.optional { (reader: inout SectionReader) throws(BundleFault) in
            try reader.number()
        }
        let element = try reader.optional { (reader: inout SectionReader) throws(BundleFault) in
            try LoopHead.read(from: &reader)
        }
        return FormulaEntry(level: level, fragment: fragment, element: element, root: try reader.number())
    }
}

extension CountEntry: BundleValue {
    func write(to writer: inout SectionWriter) {
        switch measure {
        case .elements(let head): writer.tagged(0) { head.write(to: &$0) }
        case .values(let fact, let distinct):
            writer.tagged(1) {
                $0.count(fact)
                $0.flag(distinct)
            }
        case .sum(let fact, let head):
            writer.tagged(2) {
                $0.count(fact)
                head.write(to: &$0)
            }
        case .matches(let count): writer.tagged(3) { $0.count(count) }
        case .distinct(let fact, let head):
            writer.tagged(4) {
                $0.count(fact)
                head.write(to: &$0)
            }
        }
        comparison.write(to: &writer)
        writer.name(type)
    }

    static func read(from reader: inout SectionReader) throws(BundleFault) -> CountEntry {
        let measure: Measure
        switch try reader.tag(5) {
        case 0: measure = .elements(try LoopHead.read(from: &reader))
        case 1: measure = .values(fact: try reader.number(), distinct: try reader.flag())
        case 2: measure = .sum(fact: try reader.number(), try LoopHead.read(from: &reader))
        case 3: measure = .matches(try reader.number())
        default: measure = .distinct(fact: try reader.number(), try LoopHead.read(from: &reader))
        }
        return CountEntry(measure: measure, comparison: try Comparison.read(from: &reader), type: try reader.name())
    }
}

extension FormulaNode: BundleValue {
    func write(to writer: inout SectionWriter) {
        writer.byte(kind.rawValue)
        writer.byte(UInt8(truncatingIfNeeded: costClass.rawValue))
        writer.count(operand)
        writer.count(place)
        writer.count(end)
    }

    static func read(from reader: inout SectionReader) throws(BundleFault) -> FormulaNode {
        guard let kind = Kind(rawValue: try reader.byte()), let cost = CostClass(rawValue: Int(try reader.byte()))
        else { throw reader.fault(.value, "no such node") }
        return FormulaNode(
            kind: kind, costClass: cost, operand: try reader.number(), place: try reader.number(),
            end: try reader.number())
    }
}

extension RuleEntry: BundleValue {
    func write(to writer: inout SectionWriter) {
        writer.string(name)
        writer.optional(title) { $0.string($1) }
        writer.count(place)
        writer.byte(directions.rawValue)
        writer.strings(labels)
        writer.flag(isMandatory)
        writer.count(when)
        writer.counts(unless)
        writer.counts(exemptions)
        writer.count(consequence)
        writer.counts(strips)
        writer.count(answers)
        writer.unsigned(cost)
    }

    static func read(from reader: inout SectionReader) throws(BundleFault) -> RuleEntry {
        RuleEntry(
            name: try reader.string(), title: try reader.optionalString(), place: try reader.number(),
            directions: DirectionSet(rawValue: try reader.tag(8)), labels: try reader.strings(),
            isMandatory: try reader.flag(), when: try reader.number(), unless: try reader.numbers(),
            exemptions: try reader.numbers(), consequence: try reader.number(), strips: try reader.numbers(),
            answers: try reader.number(), cost: try reader.unsigned())
    }
}

extension ExemptionEntry: BundleValue {
    func write(to writer: inout SectionWriter) {
        writer.string(name)
        writer.count(place)
        writer.unsigned(UInt64(unknown.rawValue))
        writer.count(when)
    }

    static func read(from reader: inout SectionReader) throws(BundleFault) -> ExemptionEntry {
        let name = try reader.string()
        let place = try reader.number()
        guard let bits = UInt16(exactly: try reader.unsigned()), bits & ~Reasons.all.rawValue == 0 else {
            throw reader.fault(.value, "no such reasons")
        }
        return ExemptionEntry(name: name, place: place, unknown: Reasons(rawValue: bits), when: try reader.number())
    }
}

extension Manifest: BundleValue {
    func write(to writer: inout SectionWriter) {
        writer.string(policy)
        writer.count(edition)
        writer.string(description)
        writer.string(compiler)
        writer.array(facts) { $0.name($1) }
        writer.array(lists) { $0.name($1) }
        for limit in [limits.attachments, limits.files, limits.parts, limits.urls, limits.recipients] {
            writer.count(limit)
        }
        writer.unsigned(limits.budget)
        writer.unsigned(messageCost)
        writer.unsigned(recipientCost)
    }

    static func read(from reader: inout SectionReader) throws(BundleFault) -> Manifest {
        var manifest = Manifest()
        manifest.policy = try reader.string()
        manifest.edition = try reader.number()
        manifest.description = try reader.string()
        manifest.compiler = try reader.string()
        manifest.facts = try reader.array { (reader: inout SectionReader) throws(BundleFault) in try reader.name() }
        manifest.lists = try reader.array { (reader: inout SectionReader) throws(BundleFault) in try reader.name() }
        manifest.limits.attachments = try reader.number()
        manifest.limits.files = try reader.number()
        manifest.limits.parts = try reader.number()
        manifest.limits.urls = try reader.number()
        manifest.limits.recipients = try reader.number()
        manifest.limits.budget = try reader.unsigned()
        manifest.messageCost = try reader.unsigned()
        manifest.recipientCost = try reader.unsigned()
        return manifest
    }
}
