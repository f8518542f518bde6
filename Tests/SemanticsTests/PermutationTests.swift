import Diagnostics
import Foundation
import Semantics
import Syntax
import Testing
import Vocabulary

/// A policy is a set of declarations: their order, and the files they stand in, leave no trace but places.
@Suite struct PermutationTests {
    /// The declarations of the good policy as texts.
    static let declarations: [String] = {
        var sources = SourceSet()
        let file = sources.add(path: "policy.lazaret", bytes: Array(GoodPolicies.acme.utf8))
        let tree = Parser.parse(file: file).tree
        return tree.declarations.map { file.text($0.span) }
    }()

    /// Everything of a policy but places, in a text.
    static func essence(_ policy: TypedPolicy) -> String {
        let parts: [Any] = [
            policy.name, policy.edition, policy.description, policy.organisation, policy.rules, policy.exemptions,
            policy.sets.map { [$0.name ?? "", $0.type.rawValue] + $0.entries }, policy.dictionaries, policy.templates,
            policy.areas, policy.tests,
        ]
        let text = parts.map { String(describing: $0) }.joined(separator: "\n")
        return text.replacing(#/SourcePlace\([^)]*\)/#, with: "")
    }

    @Test(arguments: 0..<24)
    func orderLeavesNoTrace(_ seed: Int) throws {
        let plain = try #require(check(GoodPolicies.acme + GoodPolicies.surroundings).policy)
        var generator = SplitMix(state: UInt64(seed))
        let shuffled = Self.declarations.shuffled(using: &generator)
        let cut = Int.random(in: 0...shuffled.count, using: &generator)
        let text =
            shuffled[..<cut].joined(separator: "\n\n") + "\n=== file \(seed % 2 == 0 ? "zebra" : "ant").lazaret\n"
            + shuffled[cut...].joined(separator: "\n\n") + GoodPolicies.surroundings
        let result = check(text)
        #expect(result.diagnostics.isEmpty, "\(rendered(result))")
        let policy = try #require(result.policy)
        #expect(Self.essence(policy) == Self.essence(plain))
        #expect(policy.sets == plain.sets)
    }
}

/// A small generator with a seed, so that a failure can be repeated.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
