import Foundation
import Glibc
import TestSupport
import Testing
import Workers

/// Streams that are closed, outputs that are no files, names that would steer a terminal.
@Suite struct HostileSurroundingsTests {
    private static let honest = "while True: answer(frame())"

    private func mails(_ names: String...) throws -> Scratch {
        let scratch = try Scratch(["policy.lzb": "any bytes: the script does not look at them"])
        for name in names { try scratch.write("mails/" + name, "Subject: x\n\nmail\n") }
        return scratch
    }

    /// Runs a line of shell in which `$LAZARET` is the executable; the status it ends with.
    private func shell(_ line: String, worker: ScriptWorker, in scratch: Scratch) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = ["-c", line]
        process.currentDirectoryURL = scratch.url
        var environment = ProcessInfo.processInfo.environment
        environment["LAZARET"] = CommandLine.executables.appendingPathComponent("lazaret").path
        environment["LAZARET_WORKER"] = worker.path
        process.environment = environment
        try process.run()
        process.waitUntilExit()
        return process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
    }

    @Test(arguments: [
        (">&-", Int32(3)), ("2>&-", 0), ("<&- >&- 2>&-", 3), ("> /dev/full 2> /dev/full", 3), ("<&-", 0),
    ])
    func closedOrFullStreamsDoNotCrash(_ streams: String, _ status: Int32) throws {
        let scratch = try mails("1.eml")
        let script = try ScriptWorker(Self.honest)
        defer { script.remove() }
        let line = "exec $LAZARET dry-run --policy policy.lzb mails \(streams)"
        #expect(try shell(line, worker: script, in: scratch) == status, "\(streams)")
    }

    /// Whatever the policy is: the worker that stands there is nobody's fault but the installation's.
    @Test func aWorkerOfAnotherReleaseIsTheEnvironments() throws {
        let scratch = try mails("1.eml")
        let script = try ScriptWorker("frame(); send(17, {'release': '9.9.9/00000000'}); frame()")
        defer { script.remove() }
        let line = "$LAZARET dry-run --policy policy.lzb mails 2> errors"
        #expect(try shell(line, worker: script, in: scratch) == 3)
        #expect(scratch.text("errors")?.contains("use the lazaret-worker that was built with it") == true)
    }

    /// It says its own release, which is all that a pool of another one needs, and does nothing for it.
    @Test func theWorkerDoesNothingForAnotherRelease() throws {
        let configuration = String(decoding: try JSONEncoder().encode(WorkerConfiguration()), as: UTF8.self)
        let process = Process()
        process.executableURL = CommandLine.executables.appendingPathComponent("lazaret-worker")
        let (requests, replies) = (Pipe(), Pipe())
        (process.standardInput, process.standardOutput) = (requests, replies)
        process.standardError = FileHandle.nullDevice
        try process.run()
        let frames = [
            (UInt8(1), "{\"configuration\":\(configuration),\"hasBundle\":false,\"release\":\"9.9.9/00000000\"}"),
            (2, "{\"withText\":false}"),
        ]
        var answers: [String] = []
        for (kind, json) in frames {
            var bytes = Data()
            for number in [UInt32(json.utf8.count + 5), UInt32(json.utf8.count)] {
                withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
                if bytes.count == 4 { bytes.append(kind) }
            }
            try requests.fileHandleForWriting.write(contentsOf: bytes + Data(json.utf8))
            answers.append(String(decoding: replies.fileHandleForReading.availableData, as: UTF8.self))
        }
        try requests.fileHandleForWriting.close()
        process.waitUntilExit()
        #expect(answers.first?.contains("\"release\":\"\(Release.version)") == true)
        #expect(answers.last?.contains("this worker is not set up") == true)
    }

    @Test func anOutputThatIsNoFileIsWrittenToAndNotReplaced() throws {
        let scratch = try mails("1.eml")
        let script = try ScriptWorker(Self.honest)
        defer { script.remove() }
        let pipe = scratch.path("pipe")
        #expect(mkfifo(pipe, 0o600) == 0)
        let line = "cat pipe > copy & $LAZARET dry-run --policy policy.lzb --format jsonl -o pipe mails && wait"
        #expect(try shell(line, worker: script, in: scratch) == 0)
        var status = stat()
        #expect(stat(pipe, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO)
        #expect(scratch.text("copy")?.hasPrefix("{\"mail\":") == true)
    }

    @Test(arguments: ["dry-run", "explain", "inspect"]) func namesDoNotSteerTheTerminal(_ command: String) throws {
        let scratch = try mails("1.eml")
        try FileManager.default.createSymbolicLink(
            atPath: scratch.path("mails/\u{1B}[2J\n\u{202E}.eml"), withDestinationPath: "nowhere")
        let script = try ScriptWorker(Self.honest)
        defer { script.remove() }
        let policy = command == "inspect" ? [] : ["--policy", scratch.path("policy.lzb")]
        let result = try CommandLine.run([command] + policy + [scratch.path("mails")], worker: script)
        #expect(result.status == 1)
        #expect(result.output.contains("No such file or directory"))
        #expect(!result.output.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" })
    }

    @Test func aWorkerKilledWhileItStartsDoesNotEndTheRun() throws {
        let scratch = try mails("1.eml", "2.eml")
        let script = try ScriptWorker(
            """
            if len(noted('starts')) in (1, 2): os.kill(os.getpid(), 9)
            while True: answer(frame())
            """)
        defer { script.remove() }
        let result = try CommandLine.run(
            [
                "dry-run", "--policy", scratch.path("policy.lzb"), "--jobs", "1", "--format", "jsonl",
                scratch.path("mails"),
            ],
            worker: script)
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.objects.count == 2)
    }

    @Test func workersThatAreAlwaysKilledEndTheRun() throws {
        let scratch = try mails("1.eml")
        let script = try ScriptWorker("os.kill(os.getpid(), 9)")
        defer { script.remove() }
        let result = try CommandLine.run(
            ["dry-run", "--policy", scratch.path("policy.lzb"), "--jobs", "1", scratch.path("mails")], worker: script)
        #expect(result.status == 3)
        #expect(result.errors.contains("signal 9"))
        #expect(script.noted("starts").count == 3)
    }

    @Test func recipientsThatWereNotGuessedAreSaid() throws {
        let scratch = try Scratch()
        let names = (0..<1_500).map { "u\($0)@acme.example" }.joined(separator: ",\r\n ")
        try scratch.write("many.eml", "From: a@x.example\r\nTo: \(names)\r\nSubject: x\r\n\r\nmail\r\n")
        try scratch.write(
            "policy/policy.lazaret",
            """
            policy small { edition 1 domains "acme.example" }
            rule large { on inbound when message.size > 1 MB then reject "too large" }

            """)
        let result = try CommandLine.run(
            ["dry-run", "--policy", scratch.path("policy"), "--format", "jsonl", scratch.path("many.eml")])
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.objects.count == 1_000)
        let guessed = result.objects.first?["guessed"] as? [String] ?? []
        #expect(guessed.contains("only the first 1000 of 1500 recipients"))
    }

    /// What `check` calls good must load: a worker that refuses the bundle later stops the mail.
    @Test(arguments: ["subject contains \"LONG\"", "subject contains texts", "subject mentions words"])
    func textsTooLongToSearchForAreToldByCheck(_ condition: String) throws {
        let long = String(repeating: "long ", count: 2_000) + "text"
        let policy = """
            policy small { edition 1 domains "acme.example" }
            list texts of Text { "LONG" }
            dictionary words {
                threshold 1
                1 phrase "LONG"
            }
            rule r { on inbound when \(condition) then reject "no" }

            """
        let scratch = try Scratch(["policy.lazaret": policy.replacingOccurrences(of: "LONG", with: long)])
        let result = try CommandLine.run(["check", scratch.path("policy.lazaret")])
        #expect(result.status == 1)
        #expect(result.output.contains("LZ0315"), "\(result.output)")
        let short = try Scratch(["policy.lazaret": policy.replacingOccurrences(of: "LONG", with: "short")])
        #expect(try CommandLine.run(["check", short.path("policy.lazaret")]).status == 0)
    }
}
