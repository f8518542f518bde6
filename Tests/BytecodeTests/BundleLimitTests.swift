import Bytecode
import Compiler
import Lexical
import Testing
import Vocabulary

/// Both sides of the bounds on programs: at the bound a program is accepted, beyond it refused with the bound's sentence.
@Suite struct BundleLimitTests {
    private func program(_ rules: String) throws -> Program {
        let text = "policy acme { edition 1 }\nuninspectable { if unknown then defer }\n" + rules
        let result = PolicyCompiler(patterns: PatternLibrary()).compile(PolicyInMemory(text))
        return try Bundle.read(try #require(result.bundle, "\(result.diagnostics.map(\.message))"))
    }

    /// What the verifier says; `accepted` if nothing.
    private func answer(_ program: Program, _ change: (inout BytecodeLimits) -> Void = { _ in }) -> String {
        var limits = BytecodeLimits()
        change(&limits)
        do throws(BundleFault) {
            try Verifier.verify(program, limits: limits)
            return "accepted"
        } catch {
            return error.reason
        }
    }

    @Test func levelsOfAFormula() throws {
        func nested(_ operators: Int) throws -> Program {
            let condition = (0..<operators).reduce("tls") { inner, level in
                level % 2 == 0
                    ? "(\(inner)) and subject contains \"\(level)\"" : "(\(inner)) or subject contains \"\(level)\""
            }
            return try program("rule r { when \(condition) then defer }")
        }
        let twenty = try nested(20)
        #expect(answer(twenty) { $0.depth = 20 } == "accepted")
        #expect(answer(twenty) { $0.depth = 19 } == "a formula is nested too deeply")
        #expect(answer(try nested(19)) { $0.depth = 19 } == "accepted")
    }

    /// A chain of substitutes: each is the operand before, or else the first.
    @Test func factsOfOneOperand() throws {
        func chain(_ facts: Int) throws -> Program {
            var program = try program("rule r { when subject contains \"a\" then defer }")
            let first = try #require(
                program.operands.firstIndex { if case .fact = $0 { true } else { false } })
            var last = first
            for _ in 1..<facts {
                program.operands.append(.otherwise(last, first))
                last = program.operands.count - 1
            }
            return program
        }
        let most = BytecodeLimits().depth
        #expect(answer(try chain(most)) == "accepted")
        #expect(answer(try chain(most + 1)) == "an operand has too many substitutes")
    }

    @Test func rowsOfASetting() throws {
        let program = try program(
            """
            setting most take one { otherwise 1 MB when tls then 2 MB when virus then 3 MB }
            rule r { when message.size > most then defer }
            """)
        let rows = try #require(program.computed.first).rows.count
        #expect(answer(program) { $0.computedRows = rows } == "accepted")
        #expect(answer(program) { $0.computedRows = rows - 1 }.hasSuffix("it has too many rows"))
        #expect(BytecodeLimits().computedRows == 1_000)
    }

    @Test func registersForTotals() throws {
        let program = try SamplePolicy.program()
        #expect(program.totalCount > 0)
        #expect(answer(program) { $0.totals = program.totalCount } == "accepted")
        #expect(answer(program) { $0.totals = program.totalCount - 1 } == "it needs too many registers")
        // No policy has more, since a word of the machine has a bit for each.
        var full = program
        full.totalCount = BytecodeLimits().totals
        #expect(answer(full) { $0.totals = .max } == "accepted")
        full.totalCount += 1
        #expect(answer(full) { $0.totals = .max } == "it needs too many registers")
    }

    /// One long string that many constants name counts each time.
    @Test func stringsOfASection() throws {
        var program = Program()
        let text = [UInt8](repeating: 0x61, count: 100)
        program.constants = (0..<5).map { _ in .text(Text(utf8: text)) }
        program.code = [Instruction(.halt), Instruction(.halt)]
        program.recipientSection = 1
        let bytes = Bundle.write(program)
        func cause(_ most: Int) -> BundleFault.Cause? {
            var limits = BytecodeLimits()
            limits.copiedStringBytes = most
            do throws(BundleFault) {
                _ = try Bundle.read(bytes, limits: limits)
                return nil
            } catch {
                return error.cause
            }
        }
        #expect(cause(500) == nil)
        #expect(cause(499) == .limit)
        #expect(BytecodeLimits().copiedStringBytes == 256 << 20)
    }

    @Test func timesThatAnAreaKeepsMail() throws {
        var program = try program("quarantine held { keep 1 day }\nrule r { when tls then quarantine held }")
        for keep in [AreaLimits.shortestKeep, AreaLimits.usualKeep, AreaLimits.longestKeep] {
            program.areas = [QuarantineArea(name: "held", keep: keep)]
            #expect(answer(program) == "accepted")
        }
        for keep in [AreaLimits.shortestKeep - 1, AreaLimits.longestKeep + 1] {
            program.areas = [QuarantineArea(name: "held", keep: keep)]
            #expect(answer(program) == "an area keeps its mail too long or not at all")
        }
    }
}
