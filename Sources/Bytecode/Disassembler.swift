import Vocabulary

/// A program as people read it: what it is, what its rules say, and its code with the things it names written out.
///
/// The text depends on the program alone, so golden tests compare it.
public struct Disassembler {
    private let program: Program

    public init(_ program: Program) { self.program = program }

    /// The whole listing. The program must have been verified.
    public var text: String {
        var lines = manifestLines
        lines += ["", "rules"] + program.rules.flatMap(lines(of:))
        if !program.exemptions.isEmpty { lines += ["", "exemptions"] + program.exemptions.map(line(of:)) }
        if !program.computed.isEmpty { lines += ["", "scores and settings"] + program.computed.flatMap(lines(of:)) }
        if !program.areas.isEmpty { lines += ["", "areas"] + program.areas.map { "  \($0.summary)" } }
        lines += ["", "code"] + codeLines
        if !program.patternGroups.isEmpty { lines += ["", "patterns"] + patternLines }
        return lines.joined(separator: "\n") + "\n"
    }

    private var suffixLines: [String] {
        guard let suffixes = program.suffixes else { return [] }
        let version = suffixes.version.isEmpty ? "without a version" : "version \(suffixes.version)"
        return ["  suffixes \(suffixes.count) public ones, \(version)"]
    }

    private var manifestLines: [String] {
        let manifest = program.manifest
        let lists = manifest.lists.map { "\($0.rawValue) (at most \(manifest.limits[$0]))" }
        func line(_ name: String, _ words: [String]) -> String {
            "  \(name) \(words.isEmpty ? "none" : words.joined(separator: ", "))"
        }
        return [
            "policy \(manifest.policy), edition \(manifest.edition)",
            line("compiler", [manifest.compiler]),
            line("facts   ", manifest.facts.map(\.rawValue)),
            line("lists   ", lists),
            line("engines ", manifest.engines.map(\.rawValue)),
        ] + suffixLines + [
            "  cost     \(manifest.messageCost) steps for a message, \(manifest.recipientCost) for each recipient"
        ]
    }

    private func lines(of rule: RuleEntry) -> [String] {
        var lines = ["  \(rule.isMandatory ? "mandatory " : "")\(rule.name)  (\(place(rule.place)))"]
        lines.append("    on      \(rule.directions.names.joined(separator: ", "))")
        lines.append("    when    formula \(rule.when), at most \(rule.cost) steps")
        for excuse in rule.unless { lines.append("    unless  formula \(excuse)") }
        for exemption in rule.exemptions { lines.append("    exempt  \(program.exemptions[exemption].name)") }
        for strip in rule.strips {
            let list = program.formulas[strip].element?.list.singular ?? "part"
            lines.append("    strip   each \(list) of formula \(strip)")
        }
        lines.append("    then    \(describe(program.consequences[rule.consequence]))")
        return lines + answerLines(program.answerTables[rule.answers])
    }

    /// One line for each different answer, with the reasons it is for; directions only where they differ.
    private func answerLines(_ table: AnswerTable<ConsequenceEntry>) -> [String] {
        var answers: [(answer: AnswerEntry, cases: [String])] = []
        func note(_ answer: AnswerEntry, _ words: String) {
            if let index = answers.firstIndex(where: { $0.answer == answer }) {
                answers[index].cases.append(words)
            } else {
                answers.append((answer, [words]))
            }
        }
        for reason in Reasons.all.singles {
            let row = Direction.allCases.map { table[reason, $0] }
            let name = reason.names.joined()
            if row.allSatisfy({ $0 == row[0] }) {
                note(row[0], name)
            } else {
                for (answer, direction) in zip(row, Direction.allCases) {
                    note(answer, "\(name) on \(direction.rawValue)")
                }
            }
        }
        return answers.map { answer, cases in
            let what =
                switch answer {
                case .quiet: "quiet"
                case .ignore: "ignore"
                case .consequence(let consequence): describe(consequence)
                }
            return "    if \(answers.count == 1 ? "unknown" : cases.joined(separator: ", ")): \(what)"
        }
    }

