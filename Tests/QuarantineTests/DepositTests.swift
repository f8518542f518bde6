import Quarantine
import Testing

@Suite struct DepositTests {
    @Test func contentsAloneLeaveNothing() {
        #expect(Deposit(contents: [[1]]).isEmpty)
    }
}
