import Diagnostics
import Foundation
import Syntax
import TestSupport
import Testing

/// Texts that nobody wrote: they are read to their end, in time linear in their length, and what is said of them can be
/// drawn.
@Suite("Hostile texts")
struct HostileTextTests {
    /// A small generator with a fixed seed: a failure repeats.
    struct Random: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var value = state
            value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
            value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
            return value ^ (value >> 31)
        }
    }

    /// Most processor seconds that an input of some kilobytes may take, drawn; in debug the slowest takes 0.1.
    static let most = 2.0

    func draw(_ file: SourceFile, _ diagnostics: [Diagnostic]) {
        let sources = SourceSet([file])
        #expect(diagnostics.isEmpty == TextRenderer(sources: sources).render(diagnostics).isEmpty)
        #expect(diagnostics.isEmpty == (JSONRenderer(sources: sources).render(diagnostics) == "[]\n"))
    }

    @Test("random tokens never crash the parser or hang it")
    func randomTokens() {
        var random = Random(state: 1)
        let words = MutationTests.places.map { MutationTests.sample[$0] }
        for _ in 0..<MutationShare.rounds(300) {
            let count = Int.random(in: 1...120, using: &random)
            let source = (0..<count).map { _ in words.randomElement(using: &random) ?? "" }.joined(separator: " ")
            let taken = Effort.seconds { _ = Parser.parse(file: SourceFile(path: "", text: source)) }
            #expect(taken < Self.most, "\(source)")
        }
    }

    /// Every input is read. One in ten is drawn as well: drawing some thirty faults of each costs far more than reading.
    @Test("random bytes never crash the parser or hang it")
    func randomBytes() {
        var random = Random(state: 2)
        let sample = Array(MutationTests.sample.utf8)
        var drawn = 0
        for round in 0..<MutationShare.rounds(300) {
            var bytes: [UInt8]
            if round % 2 == 0 {
                bytes = (0..<200).map { _ in UInt8.random(in: 0...255, using: &random) }
            } else {
                bytes = Array(sample.prefix(Int.random(in: 0...1500, using: &random)))
                for _ in 0..<5 where !bytes.isEmpty {
                    bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
                }
            }
            let file = SourceFile(path: "", bytes: bytes)
            let taken = Effort.seconds {
                let found = Parser.parse(file: file).diagnostics
                guard round / 2 % 10 == 0 else { return }
                draw(file, found)
                drawn += found.count
            }
            #expect(taken < Self.most, "\(bytes)")
        }
        #expect(drawn > 500)
    }

    /// What recovery walks over again and again would show here: each piece makes it begin anew.
    @Test(
        "a piece repeated takes time linear in its length",
        arguments: [
            "rule ", "{ ", "} ", "{ rule ", "rulee ", "rulee\n", "wibble ", "\"x\" ", ", ", ") ", "/x ", "\u{1} ", "ü",
            "rule a { when ", "rule a {\n", "rule a { then ", "import a with (", "import a with (b ", "define a = ",
            "group a { ", "score a { 5 when ", "template a { en { ", "test \"a\" { mail ", "dictionary a { 5 ",
            "quarantine a { keep ", "any of (", "a and b or ", "not ", "a is \"b\", ", "in ( ", "\"\"\" ", "if a, ",
            "\u{201C}", "\u{2018}x ", "\u{AB} ",
        ])
    func linear(_ piece: String) {
        let growth = Effort.growth(6_000) { size in
            let text = String(repeating: piece, count: size / piece.utf8.count)
            _ = Parser.parse(file: SourceFile(path: "", text: text))
        }
        #expect(growth < Effort.linear)
    }

    @Test("a block of many items is formatted in time linear in its length")
    func linearFormat() {
        let growth = Effort.growth(4_000) { size in
            let items = (0..<size).map { "\"t\($0)\"" }.joined(separator: ",\n")
            #expect(Formatter.format(source: "list x of Text {\n\(items)}\n") != nil)
        }
        #expect(growth < Effort.linear)
    }
}
