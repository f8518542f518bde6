import Foundation
import Glibc
import PolicyTesting
import TestSupport
import Testing

/// Usage, statuses and output of the command line. Workers are scripts here, so that nothing depends on what real ones
/// find in a mail.
@Suite struct CommandLineTests {
    @Test func everyCommandHasAnExampleInItsHelp() throws {
        for command in ["init", "check", "compile", "disasm", "fmt", "test", "inspect", "explain", "dry-run"] {
            let help = try CommandLine.run("help", command)
            #expect(help.status == 0)
            #expect(help.output.contains("Example: lazaret \(command)"), "\(command)")
        }
        #expect(try CommandLine.run("--version").output.hasPrefix("lazaret "))
    }

    @Test(arguments: [
        ["check"], ["check", "--nonsense"], ["compile", "x"], ["dry-run", "x.eml"], ["dry-run", "--policy", "x"],
        ["dry-run", "--policy", "x", "--client-ip", "300.1.1.1", "m"],
        ["dry-run", "--policy", "x", "--to", "nobody", "m"],
        ["dry-run", "--policy", "x", "--jobs", "0", "m"], ["inspect", "--format", "xml", "m"],
        ["dry-run", "--policy", "x", "--stdin-list", "-"],
    ])
    func wrongUsageEndsWithTwo(_ arguments: [String]) throws {
        let result: CommandLine.Result
        switch arguments.count {
        case 1: result = try CommandLine.run(arguments[0])
        case 2: result = try CommandLine.run(arguments[0], arguments[1])
        case 3: result = try CommandLine.run(arguments[0], arguments[1], arguments[2])
        case 4: result = try CommandLine.run(arguments[0], arguments[1], arguments[2], arguments[3])
        case 5: result = try CommandLine.run(arguments[0], arguments[1], arguments[2], arguments[3], arguments[4])
        default:
            result = try CommandLine.run(
                arguments[0], arguments[1], arguments[2], arguments[3], arguments[4], arguments[5])
        }
        #expect(result.status == 2, "\(result.errors)")
        #expect(result.errors.contains("Usage:"))
        #expect(result.output.isEmpty)
    }

    @Test func noWorkerIsTheEnvironmentsFault() throws {
        let scratch = try Scratch(["mail.eml": "Subject: x\n\nx\n"])
        let script = try ScriptWorker("sys.exit(1)")
        defer { script.remove() }
        let result = try CommandLine.run("inspect", scratch.path("mail.eml"), worker: script)
        #expect(result.status == 3)
        #expect(result.errors.contains("ended with status 1 while starting"))
    }

    @Test func fmtNamesAndRewritesWhatIsNotCanonical() throws {
        let scratch = try Scratch(["p/policy.lazaret": "policy   x { edition 1 }", "p/broken.lazaret": "rule {"])
        let check = try CommandLine.run("fmt", "--check", scratch.path("p/policy.lazaret"))
        #expect(check.status == 1)
        #expect(check.lines == [scratch.path("p/policy.lazaret")])
        #expect(scratch.text("p/policy.lazaret") == "policy   x { edition 1 }")
        #expect(try CommandLine.run("fmt", scratch.path("p/policy.lazaret")).status == 0)
        #expect(scratch.text("p/policy.lazaret")?.hasPrefix("policy x {") == true)
        #expect(try CommandLine.run("fmt", "--check", scratch.path("p/policy.lazaret")).status == 0)
        let broken = try CommandLine.run("fmt", scratch.path("p"))
        #expect(broken.status == 1)
        #expect(broken.errors.contains("broken.lazaret"))
        #expect(scratch.text("p/broken.lazaret") == "rule {")
    }

    // MARK: Mails through workers

    private static let honest = "while True: answer(frame())"

    private func mails(_ count: Int) throws -> Scratch {
        let scratch = try Scratch(["policy.lzb": "any bytes: the script does not look at them"])
        for number in 0..<count {
            try scratch.write("mails/\(String(100 + number)).eml", "Subject: \(number)\n\nmail\n")
        }
        return scratch
    }

