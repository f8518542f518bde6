import Administration
import Operation
import Testing
import Vocabulary

@Suite struct TokensOfSettingsTests {
    @Test func onlyTheWholeTokenOpens() {
        let one = AdministrationToken(name: "one", organisations: ["acme"], secret: Secret("0123456789abcdef"))
        let all = AdministrationToken(name: "all", secret: Secret("fedcba9876543210"))
        let tokens = AccessTokens(settings: [one, all])
        let first = tokens.token(authorization: "Bearer 0123456789abcdef")
        let second = tokens.token(authorization: "bearer fedcba9876543210")
        #expect(first?.name == "one")
        #expect(second?.name == "all")
        for field in [
            nil, "", "Bearer", "Bearer ", "Bearer 0123456789abcde", "Basic 0123456789abcdef", "0123456789abcdef",
        ] {
            #expect(tokens.token(authorization: field) == nil)
        }
        #expect(first?.covers("acme") == true && first?.covers("globex") == false && second?.covers("globex") == true)
        #expect(AccessTokens(settings: []).token(authorization: "Bearer ") == nil)
    }
}
