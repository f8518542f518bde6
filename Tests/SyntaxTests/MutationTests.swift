import Diagnostics
import Foundation
import Syntax
import TestSupport
import Testing

@Suite("Mutations")
struct MutationTests {
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

    static let sample = FormatterTests.sample

    /// The places of the sample's tokens.
    static let places: [Range<String.Index>] = {
        let pattern =
            /#.*|"(?:\\.|[^"\\\n])*"|\/(?:\\.|[^\/\\\n])+\/[a-z]*|[A-Za-z][A-Za-z0-9.\-]*|[0-9]+|<=|>=|[<>=(){},\-]/
        return sample.matches(of: pattern).map(\.range).filter { sample[$0.lowerBound] != "#" }
    }()

    func errors(_ source: String) -> [Diagnostic] {
        Parser.parse(file: SourceFile(path: "", text: source)).diagnostics.filter { $0.severity == .error }
    }

    /// Checks that no mutation by `change` gives more than two errors.
    func check(_ name: String, _ change: (Substring, Int) -> String) {
        var worst: [String] = []
        for (number, place) in Self.places.enumerated() {
            let replacement = change(Self.sample[place], number)
            let source = Self.sample.replacingCharacters(in: place, with: replacement)
            let found = errors(source)
            if found.count > 2 {
                let line = Self.sample[..<place.lowerBound].filter { $0 == "\n" }.count + 1
                let said = found.map { "\($0.code.name): \($0.message)" }.joined(separator: "; ")
                worst.append("\(line): \(Self.sample[place]) -> \(replacement): \(found.count): \(said)")
            }
        }
        let report = worst.prefix(25).joined(separator: "\n")
        #expect(worst.isEmpty, "\(name): \(worst.count) of \(Self.places.count)\n\(report)")
    }

    @Test("dropping any token gives at most two errors")
    func drop() { check("drop") { _, _ in "" } }

    @Test("doubling any token gives at most two errors")
    func double() { check("double") { token, _ in "\(token) \(token)" } }

    @Test(
        "replacing any token gives at most two errors", arguments: ["wibble", "then", "{", "}", "(", "5", "\"x\"", ","])
    func replace(_ other: String) { check("replace by \(other)") { _, _ in other } }

    @Test("random tokens never crash the parser or hang it")
    func randomTokens() {
        var random = Random(state: 1)
        let words = Self.places.map { Self.sample[$0] }
        for _ in 0..<300 {
            let count = Int.random(in: 1...120, using: &random)
            let source = (0..<count).map { _ in words.randomElement(using: &random) ?? "" }.joined(separator: " ")
            _ = errors(source)
        }
    }

    @Test("random bytes never crash the parser or hang it")
    func randomBytes() {
        var random = Random(state: 2)
        let sample = Array(Self.sample.utf8)
        for round in 0..<300 {
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
            let result = Parser.parse(file: file)
            _ = TextRenderer(sources: SourceSet([file])).render(result.diagnostics)
            _ = JSONRenderer(sources: SourceSet([file])).render(result.diagnostics)
        }
    }

    @Test("deep nesting is refused by one error, whatever nests")
    func deep() {
        for (open, close) in [("(", ")"), ("not (", ")"), ("any of (", ")"), ("a otherwise ", ""), ("not ", "")] {
            let source =
                "rule a { when " + String(repeating: open, count: 50000) + "a"
                + String(repeating: close, count: 50000) + " then defer }"
            #expect(errors(source).map(\.code.name).first == "nested-too-deeply")
            #expect(errors(source).count <= 2)
        }
    }
}
