import MailProtocols
import Quarantine
import Testing

@Suite struct HeldMailTests {
    private let folder = TemporaryFolder()

    private func states(_ store: SQLiteMailStore, _ id: Int64) async throws -> [HeldMail.State] {
        try await store.heldMail(id, organisation: nil).recipients.map(\.state)
    }

    private func missing(_ work: () async throws -> Void) async {
        let fault = await #expect(throws: StoreFault.self) { try await work() }
        #expect(fault?.code == .missing)
    }

    @Test func listsAreOfOneOrganisationAndOneArea() async throws {
        var limits = StoreLimits()
        limits.listedRows = 2
        let store = try folder.open(limits: limits)
        try await store.commit(
            Deposit(
                contents: [[1]],
                held: [
                    Sample.held(organisation: "a"), Sample.held(organisation: "b"),
                    Sample.held(organisation: "a", area: "spam"), Sample.held(organisation: "a"),
                ]))
        func list(_ organisation: String?, _ area: String?, _ id: Int64?, _ limit: Int) async throws -> [Int64] {
            try await store.heldMails(organisation: organisation, area: area, after: id, limit: limit).map(\.id)
        }
        #expect(try await list(nil, nil, nil, 9) == [4, 3])
        #expect(try await list(nil, nil, 3, 9) == [2, 1])
        #expect(try await list("a", nil, nil, 1) == [4])
        #expect(try await list("a", "viruses", nil, 9) == [4, 1])
        #expect(try await list("c", nil, nil, -1) == [])
        #expect(try await store.heldMail(2, organisation: "b").id == 2)
        await missing { _ = try await store.heldMail(2, organisation: "a") }
        await missing { try await store.release(2, organisation: "a", recipients: nil, by: "x", now: 1) }
        await missing { try await store.delete(2, organisation: "a", by: "x", now: 1) }
        #expect(try await store.verifyAudit() == .intact(lines: 0, last: nil))
    }

    @Test func aReleasedMailIsQueuedAsItCameAndGoesWhenAllHaveIt() async throws {
        let store = try folder.open()
        try await store.commit(Deposit(contents: [[7]], held: [Sample.held()]))
        let released = try await store.release(
            1, organisation: "default", recipients: ["bert@example.org"], by: "carla", now: 50)
        #expect(released == [Sample.recipient("bert")])
        #expect(try await states(store, 1) == [.held, .releasing])
        await missing {
            try await store.release(1, organisation: nil, recipients: ["bert@example.org"], by: "carla", now: 50)
        }
        let mail = try #require(try await store.lease([.release], limit: 9, now: 50, seconds: 9).first)
        #expect(mail.isJudged && mail.heldID == 1 && mail.transaction.recipients == released)
        #expect(mail.bypassedRules.isEmpty && mail.expiresAt == 50 + Int64(StoreLimits().releaseSeconds))
        #expect(try await store.content(mail.content) == [7])
        try await store.settle(mail, .done(leaving: Deposit()))
        #expect(try await states(store, 1) == [.held, .released])
        try await store.release(1, organisation: nil, recipients: nil, by: "carla", judgedAgain: true, now: 60)
        let next = try #require(try await store.lease([.release], limit: 9, now: 60, seconds: 9).first)
        #expect(!next.isJudged && next.bypassedRules == ["no viruses"])
        try await store.settle(next, .done(leaving: Deposit()))
        await missing { _ = try await store.heldMail(1, organisation: nil) }
        #expect(folder.blobs.isEmpty)
        let trail = try await store.auditEntries(after: 0, limit: 9)
        #expect(trail.map(\.act.actor) == ["carla", "carla"] && trail.map(\.time) == [50, 60])
        #expect(trail[0].act.detail == "bert@example.org (as it came)" && trail[0].act.subject == "1 M1")
    }

    @Test func thoseThatHaveItAreReleasedWhileOthersWait() async throws {
        let store = try folder.open()
        try await store.commit(Deposit(contents: [[7]], held: [Sample.held()]))
        try await store.release(1, organisation: nil, recipients: nil, by: "carla", now: 50)
        let mail = try #require(try await store.lease([.release], limit: 9, now: 50, seconds: 9).first)
        try await store.settle(mail, .retry(at: 60, remaining: [Sample.recipient("bert")], reply: "451"))
        #expect(try await states(store, 1) == [.released, .releasing])
        await missing { try await store.delete(1, organisation: nil, by: "carla", now: 55) }
    }

    @Test func whatIsDeletedIsGoneWithItsBytes() async throws {
        let store = try folder.open()
        try await store.commit(Deposit(contents: [[7]], held: [Sample.held(), Sample.held()]))
        #expect(try await store.delete(1, organisation: "default", by: "carla", now: 5).id == 1)
        await missing { _ = try await store.heldMail(1, organisation: nil) }
        #expect(folder.blobs.count == 1, "the other row still names it")
        try await store.release(2, organisation: nil, recipients: ["anna@example.org"], by: "carla", now: 6)
        try await store.delete(2, organisation: nil, by: "carla", now: 7)
        #expect(try await states(store, 2) == [.releasing, .deleted])
        let mail = try #require(try await store.lease([.release], limit: 9, now: 7, seconds: 9).first)
        #expect(try await store.content(mail.content) == [7], "what is on its way keeps its bytes")
        try await store.settle(mail, .done(leaving: Deposit()))
        #expect(folder.blobs.isEmpty)
        let acts = try await store.auditEntries(after: 0, limit: 9).map(\.act.act)
        #expect(acts == ["held mail: delete", "held mail: release", "held mail: delete"])
    }

    @Test func mailThatIsDueIsListedWhileItIsHeld() async throws {
        let store = try folder.open()
        var kept = Sample.held("M2")
        kept.expiry = nil
        try await store.commit(Deposit(contents: [[7]], held: [Sample.held(), kept]))
        func due(_ now: Int64) async throws -> [Int64] {
            try await store.dueHeldMails(now: now, limit: 9).map(\.id)
        }
        #expect(try await due(2_499_999) == [])
        #expect(try await due(2_500_000) == [1])
        #expect(try await due(2_999_999) == [1])
        #expect(try await due(3_000_000) == [1, 2])
        try await store.release(1, organisation: nil, recipients: nil, by: "expiry", now: 2_500_000)
        #expect(try await due(3_000_000) == [2])
    }

    @Test func whatCannotBeWrittenDownIsNotDone() async throws {
        let store = try folder.open()
        try await store.commit(Deposit(contents: [[7]], held: [Sample.held()]))
        try folder.tamper("CREATE TRIGGER noAudit BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'no'); END")
        await #expect(throws: StoreFault.self) {
            try await store.release(1, organisation: nil, recipients: nil, by: "carla", now: 5)
        }
        await #expect(throws: StoreFault.self) { try await store.delete(1, organisation: nil, by: "carla", now: 5) }
        #expect(try await states(store, 1) == [.held, .held])
        #expect(try await store.lease([.release], limit: 9, now: 9, seconds: 9).isEmpty)
    }
}
