import Bytecode
import Compiler
import Lexical
import Machine
import Testing
import Vocabulary

/// Settings in the place of constants, scores in equalities, and weights with decimals.
@Suite struct SettingTests {
    private func load(_ text: String, modules: [String: String] = [:]) throws -> LoadedProgram {
        var policy = PolicyInMemory(
            """
            policy acme { edition 1 domains "acme.example" }
            uninspectable { if unknown then quarantine doubt }

            """ + text)
        policy.modules = modules
        let result = PolicyCompiler(patterns: PatternLibrary()).compile(policy)
        let bundle = try #require(result.bundle, "\(result.diagnostics.map(\.message))")
        #expect(result.diagnostics.isEmpty, "\(result.diagnostics.map(\.message))")
        return try LoadedProgram(try Bundle.read(bundle), patterns: PatternLibrary())
    }

    /// The areas that a mail is held in; `virus` unknown leaves a setting or score open.
    private func areas(_ program: LoadedProgram, _ values: [Fact: FactValue], files: Int = 0) -> Set<String> {
        let facts = MadeUpFacts()
        for (fact, value) in values { facts.values[.init(fact: fact, subject: .message)] = value }
        facts.lists[.files] = ElementList(elements: Array(1..<(files + 1)))
        let envelope = Envelope(recipients: [Address("bob@acme.example")])
        return Set(program.decide(facts: facts, envelope: envelope)[0].areas)
    }

    private static let isVirus = FactValue.known(.bool(true))
    private static let isNone = FactValue.known(.bool(false))
    private static let isDown = FactValue.unknown(.engineDown)

    @Test(arguments: [("contains", "the beta alpha"), ("starts with", "beta alpha"), ("ends with", "alpha beta")])
    func aSettingIsSoughtInTexts(_ relation: String, _ beta: String) throws {
        let program = try load(
            """
            setting word take one { otherwise "alpha"  when virus then "beta" }
            rule held { when subject \(relation) any of (word, "omega") then quarantine held }
            """)
        func ask(_ subject: String, _ virus: FactValue) -> Set<String> {
            areas(program, [.subject: .known(.text(Text(subject))), .virus: virus])
        }
        #expect(ask("omega", Self.isNone) == ["held"])
        #expect(ask(beta, Self.isVirus) == ["held"])
        #expect(ask("beta", Self.isNone) == [])
        #expect(ask("beta", Self.isDown) == ["doubt"])
        #expect(ask("gamma", Self.isDown) == [])
        #expect(ask("omega", Self.isDown) == ["held"])
    }

    @Test func aTextThatHasAllThatASettingMayBeIsDecided() throws {
        let program = try load(
            """
            setting word take one { otherwise "alpha"  when virus then "beta" }
            rule held { when subject contains word then quarantine held }
            """)
        #expect(areas(program, [.subject: .known(.text("alpha beta")), .virus: Self.isDown]) == ["held"])
    }

    @Test func aSettingIsADomainAndAnEntryOfAList() throws {
        let program = try load(
            """
            setting partner take one { otherwise "a.example"  when virus then "b.example" }
            rule below { when from.domain under partner then quarantine below }
            rule among { when from.domain in ("c.example", partner) then quarantine among }
            rule alike { when from.domain looks like partner then quarantine alike }
            """)
        func ask(_ domain: String, _ virus: FactValue) -> Set<String> {
            areas(program, [.from: .known(.address(Address("eve@\(domain)"))), .virus: virus])
        }
        #expect(ask("mail.b.example", Self.isVirus) == ["below"])
        #expect(ask("b.example", Self.isVirus).isSuperset(of: ["below", "among", "alike"]))
        #expect(ask("b.example", Self.isDown) == ["doubt", "alike"])
        #expect(ask("c.example", Self.isDown).contains("among"))
        #expect(ask("quite-another.example", Self.isDown) == [])
    }

    @Test func aCountIsBoundByASetting() throws {
        let program = try load(
            """
            setting most take largest { otherwise 2  when virus then 4  when subject exists then 1 }
            rule more { when count of files > most then quarantine more }
            rule less { when count of files < most then quarantine less }
            """)
        func ask(_ files: Int, _ virus: FactValue) -> Set<String> { areas(program, [.virus: virus], files: files) }
        #expect(ask(1, Self.isNone) == ["less"])
        #expect(ask(2, Self.isNone) == [])
        #expect(ask(3, Self.isNone) == ["more"])
        #expect(ask(3, Self.isVirus) == ["less"])
        #expect(ask(1, Self.isDown) == ["less"])
        #expect(ask(3, Self.isDown) == ["doubt"])
        #expect(ask(5, Self.isDown) == ["more"])
    }

