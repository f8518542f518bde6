import MailProtocols
import Testing

/// One answer out of many decisions.
@Suite struct MilterPlanTests {
    private static let refusal = Reply(554, EnhancedStatus(5, 7, 1), "no")
    private static let delay = Reply(451, EnhancedStatus(4, 7, 1), "later")

    private func plan(_ fates: [MilterFate], actions: MilterActions = .deleteRecipients) -> MilterPlan {
        let recipients = fates.indices.map {
            Transaction.Recipient(Mailbox(localPart: "r\($0)", domain: "b.example"))
        }
        return MilterPlan(fates, of: Transaction(from: .null, to: recipients), actions: actions)
    }

    @Test func everyPairOfFates() {
        let delivered = MilterFate.delivered(form: 0)
        let refused = MilterFate.refused(Self.refusal)
        let putOff = MilterFate.putOff(Self.delay)
        let rows: [(MilterFate, MilterFate, MilterPlan.Course, Set<Int>)] = [
            (delivered, delivered, .deliver(form: 0, withheld: []), []),
            (delivered, .kept, .deliver(form: 0, withheld: [1]), [1]),
            (delivered, refused, .deliver(form: 0, withheld: [1]), [1]),
            (delivered, putOff, .deliver(form: 0, withheld: [1]), [1]),
            (delivered, .dropped, .deliver(form: 0, withheld: [1]), []),
            (.kept, .kept, .discard, [0, 1]), (.kept, refused, .discard, [0, 1]), (.kept, putOff, .discard, [0, 1]),
            (.kept, .dropped, .discard, [0]), (refused, refused, .reply(Self.refusal), []),
            (refused, putOff, .reply(Self.delay), []), (refused, .dropped, .reply(Self.refusal), []),
            (putOff, putOff, .reply(Self.delay), []), (putOff, .dropped, .reply(Self.delay), []),
            (.dropped, .dropped, .discard, []),
        ]
        for (first, second, course, kept) in rows {
            let one = plan([first, second])
            #expect(one.course == course && one.kept == kept, "\(first), \(second)")
            let other = plan([second, first])
            #expect(other.kept == Set(kept.map { 1 - $0 }))
        }
    }

    @Test func oneBodyForAll() {
        #expect(
            plan([.delivered(form: 2), .delivered(form: 2), .kept]).course == .deliver(form: 2, withheld: [2]))
        let two = plan([.delivered(form: 0), .delivered(form: 1), .kept])
        guard case .reply(let reply) = two.course else {
            Issue.record("two forms were delivered")
            return
        }
        #expect(reply.code == 451 && reply.status == EnhancedStatus(4, 3, 5) && two.kept.isEmpty)
    }

    @Test func withholdingNeedsTheMailServersLeave() {
        #expect(plan([.delivered(form: 0)], actions: []).course == .deliver(form: 0, withheld: []))
        #expect(plan([.delivered(form: 0), .dropped], actions: []).kept.isEmpty)
        guard case .reply = plan([.delivered(form: 0), .dropped], actions: []).course else {
            Issue.record("withheld without leave")
            return
        }
    }

    @Test func anAddressThatStandsTwiceGetsOneAnswer() {
        let mailbox = Mailbox(localPart: "b", domain: "b.example")
        let transaction = Transaction(from: .null, to: [.init(mailbox), .init(mailbox)])
        let plan = MilterPlan([.delivered(form: 0), .kept], of: transaction, actions: .deleteRecipients)
        #expect(plan.course != .deliver(form: 0, withheld: [1]) && plan.kept.isEmpty)
    }
}
