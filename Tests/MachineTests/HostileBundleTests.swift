import Bytecode
import Compiler
import Lexical
import Machine
import Suffixes
import Testing
import Vocabulary

/// Bundles changed by someone who computes the digests anew: refused, or run to a decision; never a crash or a hang.
@Suite struct HostileBundleTests {
    private let facts: MadeUpFacts
    private let envelope: Envelope

    init() {
        var generator = FactsGenerator(random: SeededGenerator(seed: 7))
        facts = generator.facts()
        envelope = generator.envelope()
    }

    /// A small bundle with one of nearly everything.
    private func bundle(seed: UInt64 = 3) throws -> [UInt8] {
        var generator = PolicyGenerator(seed: seed)
        return Bundle.write(try CodeGenerator.generate(generator.policy(), limits: .generous))
    }

    /// Returns whether the bytes were accepted.
    @discardableResult
    private func tryOut(_ bytes: [UInt8]) -> Bool {
        guard let program = try? Bundle.read(bytes) else { return false }
        var limits = MachineLimits()
        limits.steps = 20_000
        limits.evidenceVisits = 20_000
        guard
            let loaded = try? LoadedProgram(program, patterns: NoPatterns(), suffixes: SuffixLibrary(), limits: limits)
        else { return false }
        let decisions = loaded.decide(facts: facts, envelope: envelope)
        #expect(decisions.count == envelope.recipients.count)
        return true
    }

    @Test(arguments: [3, 17] as [UInt64]) func everyByteChanged(_ seed: UInt64) throws {
        let bytes = try bundle(seed: seed)
        #expect(tryOut(bytes))
        var random = SeededGenerator(seed: seed)
        var accepted = 0
        for index in bytes.indices {
            for change in [1 << UInt8(random.below(8)), UInt8(1 + random.below(255))] {
                var changed = bytes
                changed[index] ^= change
                if tryOut(Bundle.resealed(changed)) { accepted += 1 }
            }
        }
        // Some changes are harmless (a name, a place): the verifier was reached.
        #expect(accepted > 0)
    }

    @Test func everyLengthCut() throws {
        let bytes = try bundle()
        for length in bytes.indices { #expect(!tryOut(Bundle.resealed(Array(bytes[..<length])))) }
    }

    @Test func sectionsExchanged() throws {
        var random = SeededGenerator(seed: 11)
        for _ in 0..<300 {
            let first = try bundle(seed: UInt64(random.below(60)))
            let second = try bundle(seed: UInt64(random.below(60)))
            let own = try Bundle.sections(of: first)
            let other = try Bundle.sections(of: second)
            let section = random.below(own.count)
            var spliced = first
            spliced.replaceSubrange(own[section], with: second[other[section]])
            let length = UInt32(other[section].count)
            for byte in 0..<4 {
                spliced[16 + section * 40 + 4 + byte] = UInt8(truncatingIfNeeded: length >> UInt32(byte * 8))
            }
            tryOut(Bundle.resealed(spliced))
        }
    }

    @Test func manyBytesChanged() throws {
        var random = SeededGenerator(seed: 5)
        for seed in 0..<400 {
            var bytes = try bundle(seed: UInt64(seed % 50))
            for _ in 0..<(1 + random.below(4)) {
                bytes[16 + 400 + 32 + random.below(bytes.count - 448)] = UInt8(random.below(256))
            }
            tryOut(Bundle.resealed(bytes))
        }
    }
}

/// Patterns that never occur, so that hostile ones cost nothing.
private struct NoPatterns: PatternChecker, TextScanner {
    func skeletons(of value: Value) -> [[UInt32]] {
        value.searchableText.map { [$0.string.unicodeScalars.filter { $0 != " " }.map(\.value)].filter { !$0.isEmpty } }
            ?? []
    }

    func folded(_ character: UInt32, _ folding: TextFolding) -> [UInt32] { [CaseFolding.fold(character)] }

    func fault(of pattern: TextPattern) -> PatternFault? { nil }

    func makeScanner(_ patterns: [TextPattern]) throws(PatternFault) -> any TextScanner { self }

    func scan(_ text: [UInt8]) -> PatternHits { PatternHits() }

    func matches(of pattern: Int, in text: [UInt8], limit: Int) -> PatternMatches { PatternMatches() }
}