    @Test func atLeastAndThresholdsTakeSettings() throws {
        let program = try load(
            """
            setting enough take one { otherwise 1  when virus then 2 }
            dictionary words { threshold 2  1 word "alpha"  1 word "beta" }
            rule many { when at least enough of (subject exists, list-id exists) then quarantine many }
            rule said { when subject mentions words at enough then quarantine said }
            """)
        func ask(_ subject: String, _ virus: FactValue, list: Bool = false) -> Set<String> {
            areas(
                program,
                [
                    .subject: .known(.text(Text(subject))), .virus: virus,
                    .listID: list ? .known(.text("a.example")) : .absent,
                ])
        }
        #expect(ask("alpha", Self.isNone) == ["many", "said"])
        #expect(ask("alpha", Self.isVirus) == [])
        #expect(ask("alpha", Self.isDown) == ["doubt"])
        #expect(ask("alpha beta", Self.isDown, list: true) == ["many", "said"])
    }

    @Test func aScoreIsComparedByIs() throws {
        let program = try load(
            """
            score suspicion { 5 when virus  2.5 when subject contains "urgent" }
            score other { 5 when list-id exists  1 when subject contains "now" }
            rule exact { when suspicion is 5 then quarantine exact }
            rule some { when suspicion is any of (2.5, 7.5) then quarantine some }
            rule same { when suspicion is other and list-id exists then quarantine same }
            """)
        func ask(_ subject: String, _ virus: FactValue, list: Bool = false) -> Set<String> {
            areas(
                program,
                [
                    .subject: .known(.text(Text(subject))), .virus: virus,
                    .listID: list ? .known(.text("a.example")) : .absent,
                ])
        }
        #expect(ask("", Self.isVirus) == ["exact"])
        #expect(ask("urgent", Self.isVirus) == ["some"])
        #expect(ask("urgent", Self.isNone) == ["some"])
        #expect(ask("", Self.isVirus, list: true) == ["exact", "same"])
        // 0 to 5 has 2.5 in it, whatever the sums in between are.
        #expect(ask("", Self.isDown) == ["doubt"])
        // 0 to 5 is not 6.
        let far = try load(
            """
            score suspicion { 5 when virus  2.5 when subject contains "urgent" }
            rule exact { when suspicion is 6 then quarantine exact }
            """)
        #expect(areas(far, [.subject: .known(.text("")), .virus: Self.isDown]) == [])
    }

    @Test func weightsHaveThreeDecimals() throws {
        let program = try load(
            """
            dictionary words {
                threshold 1
                0.25 word "alpha" up to 3 times
                0.125 word "beta"
                0.125 word "gamma"
                -0.001 word "delta"
            }
            rule held { when subject mentions words then quarantine held }
            rule half { when subject mentions words at 0.5 then quarantine half }
            """)
        func ask(_ subject: String) -> Set<String> { areas(program, [.subject: .known(.text(Text(subject)))]) }
        #expect(ask("alpha alpha") == ["half"])
        #expect(ask("alpha alpha delta") == [])
        #expect(ask("alpha alpha alpha beta") == ["half"])
        #expect(ask("alpha alpha alpha beta gamma") == ["held", "half"])
        #expect(ask("alpha alpha alpha beta gamma delta") == ["half"])
    }

    @Test func aModulesParametersAreWeightsAndThresholds() throws {
        let module = """
            parameter heavy  = 5
            parameter light  = 0.5
            parameter enough = 5.25
            dictionary words { threshold enough  heavy word "alpha"  light word "beta" up to 2 times }
            score suspicion { heavy when subject contains "gamma"  light when subject contains "delta" }
            rule said { when subject mentions words then quarantine said }
            rule held { when suspicion >= enough then quarantine held }
            rule few  { when subject mentions words at light then quarantine few }
            """
        let modules = ["house.words": module]
        let plain = try load("import house.words", modules: modules)
        let given = try load("import house.words with (enough 6.2, light 0.25, heavy 6)", modules: modules)
        func ask(_ program: LoadedProgram, _ subject: String) -> Set<String> {
            areas(program, [.subject: .known(.text(Text(subject)))])
        }
        for program in [plain, given] {
            #expect(ask(program, "alpha beta") == ["said", "few"])
            #expect(ask(program, "alpha gamma") == ["few"])
            #expect(ask(program, "gamma delta") == ["held"])
        }
    }
}
