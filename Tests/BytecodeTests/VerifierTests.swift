import Bytecode
import Testing
import Vocabulary

/// Each kind of harm, done to a good program, is refused with its sentence.
@Suite struct VerifierTests {
    private func refusal(_ harm: (inout Program) -> Void) throws -> String {
        let program = try SamplePolicy.program()
        try Verifier.verify(program)
        return SamplePolicy.refusal(of: program, harm)
    }

    private func index(of opcode: Opcode, in program: Program) -> Int {
        program.code.firstIndex { $0.opcode == opcode } ?? 0
    }

    @Test func carriesPublicSuffixesForNothing() throws {
        let list = try PublicSuffixList(version: "", rules: Array("uk\n".utf8))
        #expect(try refusal { $0.suffixes = list } == "the public suffixes are missing, or there for nothing")
        #expect(
            try refusal { program in
                program.facts[0] = FactReference(.clientName, members: [.registrable])
                program.manifest.facts = Set(program.facts.map(\.fact)).sorted { $0.rawValue < $1.rawValue }
            } == "the public suffixes are missing, or there for nothing")
    }

    @Test func jumpsBack() throws {
        #expect(
            try refusal { $0.code[index(of: .jumpIfFalse, in: $0)].immediate = 0 }
                == "a jump goes back or out of its loop")
    }

    @Test func jumpsIntoALoop() throws {
        let reason = try refusal { program in
            let enter = index(of: .enter, in: program)
            program.code[index(of: .jumpUnlessLive, in: program)].immediate = UInt32(enter + 1)
        }
        #expect(reason == "a jump goes back or out of its loop")
    }

    @Test func readsARegisterUnset() throws {
        #expect(
            try refusal { $0.code[index(of: .store, in: $0)].register = 1 } == "a register is read before it is set")
    }

    @Test func namesRegistersItHasNot() throws {
        #expect(try refusal { $0.code[index(of: .test, in: $0)].register = 200 } == "there is no such register")
        var limits = BytecodeLimits()
        limits.registers = 1
        let program = try SamplePolicy.program()
        #expect(throws: BundleFault(.limit, "it needs too many registers")) {
            try Verifier.verify(program, limits: limits)
        }
    }

    @Test func readsATotalUnset() throws {
        let reason = try refusal { program in
            let clear = index(of: .clear, in: program)
            program.code[clear] = Instruction(.constant)
        }
        #expect(reason == "a total is read unset")
    }

    @Test func loopsWithoutEnd() throws {
        #expect(
            try refusal { $0.code[index(of: .next, in: $0)] = Instruction(.constant) } == "a loop is not well nested")
        #expect(
            try refusal { $0.code[index(of: .leaveAny, in: $0)] = Instruction(.constant) } == "a loop goes back twice")
    }

    @Test func loopsThreeDeep() throws {
        #expect(try refusal { $0.code[index(of: .enter, in: $0)].small |= 0x10 } == "binders are not in order")
    }

    @Test func namesWhatIsNotThere() throws {
        #expect(try refusal { $0.code[index(of: .test, in: $0)].immediate = 9999 } == "there is no atom 9999")
        #expect(try refusal { $0.operands.append(.fact(500)) } == "there is no fact 500")
        #expect(try refusal { $0.operands.append(.otherwise(0, 9000)) } == "there is no earlier operand 9000")
        #expect(try refusal { $0.rules[0].answers = 77 } == "there is no answer table 77")
        #expect(try refusal { $0.rules[0].consequence = 77 } == "there is no consequence 77")
        #expect(try refusal { $0.atoms.append(.member(0, set: 40)) } == "there is no set 40")
        #expect(try refusal { $0.patternGroups[0].operand = -1 } == "there is no operand -1")
    }

    @Test func countsTooOften() throws {
        #expect(try refusal { $0.dictionaries[0].times[2] = 0 } == "an entry counts 0 times")
        #expect(try refusal { $0.dictionaries[0].times[2] = 10_001 } == "an entry counts 10001 times")
        #expect(try refusal { $0.dictionaries[0].times.removeLast() } == "a dictionary lacks weights or times")
    }

    @Test func asksForUnknownFacts() throws {
        #expect(try refusal { $0.facts.append(FactReference(.header)) } == "a fact has a wrong argument")
        #expect(try refusal { $0.facts.append(FactReference(.name)) } == "a fact of an element has no binder")
        #expect(
            try refusal { $0.facts.append(FactReference(.subject, members: [.domain])) } == "a Text has no domain")
    }

    @Test func asksForAnElementThatIsNotBound() throws {
        let reason = try refusal { program in
            let inLoop = index(of: .enter, in: program) + 1
            let atom = program.code[inLoop].immediate
            program.code.insert(Instruction(.test, immediate: atom), at: 0)
            for place in program.code.indices.dropFirst() {
                switch program.code[place].opcode {
                case .jump, .jumpIfFalse, .jumpIfTrue, .jumpUnlessLive, .enter, .next:
                    program.code[place].immediate += 1
                default: break
                }
            }
            program.recipientSection += 1
            for formula in program.formulas.indices { program.formulas[formula].fragment? += 1 }
        }
        #expect(reason == "a fact's element is not bound")
    }

    @Test func liesAboutItsCost() throws {
        #expect(try refusal { $0.manifest.messageCost -= 1 } == "the cost of a message is not as declared")
        #expect(try refusal { $0.manifest.recipientCost += 1 } == "the cost of a recipient is not as declared")
        #expect(try refusal { $0.rules[0].cost += 1 } == "the cost of rule clips is not as declared")
        #expect(try refusal { $0.manifest.limits.budget = 10 } == "the program is over its budget")
        #expect(try refusal { $0.manifest.limits.files = 0 } == "the limit of files is zero")
        #expect(try refusal { $0.manifest.facts.removeLast() } == "the manifest does not list the facts that are read")
    }

    @Test func hasBrokenTrees() throws {
        #expect(try refusal { $0.nodes[0].end = 0 } == "a tree has no end")
        #expect(try refusal { $0.nodes.append($0.nodes[0]) } == "nodes are left over")
        #expect(try refusal { $0.nodes[1].end = $0.nodes[0].end + 1 } == "a quantifier has not one operand")
        #expect(try refusal { $0.nodes[2].end = $0.nodes[1].end + 1 } == "a node reaches out of its tree")
        #expect(try refusal { $0.formulas[1].root += 1 } == "trees do not follow each other")
    }

    @Test func isDisordered() throws {
        #expect(try refusal { $0.rules.swapAt(0, 1) } == "rules are not in the order of their names")
        #expect(try refusal { $0.code.removeLast() } == "the code does not end with a halt")
        #expect(try refusal { $0.code.append(Instruction(.halt)) } == "code is left over")
        #expect(try refusal { $0.recipientSection += 1 } == "the recipient's section is not where it should be")
    }

    /// Substitutes of substitutes double what must be asked; they are bounded before anyone asks.
    @Test func operandsDouble() throws {
        let reason = try refusal { program in
            for _ in 0..<64 {
                let last = program.operands.count - 1
                program.operands.append(.otherwise(last, last))
            }
        }
        #expect(reason == "an operand has too many substitutes")
    }
}
