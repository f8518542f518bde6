import Foundation
import Glibc
import Synchronization
import TestSupport
import Testing
import Vocabulary
import Workers

/// What the pool does with workers that behave and workers that do not.
@Suite(.serialized) struct WorkerPoolTests {
    private func inspect(_ pool: WorkerPool, _ mail: [UInt8] = [1, 2, 3]) -> Result<Int?, WorkerError> {
        do throws(WorkerError) {
            return .success(try pool.inspect(mail, withText: false).root.size)
        } catch {
            return .failure(error)
        }
    }

    private func failure(_ result: Result<Int?, WorkerError>) -> WorkerError? {
        if case .failure(let error) = result { return error }
        return nil
    }

    private func isGone(_ pid: Int32) -> Bool { kill(pid, 0) != 0 && errno == ESRCH }

    @Test func aWorkerAnswersManyMessages() throws {
        let script = try ScriptWorker("while True: answer(frame())")
        defer { script.remove() }
        let pool = script.pool()
        for size in [0, 1, 70_000, 3_000_000] {
            #expect(try inspect(pool, Array(repeating: 7, count: size)).get() == size)
        }
        pool.stop()
        #expect(script.noted("starts").count == 1)
        #expect(script.noted("starts").allSatisfy(isGone))
    }

    @Test func aWorkerThatDiesIsReplacedAndTheMessageTriedOnceMore() throws {
        let script = try ScriptWorker(
            """
            while True:
                request = frame()
                if request[0] != 1 and len(noted('starts')) == 1: os.kill(os.getpid(), 11)
                answer(request)
            """)
        defer { script.remove() }
        let pool = script.pool()
        #expect(try inspect(pool).get() == 3)
        #expect(script.noted("starts").count == 2)
        pool.stop()
    }

    @Test func aMessageThatKillsTwoWorkersIsUnprocessableAndThePoolLivesOn() throws {
        let script = try ScriptWorker(
            """
            while True:
                request = frame()
                if request[2] == b'poison':
                    sys.stderr.write('cannot stand this'); sys.stderr.flush()
                    os.kill(os.getpid(), 11)
                answer(request)
            """)
        defer { script.remove() }
        let pool = script.pool()
        let error = failure(inspect(pool, Array("poison".utf8)))
        #expect(error?.code == .unprocessable)
        #expect(error?.reason.contains("signal 11") == true)
        #expect(error?.reason.contains("cannot stand this") == true)
        #expect(script.noted("starts").count == 2)
        #expect(try inspect(pool).get() == 3)
        pool.stop()
        #expect(script.noted("starts").allSatisfy(isGone))
    }

    @Test func aHungWorkerIsKilledAtTheDeadlineWithItsChildren() throws {
        let script = try ScriptWorker(
            """
            while True:
                request = frame()
                if request[0] != 1:
                    if os.fork() == 0: note('children')
                    time.sleep(600)
                answer(request)
            """)
        defer { script.remove() }
        let pool = script.pool { $0.messageSeconds = 0.5 }
        let began = ContinuousClock.now
        let error = failure(inspect(pool))
        #expect(error?.code == .unprocessable)
        #expect(error?.reason.contains("gave no answer within 0.5 s") == true)
        // Far from how long the worker would have hung, and from what a loaded machine takes to start two.
        #expect(ContinuousClock.now - began < .seconds(300))
        pool.stop()
        #expect(script.noted("starts").count == 2)
        #expect(script.noted("starts").allSatisfy(isGone))
        let children = script.noted("children")
        #expect(children.count == 2)
        // Nobody of ours reaps a grandchild; it is enough that it does not run.
        for child in children {
            var isRunning = true
            for _ in 0..<6000 where isRunning {
                let status = (try? String(contentsOfFile: "/proc/\(child)/stat", encoding: .utf8)) ?? ""
                isRunning = !status.isEmpty && !status.contains(") Z")
                if isRunning { usleep(10_000) }
            }
            #expect(!isRunning)
        }
    }