    private func line(of exemption: ExemptionEntry) -> String {
        let lifts = exemption.unknown.isEmpty ? "" : ", lifts \(exemption.unknown.names.joined(separator: ", "))"
        return "  \(exemption.name)  formula \(exemption.when)\(lifts)  (\(place(exemption.place)))"
    }

    private func lines(of computed: ComputedEntry) -> [String] {
        func value(_ constant: Int) -> String { program.constants[constant].written(as: computed.type) }
        let kind = computed.kind == .score ? "score" : "setting, take \(computed.kind)"
        let level = computed.level == .recipient ? ", for each recipient" : ""
        return ["  \(computed.name)  \(kind) of \(computed.type.rawValue)\(level)  (\(place(computed.place)))"]
            + computed.rows.map { "    \(value($0.value)) when formula \($0.formula)" }
            + (computed.otherwise.map { ["    otherwise \(value($0.value))"] } ?? [])
    }

    private func describe(_ consequence: ConsequenceEntry) -> String {
        var parts = [consequence.disposition.rawValue]
        if !consequence.areas.isEmpty { parts.append(consequence.areas.joined(separator: " ")) }
        if let reason = consequence.reason { parts.append("\"\(reason.description(describe))\"") }
        parts += consequence.actions.map { "| \($0.summary(describe) { "formula \($0)" })" }
        return parts.joined(separator: " ")
    }

    private func place(_ number: Int) -> String {
        let place = program.places[number]
        return "\(place.file):\(place.line):\(place.column)"
    }

    // MARK: Code

    private var codeLines: [String] {
        var fragments: [Int: Int] = [:]
        for (number, formula) in program.formulas.enumerated() {
            if let fragment = formula.fragment { fragments[fragment] = number }
        }
        var lines: [String] = []
        var depth = 0
        for (number, instruction) in program.code.enumerated() {
            if number == 0 { lines.append("  for the message") }
            if number == program.recipientSection { lines.append("  for each recipient") }
            if let formula = fragments[number] { lines.append("  formula \(formula)") }
            if instruction.opcode == .leaveAny || instruction.opcode == .leaveTotal { depth = max(0, depth - 1) }
            let indent = String(repeating: "  ", count: depth)
            lines.append("    \(padded(number))  \(indent)\(text(of: instruction))")
            if instruction.opcode == .enter { depth += 1 }
        }
        return lines
    }

