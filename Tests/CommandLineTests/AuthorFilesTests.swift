import Foundation
import Glibc
import TestSupport
import Testing

/// Commands that write into an author's own files lose nothing of theirs.
@Suite struct AuthorFilesTests {
    private static let policy = """
        policy small {
            edition 1
            domains "acme.example"
        }

        rule urgent {
            on     inbound
            when   subject contains "urgent"
            then   quarantine hurry
        }

        """

    private static func test(_ name: String) -> String {
        """
        test "\(name)" {
            mail   "urgent.eml" inbound from "eve@x.example" to "bob@acme.example"
            expect deliver
        }

        """
    }

    private func scratch() throws -> Scratch {
        try Scratch([
            "policy.lazaret": Self.policy, "tests.lazaret": Self.test("one"), "more.lazaret": Self.test("two"),
            "urgent.eml": "Subject: urgent\n\nx\n",
        ])
    }

    /// Runs an update with a worker that does something in the policy's folder before it begins to work.
    private func update(_ scratch: Scratch, meanwhile line: String) throws -> CommandLine.Result {
        let worker = CommandLine.executables.appendingPathComponent("lazaret-worker").path
        let script = try ScriptWorker(
            """
            import subprocess
            subprocess.run(['sh', '-c', "\(line)"], cwd='\(scratch.url.path)')
            os.execv('\(worker)', ['lazaret-worker'] + sys.argv[1:])
            """)
        defer { script.remove() }
        return try CommandLine.run("test", "--update", "--update-in-ci", scratch.url.path, worker: script)
    }

    private func hasLeftovers(_ scratch: Scratch) -> Bool { scratch.names.contains { $0.contains("partial") } }

    @Test func whatTheAuthorSavedMeanwhileIsKept() throws {
        let scratch = try scratch()
        let run = try update(scratch, meanwhile: "echo '# a thought' >> tests.lazaret")
        #expect(run.status == 3, "\(run.output)\(run.errors)")
        #expect(run.errors.contains("tests.lazaret was changed by somebody else meanwhile"))
        #expect(scratch.text("tests.lazaret")?.hasPrefix(Self.test("one") + "# a thought\n") == true)
        #expect(scratch.text("more.lazaret") == Self.test("two"))
        #expect(!hasLeftovers(scratch))
    }

    @Test func aFileThatIsNotToBeWrittenKeepsAllAsTheyAre() throws {
        let scratch = try scratch()
        chmod(scratch.path("tests.lazaret"), 0o444)
        let run = try CommandLine.run("test", "--update", "--update-in-ci", scratch.url.path)
        #expect(run.status == 3, "\(run.output)\(run.errors)")
        #expect(run.errors.contains("tests.lazaret: Permission denied"))
        #expect(scratch.text("tests.lazaret") == Self.test("one"))
        #expect(scratch.text("more.lazaret") == Self.test("two"))
        #expect(!hasLeftovers(scratch))
        chmod(scratch.path("policy.lazaret"), 0o444)
        try scratch.write("policy.lazaret", Self.policy + "\n\n\n")
        chmod(scratch.path("policy.lazaret"), 0o444)
        #expect(try CommandLine.run("fmt", scratch.path("policy.lazaret")).status == 3)
        #expect(scratch.text("policy.lazaret") == Self.policy + "\n\n\n")
    }

    @Test func linesThatEndWithCRAreShownWithoutIt() throws {
        let scratch = try scratch()
        try scratch.write("tests.lazaret", Self.test("one").replacing("\n", with: "\r\n"))
        let run = try CommandLine.run("test", "--update", "--update-in-ci", "--color", "never", scratch.url.path)
        #expect(run.status == 0, "\(run.output)\(run.errors)")
        #expect(run.output.contains("+    expect quarantine hurry\n"))
        #expect(!run.output.contains("\u{FFFD}"))
    }

    @Test func rightsAndLinksStay() throws {
        let scratch = try scratch()
        try FileManager.default.moveItem(atPath: scratch.path("tests.lazaret"), toPath: scratch.path("real"))
        try FileManager.default.createSymbolicLink(atPath: scratch.path("tests.lazaret"), withDestinationPath: "real")
        chmod(scratch.path("real"), 0o640)
        #expect(chown(scratch.path("real"), getuid(), getgid()) == 0)
        let run = try CommandLine.run("test", "--update", "--update-in-ci", scratch.url.path)
        #expect(run.status == 0, "\(run.output)\(run.errors)")
        var status = stat()
        #expect(lstat(scratch.path("tests.lazaret"), &status) == 0 && status.st_mode & S_IFMT == S_IFLNK)
        #expect(lstat(scratch.path("real"), &status) == 0 && status.st_mode & 0o777 == 0o640)
        #expect(scratch.text("real")?.contains("expect quarantine hurry") == true)
        #expect(!hasLeftovers(scratch))
    }

    /// Whenever it is killed, each file is as it was or as it was to be.
    @Test func aRunThatIsKilledLeavesWholeFiles() throws {
        let scratch = try scratch()
        let before = try #require(scratch.text("tests.lazaret"))
        let after = before.replacing("expect deliver", with: "expect quarantine hurry")
        for milliseconds in stride(from: 40, to: 440, by: 20) {
            try scratch.write("tests.lazaret", before)
            try scratch.write("more.lazaret", Self.test("two"))
            _ = try CommandLine.run(
                ["test", "--update", "--update-in-ci", scratch.url.path],
                whenStarted: { process in
                    let pid = process.processIdentifier
                    Thread.detachNewThread {
                        usleep(useconds_t(milliseconds * 1000))
                        kill(pid, SIGKILL)
                    }
                })
            let text = try #require(scratch.text("tests.lazaret"))
            #expect(text == before || text == after)
        }
    }
}