    @Test(arguments: [
        ("write(b'HTTP/1.1 400 Bad Request and some more bytes')", "frame"),
        ("write(struct.pack('<IBI', 200, 18, 190) + b'{'); sys.exit(4)", "in the middle of its reply"),
        ("write(struct.pack('<IBI', 5, 99, 0))", "unknown kind 99"),
        ("write(struct.pack('<IBI', 7, 18, 400))", "contradict"),
        ("send(18, {'root': 7})", "makes no sense"),
        ("send(19, report(1))", "makes no sense"),
        ("os.close(1); time.sleep(60)", "closed its output"),
        ("sys.exit(7)", "ended with status 7"),
    ])
    func garbageCountsAsADeadWorker(_ misbehaviour: String, _ words: String) throws {
        let script = try ScriptWorker(
            """
            while True:
                request = frame()
                if request[0] == 1: answer(request)
                else:
                    \(misbehaviour)
            """)
        defer { script.remove() }
        let pool = script.pool()
        let error = failure(inspect(pool))
        #expect(error?.code == .unprocessable)
        #expect(error?.reason.contains(words) == true, "\(error?.reason ?? "no error")")
        pool.stop()
        #expect(script.noted("starts").count == 2)
    }

    /// One ended by a signal says nothing of the next, so it is tried again a few times.
    @Test(arguments: [
        ("sys.exit(1)", 1), ("os.kill(os.getpid(), 9)", WorkerLimits().startAttempts),
        ("frame(); send(18, report(1))", 1),
    ])
    func aWorkerThatCannotStartIsTheEnvironmentsFault(_ body: String, _ starts: Int) throws {
        let script = try ScriptWorker(body)
        defer { script.remove() }
        let pool = script.pool()
        #expect(failure(inspect(pool))?.code == .unavailable)
        #expect(script.noted("starts").count == starts)
    }

    /// It would misunderstand what it is asked without either noticing.
    @Test(arguments: [
        ("send(17, {})", "an older release"), ("send(17, {'release': '9.9.9/00000000'})", "release 9.9.9/00000000"),
    ])
    func aWorkerOfAnotherReleaseIsSentAway(_ greeting: String, _ words: String) throws {
        let script = try ScriptWorker("frame(); \(greeting); frame()")
        defer { script.remove() }
        let error = #expect(throws: WorkerError.self) { try script.pool().warmUp() }
        #expect(error?.code == .unavailable)
        #expect(error?.reason.contains("belongs to \(words), this program to \(Release.version)/") == true)
        #expect(script.noted("starts").count == 1)
    }

