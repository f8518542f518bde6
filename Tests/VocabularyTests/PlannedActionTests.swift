import Testing
import Vocabulary

@Suite struct PlannedActionTests {
    private func planned(_ rule: String, _ action: Action) -> PlannedAction {
        PlannedAction(rule: rule, action: action)
    }

    @Test func whatSeveralRulesAskForAlikeIsDoneOnce() {
        let tag = Action.tagSubject("[x] ")
        #expect([planned("b", tag), planned("a", tag)].inPhases() == [planned("a", tag)])
        let other = Action.tagSubject("[y] ")
        #expect([planned("a", tag), planned("b", other)].inPhases().count == 2)
    }

    @Test func aNoticeGoesOnceToAnAddresseeWhicheverItsWords() {
        let first = Action.notify(whom: .recipient, template: "held", evenUnauthenticated: false)
        let second = Action.notify(whom: .recipient, template: "sealed", evenUnauthenticated: false)
        let admin = Action.notify(whom: .administrator, template: "held", evenUnauthenticated: false)
        #expect(
            [planned("b", second), planned("a", first), planned("b", admin)].inPhases() == [
                planned("a", first), planned("b", admin),
            ])
    }

    @Test func eachRuleLogsForItselfAndPhasesComeInOrder() {
        let actions = [planned("a", .log("x")), planned("b", .log("x")), planned("c", .strip([]))].inPhases()
        #expect(actions.map(\.rule) == ["c", "a", "b"])
    }
}
