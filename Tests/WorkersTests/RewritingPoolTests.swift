import TestSupport
import Testing
import Vocabulary
import Workers

/// Changed messages come back as bytes beside the JSON, from workers that behave and workers that do not.
@Suite(.serialized) struct RewritingPoolTests {
    private let tag = MessageChanges(subjectTags: ["[seen] "])

    private func failure(_ pool: WorkerPool, _ mail: [UInt8]) -> WorkerError? {
        do throws(WorkerError) {
            _ = try pool.rewrite(mail, tag)
            return nil
        } catch {
            return error
        }
    }

    /// A script that gives the mail back as the changed message, `head` being Python for its JSON.
    private func echo(_ head: String, kind: Int = 22) throws -> ScriptWorker {
        try ScriptWorker(
            """
            while True:
                request = frame()
                if request[0] == 1: answer(request)
                else:
                    text = \(head)
                    write(struct.pack('<IBI', len(text) + len(request[2]) + 5, \(kind), len(text)) + text + request[2])
            """)
    }

    @Test func bytesOfAnyKindComeBackAsTheyAre() throws {
        let script = try echo(#"b'{"remarks":[{"kind":"signature-broken","part":"1.2"}]}'"#)
        defer { script.remove() }
        let pool = script.pool()
        defer { pool.stop() }
        for count in [0, 256, 3_000_000] {
            let mail = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
            let written = try pool.rewrite(mail, tag)
            #expect(written.bytes == mail)
            #expect(written.remarks == [RewritingRemark(.signatureBroken, part: "1.2")])
        }
        #expect(script.noted("starts").count == 1)
    }

    /// A changed message has a bound of its own: 5 bytes before the JSON, and that.
    @Test func theBoundOfAReplyWithAMessage() throws {
        let script = try echo(#"b'{"remarks":[]}'"#)
        defer { script.remove() }
        let pool = script.pool {
            $0.replyBytes = 200
            $0.writtenBytes = 1_019
        }
        defer { pool.stop() }
        #expect(try pool.rewrite(Array(repeating: 7, count: 1_000), tag).bytes.count == 1_000)
        #expect(failure(pool, Array(repeating: 7, count: 1_001))?.code == .unprocessable)
        #expect(script.noted("starts").count == 2)
    }

    @Test(arguments: [("b'{}'", 22), ("b''", 22), (#"b'{"remarks":[]}'"#, 19)])
    func aReplyThatIsNoneCountsAsADeadWorker(_ head: String, _ kind: Int) throws {
        let script = try echo(head, kind: kind)
        defer { script.remove() }
        let pool = script.pool()
        defer { pool.stop() }
        let error = failure(pool, [1, 2, 3])
        #expect(error?.code == .unprocessable)
        #expect(error?.reason.contains("makes no sense") == true)
        #expect(script.noted("starts").count == 2)
    }

    @Test func theProductsWorkerTakesPartsAwayInThePolicysLanguage() throws {
        let worker = try WorkerOfPolicy(rules: #"rule r { when subject exists then tag subject "x" }"#)
        defer { worker.pool.stop() }
        let mail = WorkerOfPolicy.mail(
            "From: a@b.example", "Subject: Hello", "MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=x",
            "", "--x", "", "text", "--x", "Content-Type: application/octet-stream; name=setup.exe", "", "MZ", "--x--")
        let changes = MessageChanges(
            strippedParts: [StrippedPart(found: "1.2", removed: "1.2", name: "setup.exe", sha256: nil)],
            addedFields: [.init(name: "X-Checked", value: "yes")], subjectTags: ["[seen] "])
        let written = try worker.pool.rewrite(mail, changes)
        let text = String(decoding: written.bytes, as: UTF8.self)
        #expect(text.contains("Subject: [seen] Hello\r\n"))
        #expect(text.contains("X-Checked: yes\r\n"))
        #expect(text.contains("messagerie acme"))
        #expect(!text.contains("MZ"))
        #expect(try worker.pool.rewrite(mail, MessageChanges()).bytes == mail)
        // What is to go and is not there must stop the mail, and the worker lives on.
        let absent = MessageChanges(
            strippedParts: [StrippedPart(found: "7", removed: "7", name: nil, sha256: nil)])
        #expect(throws: WorkerError(.unprocessable, "")) { try worker.pool.rewrite(mail, absent) }
    }

    @Test func aWorkerWithoutAPolicyChangesNothing() {
        let pool = WorkerPool(executable: WorkerOfPolicy.executable, size: 1)
        defer { pool.stop() }
        let error = failure(pool, [1])
        #expect(error?.reason == "this worker has no policy")
    }
}