    @Test func aMissingWorkerIsTheEnvironmentsFault() {
        let pool = WorkerPool(executable: "/nowhere/lazaret-worker", size: 1)
        #expect(failure(inspect(pool)) == WorkerError(.unavailable, ""))
        #expect(throws: WorkerError(.unavailable, "")) {
            try WorkerLocation.find(environment: ["LAZARET_WORKER": "/nowhere/lazaret-worker"])
        }
    }

    @Test func aRefusedBundleIsSaidAtOnce() throws {
        let script = try ScriptWorker("frame(); send(20, {'reason': 'the bundle is cut'}); frame()")
        defer { script.remove() }
        let error = #expect(throws: WorkerError.self) { try script.pool().warmUp() }
        #expect(error?.code == .refused)
        #expect(error?.reason == "the bundle is cut")
    }

    @Test func aFaultIsTheWorkersWordAndNotTriedAgain() throws {
        let script = try ScriptWorker(
            """
            answer(frame())
            while True:
                frame()
                send(20, {'reason': 'no policy was given'})
            """)
        defer { script.remove() }
        let pool = script.pool()
        #expect(failure(inspect(pool))?.reason == "no policy was given")
        #expect(failure(inspect(pool))?.code == .unprocessable)
        #expect(script.noted("starts").count == 1)
    }

    @Test func aWorkerIsRenewedAfterItsShareOfMessages() throws {
        let script = try ScriptWorker("while True: answer(frame())")
        defer { script.remove() }
        // The configuration counts as one.
        let pool = script.pool { $0.messagesOfWorker = 4 }
        for _ in 0..<7 { #expect(try inspect(pool).get() == 3) }
        #expect(script.noted("starts").count == 3)
        pool.stop()
        #expect(script.noted("starts").allSatisfy(isGone))
    }

    @Test func aMailLargerThanARequestIsUnprocessable() throws {
        let script = try ScriptWorker("while True: answer(frame())")
        defer { script.remove() }
        let pool = script.pool { $0.requestBytes = 1000 }
        #expect(failure(inspect(pool, Array(repeating: 0, count: 1000)))?.code == .unprocessable)
        #expect(try inspect(pool, Array(repeating: 0, count: 900)).get() == 900)
    }

    @Test func aReplyLargerThanItsBoundCountsAsADeadWorker() throws {
        let script = try ScriptWorker(
            """
            while True:
                request = frame()
                if request[0] == 1: answer(request)
                else:
                    text = json.dumps(report(3)).encode().ljust(len(request[2]) - 5)
                    write(struct.pack('<IBI', len(text) + 5, 18, len(text)) + text)
            """)
        defer { script.remove() }
        let pool = script.pool { $0.replyBytes = 1_000 }
        #expect(try inspect(pool, Array(repeating: 0, count: 1_000)).get() == 3)
        let error = failure(inspect(pool, Array(repeating: 0, count: 1_001)))
        #expect(error?.code == .unprocessable)
        #expect(script.noted("starts").count == 2)
    }

    @Test func ofAWorkersLastWordsTheEndIsKept() throws {
        let script = try ScriptWorker(
            """
            answer(frame())
            text = frame()[2]
            while text: text = text[os.write(2, text):]
            os.kill(os.getpid(), 11)
            """)
        defer { script.remove() }
        let pool = script.pool { $0.complaintBytes = 100 }
        for count in [100, 101] {
            let words = "<" + String(repeating: "w", count: count - 2) + ">"
            let reason = try #require(failure(inspect(pool, Array(words.utf8)))).reason
            #expect(reason.contains(words.suffix(100)))
            #expect(reason.contains(words) == (count == 100))
        }
    }

    @Test func aWorkerThatWritesMuchBeforeItReadsDoesNotDeadlock() throws {
        let script = try ScriptWorker(
            """
            answer(frame())
            os.write(2, b'x' * 300000)
            while True: answer(frame())
            """)
        defer { script.remove() }
        let pool = script.pool()
        #expect(try inspect(pool, Array(repeating: 1, count: 2_000_000)).get() == 2_000_000)
    }

    @Test func stoppingEndsWaitingCallsAtOnce() throws {
        let script = try ScriptWorker("answer(frame()); frame(); note('hangs'); time.sleep(600)")
        defer { script.remove() }
        let pool = script.pool { $0.messageSeconds = 600 }
        let began = ContinuousClock.now
        Thread.detachNewThread {
            while script.noted("hangs").isEmpty, ContinuousClock.now - began < .seconds(200) { usleep(5000) }
            pool.stop()
        }
        #expect(failure(inspect(pool))?.code == .cancelled)
        #expect(ContinuousClock.now - began < .seconds(300))
        #expect(failure(inspect(pool))?.code == .cancelled)
    }

    @Test func manyCallersShareFewWorkersAndNoDescriptorLeaks() throws {
        let script = try ScriptWorker(
            """
            while True:
                request = frame()
                if len(request[2]) % 5 == 4: sys.exit(1)
                answer(request)
            """)
        defer { script.remove() }
        let before = openDescriptors()
        do {
            let pool = script.pool(size: 2)
            let answers = Mutex<[Int: Bool]>([:])
            DispatchQueue.concurrentPerform(iterations: 20) { size in
                let result = inspect(pool, Array(repeating: 1, count: size))
                let isRight = size % 5 == 4 ? failure(result)?.code == .unprocessable : (try? result.get()) == size
                answers.withLock { $0[size] = isRight }
            }
            #expect(answers.withLock { $0.values.filter { $0 }.count } == 20)
            pool.stop()
        }
        // Other suites of this process open files too; thirteen workers that leak would be 39 descriptors.
        var left = 6000
        while openDescriptors() > before + 20, left > 0 {
            usleep(10_000)
            left -= 1
        }
        #expect(left > 0)
        #expect(script.noted("starts").allSatisfy(isGone))
    }

    private func openDescriptors() -> Int {
        (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count) ?? 0
    }
}
