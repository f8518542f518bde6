import Acceptance
import Bytecode
import Compiler
import Cryptography
import Foundation
import Lexical
import Synchronization
import TestSupport
import Testing
import Vocabulary
import Workers

/// Trying a bundle. Workers are scripts here; real ones try bundles in the tests of `lazaret push`.
@Suite struct BundleAcceptanceTests {
    private static let key = Result { try SigningKey() }

    private static func bundle(of text: String? = nil) throws -> [UInt8] {
        let policy =
            text ?? """
                policy acme { edition 1 }
                uninspectable { if unknown then defer }
                rule r { when subject contains "x" then tag subject "x" }
                """
        let result = PolicyCompiler(patterns: PatternLibrary()).compile(PolicyInMemory(policy))
        return try #require(result.bundle, "\(result.diagnostics.map(\.message))")
    }

    private static func test(_ name: String, expects disposition: Disposition = .deliver) -> CarriedTest {
        let place = SourcePlace(file: "policy.lazaret", line: 7, column: 5, length: 4)
        return CarriedTest(
            name: name, place: place, mail: 0,
            envelope: Envelope(recipients: [Address("bob@acme.example")].compactMap { $0 }), assumptions: [],
            expectations: [
                .init(expectation: .disposition(disposition, area: nil, reason: nil), recipient: nil, place: place)
            ])
    }

    private static func signed(_ tests: [CarriedTest], key: SigningKey? = nil) throws -> [UInt8] {
        var carried = CarriedTests()
        for test in tests { carried.add(test, of: Array("Subject: x\n\nx\n".utf8)) }
        let bundle = try Bundle.adding(carried, to: bundle())
        return try Bundle.sign(bundle, with: key ?? Self.key.get())
    }

    private func check(
        _ bytes: [UInt8], trusted: [VerifyingKey]? = nil, needsTests: Bool = false,
        worker body: String = "while True: answer(frame())", limits: AcceptanceLimits = AcceptanceLimits()
    ) throws -> AcceptanceReport {
        var report = try checkOnce(bytes, trusted, needsTests, body, limits)
        // A script that a fork of another test holds open for a moment cannot be run: tried again.
        for _ in 0..<5 where report.refusals.contains(where: { $0.reason.contains("Text file busy") }) {
            report = try checkOnce(bytes, trusted, needsTests, body, limits)
        }
        return report
    }

    private func checkOnce(
        _ bytes: [UInt8], _ trusted: [VerifyingKey]?, _ needsTests: Bool, _ body: String, _ limits: AcceptanceLimits
    ) throws -> AcceptanceReport {
        let worker = try ScriptWorker(body)
        defer { worker.remove() }
        let keys = try trusted ?? [Self.key.get().verifying]
        let pools = Mutex<[WorkerPool]>([])
        defer { for pool in pools.withLock({ $0 }) { pool.stop() } }
        return BundleAcceptance(trustedKeys: keys, needsTests: needsTests, limits: limits)
            .check(bytes) { (program: [UInt8]) throws(WorkerError) in
                // What a worker gets is the program alone.
                #expect((try? Bundle.tests(of: program)) == .some(nil))
                #expect((try? Bundle.signature(of: program)) == .some(nil))
                let pool = WorkerPool(executable: worker.path, size: 2, bundle: program)
                pools.withLock { $0.append(pool) }
                return pool
            }
    }

    @Test func aGoodBundleIsTaken() throws {
        let bytes = try Self.signed([Self.test("one"), Self.test("two")])
        let report = try check(bytes)
        #expect(report.isAccepted, "\(report.refusals)")
        #expect(report.testsRun == 2)
        #expect(report.policy == "acme")
        #expect(try report.digest == Bundle.digest(of: bytes).hex)
        #expect(try report.signer == Self.key.get().verifying.id)
        #expect(try check(Self.signed([])).isAccepted)
    }

    @Test func onlyTrustedKeysCount() throws {
        let bytes = try Self.signed([])
        let id = try Self.key.get().verifying.id
        for trusted in [[], [try SigningKey().verifying]] {
            let report = try check(bytes, trusted: trusted)
            #expect(
                report.refusals == [
                    PolicyRefusal(.signature, "it is signed with the key \(id), which is not trusted here")
                ])
        }
        let unsigned = try check(Self.bundle())
        #expect(unsigned.refusals.map(\.kind) == [.signature])
        #expect(unsigned.refusals.first?.reason.hasPrefix("it is not signed") == true)
    }

    @Test func everyFlippedByteIsRefused() throws {
        let bytes = try Self.signed([Self.test("one")])
        for index in stride(from: 0, to: bytes.count, by: 29) {
            var changed = bytes
            changed[index] ^= 1
            for candidate in [changed, Bundle.resealed(changed)] where candidate != bytes {
                let report = BundleAcceptance(trustedKeys: [try Self.key.get().verifying])
                    .check(candidate) { (_: [UInt8]) throws(WorkerError) in
                        Issue.record("a worker was asked for at \(index)")
                        throw WorkerError(.unavailable, "none")
                    }
                #expect(!report.isAccepted, "\(index)")
            }
        }
    }

    @Test func aFailingTestSaysWhichAndWhy() throws {
        let report = try check(Self.signed([Self.test("good"), Self.test("held", expects: .quarantine)]))
        #expect(report.testsRun == 2)
        #expect(
            report.refusals == [
                PolicyRefusal(
                    .test, test: "held", "expected quarantine, got deliver; no rule fired (policy.lazaret:7)")
            ])
        #expect(report.refusals.first?.description.hasPrefix("test “held”: expected") == true)
    }

    @Test func testsMayBeAskedFor() throws {
        let report = try check(Self.signed([]), needsTests: true)
        #expect(report.refusals.map(\.kind) == [.bundle])
        #expect(try check(Self.signed([Self.test("one")]), needsTests: true).isAccepted)
    }

    @Test func aWorkerThatCannotStartOrDiesIsARefusal() throws {
        let refused = try check(Self.signed([]), worker: "frame(); send(20, {'reason': 'no room'})")
        #expect(refused.refusals.map(\.kind) == [.worker])
        let dying = "answer(frame())\nframe()\nsys.exit(3)"
        let died = try check(Self.signed([Self.test("one")]), worker: dying)
        #expect(died.refusals.map(\.kind) == [.test])
        #expect(died.refusals.first?.reason.contains("two workers failed on it") == true)
    }

    @Test func testsHaveATimeTogether() throws {
        var limits = AcceptanceLimits()
        limits.testSeconds = 0
        let report = try check(Self.signed([Self.test("one"), Self.test("two")]), limits: limits)
        #expect(report.testsRun == 0)
        #expect(report.refusals.count == 2)
        #expect(report.refusals.first?.reason.contains("it was not run") == true)
    }

    @Test func manyRefusalsAreCounted() throws {
        var limits = AcceptanceLimits()
        limits.refusals = 2
        let tests = (0..<3).map { Self.test("test \($0)", expects: .reject) }
        #expect(try check(Self.signed(Array(tests.prefix(2))), limits: limits).refusals.count == 2)
        let report = try check(Self.signed(tests), limits: limits)
        #expect(report.refusals.count == 3)
        #expect(report.refusals.last?.reason == "and 1 more")
    }
}
