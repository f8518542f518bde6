import Foundation
import MailProtocols
import Quarantine
import Testing

@Suite struct MailStoreTests {
    private let folder = TemporaryFolder()
    private let clock = TestClock()

    @Test func aDepositIsThereWhenTheStoreIsOpenedAgain() async throws {
        let body = Array("body!".utf8)
        do {
            let store = try folder.open(clock: clock)
            let deposit = Deposit(
                contents: [Array("other".utf8), body, Array("unnamed".utf8)],
                held: [Sample.held(original: 1), Sample.held("M2", original: 1)],
                queued: [Sample.queued(content: 1), Sample.queued("M2", content: 0)],
                retries: [ArmedRetry(key: "k", expiresAt: 2_000_000)])
            #expect(try await store.commit(deposit) == [1, 2])
        }
        let store = try folder.open(clock: clock)
        #expect(folder.blobs.count == 2, "rows of one deposit share a blob, and the unnamed content isn't written")
        let held = try await store.heldMail(1, organisation: nil)
        #expect(try await store.content(held.content) == body)
        #expect(held.message == Sample.message() && held.reasons == Sample.held().reasons && held.area == "viruses")
        #expect(held.recipients.map(\.recipient) == Sample.held().recipients)
        #expect(held.recipients.allSatisfy { $0.state == .held })
        #expect(held.keptUntil == 3_000_000 && held.heldAt == clock.now && held.hasVirus)
        #expect(held.expiry?.at == 2_500_000 && held.expiry?.disposition == "discard" && held.expiry?.reason == nil)
        let mails = try await store.lease([.pending], limit: 9, now: clock.now, seconds: 60)
        #expect(mails.map(\.message.id) == ["M1", "M2"])
        let mail = try #require(mails.first)
        #expect(mail.transaction == Sample.queued().transaction && mail.bypassedRules == ["x"] && mail.route == "r")
        #expect(mail.isJudged && mail.attempts == 0 && mail.content == held.content && mail.queuedAt == clock.now)
        #expect(try await store.armedRetries(among: ["j", "k"], now: clock.now) == ["k"])
    }

    @Test func onlyTheServiceReadsWhatIsStored() async throws {
        let store = try folder.open()
        try await store.commit(Deposit(contents: [[1]], queued: [Sample.queued()]))
        func rights(_ path: String) throws -> Int? {
            try FileManager.default.attributesOfItem(atPath: folder.path + path)[.posixPermissions] as? Int
        }
        let blob = try #require(folder.blobs.first)
        #expect(try rights("") == 0o700 && rights("/blobs") == 0o700 && rights("/blobs/" + blob) == 0o600)
        #expect(try rights("/lazaret.sqlite") == 0o600 && rights("/lazaret.sqlite-wal") == 0o600)
    }

