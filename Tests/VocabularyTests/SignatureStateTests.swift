import Testing
import Vocabulary

@Suite struct SignatureStateTests {
    private let state = SignatureState(engine: "clamav", count: 2, newest: 1_000_000)

    @Test func tellsItsAge() {
        #expect(state.summary(at: 1_000_000 + 86_399) == "clamav: 2 signatures, newest from the last 24 hours")
        #expect(state.summary(at: 1_000_000 + 3 * 86_400) == "clamav: 2 signatures, newest 3 days old")
    }

    @Test func isStaleAfterSevenDays() {
        #expect(!state.isStale(at: 1_000_000 + SignatureState.staleAge - 1))
        #expect(state.isStale(at: 1_000_000 + SignatureState.staleAge))
    }
}