    @Test func aDryRunGivesALineForEachMailAndRecipientInOrder() throws {
        let scratch = try mails(30)
        let script = try ScriptWorker(
            "while True:\n    request = frame()\n    time.sleep(len(request[2]) % 3 / 100)\n    answer(request)")
        defer { script.remove() }
        let result = try CommandLine.run(
            "dry-run", "--policy", scratch.path("policy.lzb"), "--format", "jsonl", "--jobs", "3", "--to",
            "bob@acme.example", "--to", "zoe@acme.example", scratch.path("mails"), worker: script)
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.errors.isEmpty)
        let names = result.objects.compactMap {
            ($0["mail"] as? String).map { URL(fileURLWithPath: $0).lastPathComponent }
        }
        #expect(names == (0..<30).flatMap { ["\(100 + $0).eml", "\(100 + $0).eml"] })
        #expect(result.objects.first?["recipient"] as? String == "bob@acme.example")
        #expect(script.noted("starts").count == 3)
    }

    @Test func anUnreadableMailIsALineAndTheStatusSaysSo() throws {
        let scratch = try mails(2)
        let script = try ScriptWorker(Self.honest)
        defer { script.remove() }
        let result = try CommandLine.run(
            "dry-run", "--policy", scratch.path("policy.lzb"), "--format", "jsonl", scratch.path("missing.eml"),
            scratch.path("mails"), worker: script)
        #expect(result.status == 1)
        #expect(result.objects.count == 3)
        #expect(result.objects.first?["error"] as? String == "No such file or directory")
        #expect(result.objects.last?["error"] is NSNull)
    }

    @Test func aMailThatKillsTwoWorkersIsALineAndTheRunGoesOn() throws {
        let scratch = try mails(3)
        try scratch.write("mails/101.eml", "poison")
        let script = try ScriptWorker(
            "while True:\n    request = frame()\n    if request[2] == b'poison': os.kill(os.getpid(), 11)\n    answer(request)"
        )
        defer { script.remove() }
        let result = try CommandLine.run(
            "dry-run", "--policy", scratch.path("policy.lzb"), "--format", "jsonl", scratch.path("mails"),
            worker: script)
        #expect(result.status == 1)
        #expect(result.objects.count == 3)
        #expect((result.objects.dropFirst().first?["error"] as? String)?.contains("two workers failed on it") == true)
    }

    @Test func standardInputIsAMailOrAListOfPaths() throws {
        let scratch = try mails(2)
        let script = try ScriptWorker(Self.honest)
        defer { script.remove() }
        let mail = try CommandLine.run(
            "inspect", "--format", "json", "-", input: "Subject: x\n\nhello\n", worker: script)
        #expect(mail.status == 0)
        #expect(mail.output.contains("\"mail\": \"-\""))
        #expect(mail.output.contains("\"size\": 18"))
        let list = try CommandLine.run(
            "inspect", "--format", "json", "--stdin-list",
            input: scratch.path("mails/101.eml") + "\n\n" + scratch.path("mails/100.eml") + "\n", worker: script)
        #expect(
            list.objects.compactMap { $0["mail"] as? String } == ["mails/101.eml", "mails/100.eml"].map(scratch.path))
    }

    @Test func aPathInAListHasAGreatestLength() throws {
        let script = try ScriptWorker(Self.honest)
        defer { script.remove() }
        func told(_ bytes: Int) throws -> String {
            let path = "/" + String(repeating: "x", count: bytes - 1)
            let result = try CommandLine.run(
                "inspect", "--format", "json", "--stdin-list", input: path + "\n", worker: script)
            return result.output + result.errors
        }
        let most = MailLimits().pathBytes
        let words = "a path of more than \(most) bytes"
        // No system has paths that are so long, so there is a fault either way.
        let within = try told(most)
        #expect(!within.isEmpty && !within.contains(words))
        #expect(try told(most + 1).contains(words))
    }

    @Test func anOutputFileAppearsOnlyWhole() throws {
        let scratch = try mails(2)
        let script = try ScriptWorker(Self.honest)
        defer { script.remove() }
        let result = try CommandLine.run(
            "dry-run", "--policy", scratch.path("policy.lzb"), "--format", "jsonl", "-o", scratch.path("out.jsonl"),
            scratch.path("mails"), worker: script)
        #expect(result.status == 0)
        #expect(result.output.isEmpty)
        #expect(scratch.text("out.jsonl")?.split(separator: "\n").count == 2)
        #expect(scratch.names == ["mails", "out.jsonl", "policy.lzb"])
        let refused = try ScriptWorker("frame(); send(20, {'reason': 'the bundle is cut'}); frame()")
        defer { refused.remove() }
        let failed = try CommandLine.run(
            "dry-run", "--policy", scratch.path("policy.lzb"), "-o", scratch.path("out.jsonl"), scratch.path("mails"),
            worker: refused)
        #expect(failed.status == 1)
        #expect(failed.errors.contains("the bundle is cut"))
        #expect(scratch.text("out.jsonl")?.split(separator: "\n").count == 2)
        #expect(scratch.names == ["mails", "out.jsonl", "policy.lzb"])
        let nowhere = try CommandLine.run(
            "dry-run", "--policy", scratch.path("policy.lzb"), "-o", "/nowhere/out.jsonl", scratch.path("mails"),
            worker: script)
        #expect(nowhere.status == 3)
    }

    @Test func controlCEndsTheRunWithWhatWasDone() throws {
        let scratch = try mails(6)
        let script = try ScriptWorker(
            """
            while True:
                request = frame()
                if b'Subject: 3' in request[2]:
                    note('hangs')
                    time.sleep(600)
                answer(request)
            """)
        defer { script.remove() }
        let result = try CommandLine.run(
            "dry-run", "--policy", scratch.path("policy.lzb"), "--format", "jsonl", "--jobs", "1",
            scratch.path("mails"), worker: script
        ) { process in
            let pid = process.processIdentifier
            DispatchQueue.global().async {
                for _ in 0..<30_000 where script.noted("hangs").isEmpty { usleep(10_000) }
                kill(pid, SIGINT)
            }
        }
        #expect(result.objects.count == 3)
        // Not 0: a script must not take the results for those of all mails.
        #expect(result.status == 3)
        #expect(result.errors.contains("ended early"))
        for pid in script.noted("starts") { #expect(kill(pid, 0) != 0) }
    }

    @Test func aReaderThatGoesAwayEndsTheRunQuietly() throws {
        let scratch = try mails(3)
        let script = try ScriptWorker(Self.honest)
        defer { script.remove() }
        let shell = Process()
        shell.executableURL = URL(fileURLWithPath: "/bin/bash")
        shell.arguments = [
            "-c",
            "'\(CommandLine.executables.path)/lazaret' inspect --format json --text '\(scratch.path("mails"))' | true",
        ]
        shell.environment = ProcessInfo.processInfo.environment.merging(["LAZARET_WORKER": script.path]) { $1 }
        let errors = Pipe()
        shell.standardError = errors
        try shell.run()
        let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        shell.waitUntilExit()
        #expect(text == "")
    }
}