    @Test func aDepositThatNamesWhatItLacksIsRefused() async throws {
        let store = try folder.open()
        await #expect(throws: StoreFault.self) {
            try await store.commit(Deposit(contents: [[1]], held: [Sample.held()], queued: [Sample.queued(content: 1)]))
        }
        #expect(try await store.heldMails(organisation: nil, area: nil, after: nil, limit: 9).isEmpty)
        #expect(folder.blobs.isEmpty)
    }

    @Test func bytesThatWereChangedAreNotHandedOut() async throws {
        let store = try folder.open()
        try await store.commit(Deposit(contents: [[1, 2]], queued: [Sample.queued()]))
        let mail = try #require(try await store.lease([.pending], limit: 1, now: 1, seconds: 1).first)
        let path = folder.path + "/blobs/" + (try #require(folder.blobs.first))
        try Data([1, 3]).write(to: URL(fileURLWithPath: path))
        await #expect(throws: StoreFault(.failed, "the stored bytes were changed")) {
            try await store.content(mail.content)
        }
        await #expect(throws: StoreFault(.missing, "the content is not there, or no longer")) {
            try await store.content(ContentID("../lazaret.sqlite"))
        }
    }

    // MARK: Queues

    @Test func aLeaseIsForOneUntilItEnds() async throws {
        let store = try folder.open()
        try await store.commit(
            Deposit(
                contents: [[1]],
                queued: [
                    Sample.queued("late", notBefore: 300), Sample.queued("second", notBefore: 20),
                    Sample.queued("first", notBefore: 10), Sample.queued("notice", .notices, notBefore: 5),
                ]))
        func lease(_ queues: [QueueName], _ limit: Int, _ now: Int64) async throws -> [String] {
            try await store.lease(queues, limit: limit, now: now, seconds: 60).map(\.message.id)
        }
        #expect(try await lease([], 9, 100) == [])
        #expect(try await lease([.pending], 1, 100) == ["first"])
        #expect(try await lease([.pending], 9, 100) == ["second"])
        #expect(try await lease(QueueName.allCases, 9, 159) == ["notice"])
        #expect(try await lease([.pending], 9, 160) == ["first", "second"], "leases that ended come again")
        #expect(try await lease(QueueName.allCases, 9, 300) == ["notice", "first", "second", "late"])
    }

    @Test func whatIsPutOffComesAgainForThoseThatAreLeft() async throws {
        let store = try folder.open()
        try await store.commit(Deposit(contents: [[1]], queued: [Sample.queued()]))
        let mail = try #require(try await store.lease([.pending], limit: 1, now: 100, seconds: 60).first)
        let left = [Sample.recipient("bert")]
        try await store.settle(mail, .retry(at: 120, remaining: left, reply: "451 later"))
        #expect(try await store.lease([.pending], limit: 1, now: 119, seconds: 60).isEmpty)
        let again = try #require(try await store.lease([.pending], limit: 1, now: 120, seconds: 60).first)
        #expect(again.id == mail.id && again.transaction.recipients == left)
        #expect(again.attempts == 1 && again.lastReply == "451 later")
    }

    @Test func anOutcomeIsStoredWithWhatItLeaves() async throws {
        let store = try folder.open()
        try await store.commit(Deposit(contents: [[1]], queued: [Sample.queued(), Sample.queued("M2")]))
        let mails = try await store.lease([.pending], limit: 2, now: 1, seconds: 60)
        let leaving = Deposit(contents: [[2]], held: [Sample.held(area: "undeliverable")])
        try await store.settle(mails[0], .done(leaving: leaving))
        #expect(folder.blobs.count == 2, "the other mail still needs the first blob")
        try await store.settle(mails[0], .done(leaving: leaving))
        #expect(folder.blobs.count == 2, "what is settled already leaves nothing twice")
        try await store.settle(mails[1], .done(leaving: Deposit()))
        #expect(folder.blobs.count == 1)
        let held = try await store.heldMails(organisation: nil, area: "undeliverable", after: nil, limit: 9)
        #expect(held.count == 1)
        #expect(try await store.content(held[0].content) == [2])
        #expect(try await store.lease([.pending], limit: 9, now: 999, seconds: 1).isEmpty)
    }

    @Test func aUniqueKeyIsQueuedOnceAndRememberedAfterwards() async throws {
        let store = try folder.open(clock: clock)
        let deposit = Deposit(contents: [[1]], queued: [Sample.queued(uniqueKey: "a")])
        func queue() async throws -> [QueuedMail] {
            try await store.commit(deposit)
            return try await store.lease([.pending], limit: 9, now: clock.now, seconds: 0)
        }
        #expect(try await queue().count == 1)
        let mails = try await queue()
        #expect(mails.count == 1 && folder.blobs.count == 1)
        try await store.settle(mails[0], .done(leaving: Deposit()))
        #expect(try await queue().isEmpty)
        #expect(folder.blobs.isEmpty)
        clock.now += Int64(StoreLimits().rememberedSeconds) - 1
        try await store.collectGarbage(now: clock.now)
        #expect(try await queue().isEmpty)
        clock.now += 1
        #expect(try await queue().count == 1)
    }

    @Test func armedRetriesEnd() async throws {
        let store = try folder.open()
        let retries = ["a", "b", "c"].map { ArmedRetry(key: $0, expiresAt: 100) }
        try await store.commit(Deposit(retries: retries + [ArmedRetry(key: "d", expiresAt: 101)]))
        #expect(folder.blobs.isEmpty)
        #expect(try await store.armedRetries(among: ["a", "b", "d", "e"], now: 99) == ["a", "b", "d"])
        try await store.disarm(["a", "e"])
        #expect(try await store.armedRetries(among: ["a", "b"], now: 99) == ["b"])
        #expect(try await store.armedRetries(among: ["a", "b", "d"], now: 100) == ["d"])
        try await store.collectGarbage(now: 100)
        #expect(try await store.armedRetries(among: ["a", "b", "c", "d"], now: 0) == ["d"])
    }

    // MARK: Tracking

    @Test func tracksAreWrittenInTheirTimeOrWhenAsked() async throws {
        var limits = StoreLimits()
        limits.trackMilliseconds = 3_600_000
        limits.trackBatch = 3
        limits.listedRows = 4
        let store = try folder.open(limits: limits)
        await store.track([Sample.track("a"), Sample.track("b", organisation: "other")])
        #expect(try await store.tracks(organisation: nil, limit: 9).isEmpty)
        try await store.flush()
        #expect(try await store.tracks(organisation: nil, limit: 9).map(\.messageID) == ["b", "a"])
        #expect(try await store.tracks(organisation: "other", limit: 9) == [Sample.track("b", organisation: "other")])
        await store.track([Sample.track("c"), Sample.track("d"), Sample.track("e")])
        for _ in 0..<500 {
            guard try await store.tracks(organisation: nil, limit: 1).first?.messageID != "e" else { break }
            try await Task.sleep(for: .milliseconds(10))
        }
        #expect(try await store.tracks(organisation: nil, limit: 9).map(\.messageID) == ["e", "d", "c", "b"])
        limits.waitingTracks = 2
        limits.trackBatch = 9
        let bounded = try folder.open(limits: limits)
        await bounded.track([Sample.track("f"), Sample.track("g"), Sample.track("h")])
        try await bounded.flush()
        #expect(try await bounded.tracks(organisation: nil, limit: 2).map(\.messageID) == ["g", "f"])
    }
}
