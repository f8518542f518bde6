import Diagnostics
import Foundation
import Syntax
import TestSupport
import Testing

@Suite("Mutations")
struct MutationTests {
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
