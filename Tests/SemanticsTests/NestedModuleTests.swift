import Semantics
import Testing
import Vocabulary

/// Modules that import modules, with parameters handed on, and scores and settings within them.
@Suite struct NestedModuleTests {
    private let text = """
        policy acme { edition 1  admin "postmaster@acme.example" }
        import house.all with (most 3.5, biggest 3 MB, held vault)
        rule own { when all.mass.weight > 2 then tag subject "[own] " }
        exempt ours from all.mass.many { when authenticated }

        === module house.all
        parameter most = 5
        parameter biggest = 1 MB
        parameter held = review
        import house.mass with (least most, limit biggest, area held)
        import house.mass as other

        === module house.mass
        parameter least = 3
        parameter limit = 2 MB
        parameter area = waiting
        score weight {
            1 when tls
            2.5 when authenticated
        }
        setting room take largest { otherwise limit  when tls then 20 MB }
        rule many {
            when weight >= least and message.size > room
            then quarantine area
        }
        """

    @Test func namesGetBothPrefixesAndParametersAreHandedOn() throws {
        let result = check(text)
        let policy = try #require(result.policy, "\(rendered(result))")
        #expect(policy.rules.map(\.name) == ["all.mass.many", "all.other.many", "own"])
        #expect(policy.rules[0].consequence.areas == ["vault"])
        #expect(policy.rules[1].consequence.areas == ["waiting"])
        #expect(policy.exemptions[0].rules == ["all.mass.many"])
        #expect(
            policy.computed.map(\.name) == ["all.mass.room", "all.mass.weight", "all.other.room", "all.other.weight"])
        #expect(policy.computed[0].otherwise?.value == .number(3_000_000))
        #expect(policy.computed[2].otherwise?.value == .number(2_000_000))
        guard case .and(let operands) = policy.rules[0].when, case .atom(let atom) = operands[0],
            case .compare(_, _, let bound) = atom.test
        else {
            Issue.record("\(policy.rules[0].when)")
            return
        }
        #expect(bound == .constant(.number(3500)))
    }

    @Test func aModuleSeesOnlyItsOwn() {
        let result = check(text.replacing("when authenticated }", with: "when mass.weight > 1 }"))
        #expect(result.diagnostics.map(\.code.number) == [SemanticsCode.unknownName.rawValue], "\(rendered(result))")
    }

    @Test func theOrderOfImportsLeavesNoTrace() throws {
        let other = text.replacing(
            "import house.mass with (least most, limit biggest, area held)\nimport house.mass as other",
            with: "import house.mass as other\nimport house.mass with (area held, limit biggest, least most)")
        #expect(other != text)
        let first = try #require(check(text).policy)
        let second = try #require(check(other).policy)
        #expect(first.rules.map(\.name) == second.rules.map(\.name))
        #expect(first.computed.map(\.name) == second.computed.map(\.name))
    }
}
