import Administration
import Operation
import Testing
import Vocabulary

@Suite struct TokenTableTests {
    @Test func onlyTheWholeTokenOpens() {
        let one = AdministrationToken(name: "one", organisations: ["acme"], secret: Secret("0123456789abcdef"))
        let all = AdministrationToken(name: "all", secret: Secret("fedcba9876543210"))
        let table = TokenTable([one, all])
        #expect(table.token(ofField: "Bearer 0123456789abcdef") == one)
        #expect(table.token(ofField: "bearer fedcba9876543210") == all)
        for field in [
            nil, "", "Bearer", "Bearer ", "Bearer 0123456789abcde", "Basic 0123456789abcdef", "0123456789abcdef",
        ] {
            #expect(table.token(ofField: field) == nil)
        }
        #expect(one.counts(for: "acme") && !one.counts(for: "globex") && all.counts(for: "globex"))
        #expect(TokenTable([]).token(ofField: "Bearer ") == nil)
    }
}
