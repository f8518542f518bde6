import Bytecode
import Compiler
import Lexical
import Testing
import Vocabulary

/// Scores and settings that someone made up or changed are refused with a sentence.
@Suite struct ComputedVerifierTests {
    private static let text = """
        policy acme { edition 1 domains "acme.example" }
        score suspicion {
            5 when subject contains "urgent"
            -2 when list-id exists
        }
        setting limit take largest {
            otherwise 20 MB
            when suspicion > 2 then 10 MB
        }
        setting own take one { otherwise 1 MB  when recipient.local is "bob" then 2 MB }
        setting word take one { otherwise "a"  when tls then "b" }
        rule large { when message.size > limit or message.size > own or subject is word then tag subject "[!] " }
        """

    private func refusal(_ harm: (inout Program) -> Void) throws -> String {
        let result = PolicyCompiler(patterns: PatternLibrary()).compile(PolicyInMemory(Self.text))
        let program = try Bundle.read(
            try #require(result.bundle, "\(result.diagnostics.map { "\($0.code) \($0.message)" })"))
        return SamplePolicy.refusal(of: program, harm)
    }

    private func number(_ name: String, in program: Program) -> Int {
        program.computed.firstIndex { $0.name == name } ?? 0
    }

    @Test func theyStandBehindWhatTheyUse() throws {
        #expect(try refusal { _ in } == "accepted")
        let swapped = try refusal { program in
            let (first, second) = (number("suspicion", in: program), number("limit", in: program))
            program.computed.swapAt(first, second)
            for operand in program.operands.indices {
                if program.operands[operand] == .computed(first) {
                    program.operands[operand] = .computed(second)
                } else if program.operands[operand] == .computed(second) {
                    program.operands[operand] = .computed(first)
                }
            }
        }
        #expect(swapped == "a score or setting reaches itself")
        let itself = try refusal { program in
            let limit = number("limit", in: program)
            for operand in program.operands.indices where program.operands[operand] == .computed(0) {
                program.operands[operand] = .computed(limit)
            }
            for operand in program.operands.indices {
                if case .computed = program.operands[operand] { program.operands[operand] = .computed(limit) }
            }
        }
        #expect(itself == "a score or setting reaches itself")
    }

    @Test func valuesAreOfTheirType() throws {
        func change(_ name: String, _ harm: (inout ComputedEntry, inout Program) -> Void) throws -> String {
            try refusal { program in
                let place = number(name, in: program)
                var entry = program.computed[place]
                harm(&entry, &program)
                program.computed[place] = entry
            }
        }
        func adding(_ value: Value) -> (inout ComputedEntry, inout Program) -> Void {
            { entry, program in
                program.constants.append(value)
                entry.rows[0].value = program.constants.count - 1
            }
        }
        #expect(try change("suspicion", adding(.text("x"))) == "suspicion: its value is of another type")
        #expect(try change("suspicion", adding(.number(.max))) == "suspicion: its weight is too great")
        #expect(try change("suspicion", adding(.number(.min))) == "suspicion: its weight is too great")
        #expect(try change("word", adding(.number(1))) == "word: its value is of another type")
        #expect(try change("word") { entry, _ in entry.kind = .largest } == "word: its type has no order")
        #expect(try change("limit") { entry, _ in entry.otherwise = nil } == "limit: it is a score with otherwise")
        #expect(try change("limit") { entry, _ in entry.kind = .score } == "limit: it is a score with otherwise")
        #expect(try change("limit") { entry, _ in entry.rows[0].value = 9000 } == "limit: it has no value")
        #expect(try change("limit") { entry, _ in entry.rows[0].formula = 9000 } == "limit: it has no formula 9000")
        #expect(
            try change("limit") { entry, _ in entry.rows[0].formula = 0 } == "limit: its formula is computed elsewhere")
        #expect(try change("own") { entry, _ in entry.level = .message } == "own: it is kept for all recipients")
        #expect(
            try change("limit") { entry, _ in entry.rows = Array(repeating: entry.rows[0], count: 1001) }
                == "limit: it has too many rows")
    }

    @Test func theyStandInComparisonsOnly() throws {
        func adding(_ atom: @escaping (_ score: Int, _ word: Int, _ fact: Int) -> AtomTest) throws -> String {
            try refusal { program in
                program.operands += [
                    .computed(number("suspicion", in: program)), .computed(number("word", in: program)), .fact(0),
                ]
                let last = program.operands.count - 1
                program.atoms.append(atom(last - 2, last - 1, last))
            }
        }
        let refused = "a score or setting stands where none may"
        #expect(try adding { score, _, fact in .compare(fact, .less, score) } == "accepted")
        #expect(try adding { _, word, fact in .equals(fact, [word], exactly: false) } == "accepted")
        #expect(try adding { _, word, fact in .equals(fact, [word, fact], exactly: false) } == refused)
        #expect(try adding { _, word, _ in .equals(word, [word], exactly: false) } == "accepted")
        #expect(try adding { score, _, fact in .equals(fact, [score], exactly: false) } == "accepted")
        for make in [AtomTest.contains, AtomTest.starts, AtomTest.ends] {
            #expect(try adding { _, word, fact in make(fact, [word], false) } == "accepted")
            #expect(try adding { _, word, fact in make(fact, [word, fact], false) } == refused)
            #expect(try adding { _, word, fact in make(word, [fact], false) } == refused)
        }
        #expect(try adding { _, word, fact in .under(fact, [word]) } == "accepted")
        #expect(try adding { _, word, fact in .under(word, [fact]) } == refused)
        #expect(try adding { _, word, fact in .looksLike(fact, [fact, word]) } == refused)
        #expect(try adding { score, _, _ in .exists(score) } == refused)
        #expect(
            try refusal {
                $0.operands += [.computed(0), .otherwise(0, $0.operands.count)]
            } == "a score or setting stands in for an absent fact")
        #expect(try refusal { $0.operands.append(.computed(99)) } == "there is no score or setting 99")
    }
}