    private func padded(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: " ", count: max(0, 5 - digits.count)) + digits
    }

    private func text(of instruction: Instruction) -> String {
        let row = instruction.opcode.row
        var operands: [String] = []
        if row.register == "truth" { operands.append("r\(instruction.register)") }
        if row.register == "total" { operands.append("t\(instruction.register)") }
        switch row.small {
        case "total": operands.append("t\(instruction.small)")
        case "list and binder":
            if let head = LoopHead(packed: instruction.small) {
                operands.append("\(head.list.rawValue) #\(head.binder)")
            }
        case "directions": operands.append(DirectionSet(rawValue: instruction.small).names.joined(separator: "+"))
        default: break
        }
        if row.immediate != nil { operands.append(immediate(of: instruction)) }
        return ([row.mnemonic] + operands).joined(separator: " ")
    }

    private func immediate(of instruction: Instruction) -> String {
        let number = Int(instruction.immediate)
        return switch instruction.opcode {
        case .constant: Truth(bits: UInt16(truncatingIfNeeded: number)).description
        case .test: describe(program.atoms[number])
        case .and, .or: "r\(number)"
        case .jump, .jumpIfFalse, .jumpIfTrue, .jumpUnlessLive, .enter, .next: "-> \(number)"
        case .store: "formula \(number)"
        case .addNumbers, .addDistinct, .countValues, .countDistinct: describe(program.facts[number])
        case .countMatches:
            describe(pattern: program.matchCounts[number].pattern, of: program.matchCounts[number].group)
        case .compareTotal: "\(program.comparisons[number].order.rawValue) \(program.comparisons[number].bound)"
        default: String(number)
        }
    }

    // MARK: Atoms

    private func describe(_ test: AtomTest) -> String {
        switch test {
        case .holds(let operand): describe(operand)
        case .exists(let operand): "\(describe(operand)) exists"
        case .compare(let left, let order, let right):
            "\(describe(left, with: right)) \(order.rawValue) \(describe(right, with: left))"
        case .equals(let left, let others, let exactly): relation(left, "is", others, exactly)
        case .contains(let left, let others, let exactly): relation(left, "contains", others, exactly)
        case .starts(let left, let others, let exactly): relation(left, "starts with", others, exactly)
        case .ends(let left, let others, let exactly): relation(left, "ends with", others, exactly)
        case .under(let left, let others): relation(left, "under", others, false)
        case .looksLike(let left, let others): relation(left, "looks like", others, false)
        case .search(let group, let patterns):
            "group \(group) has \(patterns.map { describe(pattern: $0, of: group) }.joined(separator: " | "))"
        case .member(let operand, let set):
            "\(describe(operand)) in \(program.sets[set].name ?? "set \(set)")"
        case .mentions(_, _, let dictionary, let threshold, let inTotal):
            "mentions \(program.dictionaries[dictionary].name) at \(Value.number(threshold).written(as: .decimal))"
                + (inTotal ? " in total" : "")
        case .insideType(let binder, let types):
            "#\(binder) inside \(types.map(\.name).joined(separator: " | "))"
        case .insideElement(let binder, let container): "#\(binder) inside #\(container)"
        }
    }

    private func relation(_ left: Int, _ word: String, _ others: [Int], _ exactly: Bool) -> String {
        "\(describe(left)) \(word)\(exactly ? " exactly" : "") \(others.map(describe).joined(separator: " | "))"
    }

    /// A constant compared with a score or setting as that writes its values.
    private func describe(_ operand: Int, with other: Int) -> String {
        guard case .constant(let constant) = program.operands[operand],
            case .computed(let computed) = program.operands[other]
        else { return describe(operand) }
        return program.constants[constant].written(as: program.computed[computed].type)
    }

    private func describe(_ operand: Int) -> String {
        switch program.operands[operand] {
        case .fact(let fact): return describe(program.facts[fact])
        case .constant(let constant):
            let value = program.constants[constant]
            if case .text(let text) = value { return "\"\(text.string)\"" }
            return value.described(as: value.naturalType)
        case .computed(let computed): return program.computed[computed].name
        case .otherwise(let first, let second): return "\(describe(first)) otherwise \(describe(second))"
        }
    }

    private func describe(_ reference: FactReference) -> String {
        (reference.binder.map { "#\($0)." } ?? "") + reference.description
    }

    private func describe(pattern: Int, of group: Int) -> String {
        let pattern = program.patternGroups[group].patterns[pattern]
        var text =
            pattern.kind == .regex
            ? "/\(pattern.source.string)/\(pattern.ignoresCase ? "i" : "")"
            : "\(pattern.kind.rawValue) \"\(pattern.source.string)\""
        if let neighbour = pattern.neighbour { text += " within \(neighbour.distance) of \"\(neighbour.text.string)\"" }
        if let check = pattern.check { text += " checked by \(check.rawValue)" }
        let ignored = TextFolding.named.filter { pattern.folding.contains($0.folding) }.map(\.name)
        return ignored.isEmpty ? text : text + " ignoring " + ignored.joined(separator: "+")
    }

    private var patternLines: [String] {
        program.patternGroups.indices.map { group in
            let entry = program.patternGroups[group]
            return "  group \(group): \(entry.patterns.count) over \(describe(entry.operand))"
        }
    }
}
