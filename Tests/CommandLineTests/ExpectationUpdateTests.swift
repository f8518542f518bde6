import Foundation
import TestSupport
import Testing

/// `lazaret test --update`, with the real worker.
@Suite struct ExpectationUpdateTests {
    private static let policy = """
        policy small {
            edition 1
            domains "acme.example"
        }

        rule refused {
            on     inbound
            when   subject contains "refuse"
            then   reject "No \\"thanks\\""
        }

        rule urgent {
            on     inbound
            when   subject contains "urgent"
            unless subject contains "really"
            then   quarantine hurry
        }

        """

    private static let tests = """
        # What we promise.

        test "held" {
            mail   "urgent.eml" inbound from "eve@x.example" to "bob@acme.example"  # the mail
            expect deliver  # as before
            expect refused quiet
            expect urgent quiet
            expect log "x"
        }

        test "refused" {
            mail   "refuse.eml" inbound from "eve@x.example" to "bob@acme.example"
            expect deliver
        }

        test "expects nothing" {
            mail "really.eml" inbound from "eve@x.example" to "bob@acme.example"
        }

        test "passes" {
            mail   "really.eml" inbound from "eve@x.example" to "bob@acme.example"
            expect deliver
        }

        """

    private func scratch(_ tests: String = Self.tests) throws -> Scratch {
        try Scratch([
            "policy.lazaret": Self.policy, "tests.lazaret": tests,
            "urgent.eml": "Subject: urgent\n\nx\n", "refuse.eml": "Subject: refuse\n\nx\n",
            "really.eml": "Subject: really urgent\n\nx\n",
        ])
    }

    @Test func whatCameOutIsWrittenAndNothingElseChanges() throws {
        let scratch = try scratch()
        #expect(try CommandLine.run("test", scratch.url.path).status == 1)
        let run = try CommandLine.run("test", "--update", "--update-in-ci", "--color", "never", scratch.url.path)
        #expect(run.status == 0, "\(run.output)\(run.errors)")
        #expect(run.output.contains("3 tests updated"))
        #expect(run.output.contains("-    expect deliver  # as before"))
        #expect(run.output.contains("+    expect quarantine hurry  # as before"))
        let expected = Self.tests
            .replacingOccurrences(of: "expect deliver  # as before", with: "expect quarantine hurry  # as before")
            .replacingOccurrences(of: "expect urgent quiet\n    expect log \"x\"", with: "expect urgent fires")
            .replacingOccurrences(
                of: "\"bob@acme.example\"\n    expect deliver\n}\n\ntest \"expects",
                with: "\"bob@acme.example\"\n    expect reject \"No \\\"thanks\\\"\"\n}\n\ntest \"expects"
            )
            .replacingOccurrences(
                of: "mail \"really.eml\" inbound from \"eve@x.example\" to \"bob@acme.example\"\n}",
                with: "mail   \"really.eml\" inbound from \"eve@x.example\" to \"bob@acme.example\"\n"
                    + "    expect deliver\n    expect urgent exempted by unless\n}")
        #expect(scratch.text("tests.lazaret") == expected)
        #expect(scratch.text("policy.lazaret") == Self.policy)
        #expect(try CommandLine.run("test", scratch.url.path).status == 0)
        #expect(try CommandLine.run("fmt", "--check", scratch.url.path).status == 0)
        let again = try CommandLine.run("test", "--update", "--update-in-ci", scratch.url.path)
        #expect(again.output.contains("nothing to update"))
    }

    @Test func linesEndAsTheyDid() throws {
        let scratch = try scratch(Self.tests.replacingOccurrences(of: "\n", with: "\r\n"))
        let run = try CommandLine.run("test", "--update", "--update-in-ci", scratch.url.path)
        #expect(run.status == 0, "\(run.output)\(run.errors)")
        let text = try #require(scratch.text("tests.lazaret"))
        let lines = text.utf8.split(separator: 0x0a, omittingEmptySubsequences: false)
        #expect(lines.count > 20)
        #expect(lines.dropLast().allSatisfy { $0.last == 0x0d })
        #expect(text.contains("expect deliver\r\n    expect urgent exempted by unless\r\n}"))
        #expect(try CommandLine.run("test", scratch.url.path).status == 0)
    }

    /// Each of several addressees is expected, and a notice is the expected one whether or not outsiders get it.
    @Test func noticesAreExpectedOfEachAddressee() throws {
        let notices = """

            template word { en { subject "x" body "y" } }
            rule told { when subject contains "urgent" then notify admin using word even unauthenticated }
            test "both" {
                mail   "urgent.eml" inbound from "eve@x.example" to "bob@acme.example"
                expect notify sender, admin using word
            }
            test "one" {
                mail   "urgent.eml" inbound from "eve@x.example" to "bob@acme.example"
                expect notify admin using word
            }

            """
        let policy = Self.policy.replacingOccurrences(
            of: "    domains \"acme.example\"\n", with: "    domains \"acme.example\"\n    admin \"a@acme.example\"\n")
        let scratch = try Scratch(["policy.lazaret": policy + notices, "urgent.eml": "Subject: urgent\n\nx\n"])
        let run = try CommandLine.run("test", "--color", "never", scratch.url.path)
        #expect(run.status == 1)
        #expect(run.output.contains("expected notify sender using word, got"), "\(run.output)\(run.errors)")
        #expect(run.output.contains("1 passed, 1 failed") || run.output.contains("1 of 2"), "\(run.output)")
    }

    @Test func onlySelectedTestsAreUpdated() throws {
        let scratch = try scratch()
        let run = try CommandLine.run(
            "test", "--update", "--update-in-ci", "--filter", "refused", scratch.url.path)
        #expect(run.status == 0, "\(run.output)\(run.errors)")
        let text = try #require(scratch.text("tests.lazaret"))
        #expect(text.contains("expect reject \"No \\\"thanks\\\"\""))
        #expect(text.contains("expect deliver  # as before"))
        #expect(text.contains("test \"expects nothing\" {\n    mail \"really.eml\""))
        #expect(!text.contains("urgent fires"))
    }

    @Test func aTestInErrorKeepsEverythingAsItIs() throws {
        let tests = Self.tests.replacingOccurrences(of: "refuse.eml", with: "gone.eml")
        let scratch = try scratch(tests)
        let run = try CommandLine.run("test", "--update", "--update-in-ci", scratch.url.path)
        #expect(run.status == 1)
        #expect(run.errors.contains("nothing was written"))
        #expect(scratch.text("tests.lazaret") == tests)
    }

    @Test func aFileThatIsNotCanonicalKeepsItsForm() throws {
        let tests = """
            test   "held" { mail "urgent.eml" inbound from "eve@x.example" to "bob@acme.example" expect   deliver }
            test "none" { mail "urgent.eml" inbound from "eve@x.example" to "bob@acme.example" }

            """
        let scratch = try scratch(tests)
        let run = try CommandLine.run("test", "--update", "--update-in-ci", scratch.url.path)
        #expect(run.status == 0, "\(run.output)\(run.errors)")
        let text = try #require(scratch.text("tests.lazaret"))
        #expect(text.hasPrefix("test   \"held\" { mail \"urgent.eml\""))
        #expect(text.contains("to \"bob@acme.example\" expect quarantine hurry }"))
        #expect(try CommandLine.run("test", scratch.url.path).status == 0)
    }

    @Test func recipientsThatDifferGetALineEach() throws {
        let tests = """
            test "two" {
                mail   "urgent.eml" inbound from "eve@x.example" to "bob@acme.example", "zoe@acme.example"
                expect deliver
            }

            """
        let scratch = try scratch(tests)
        try scratch.write(
            "policy.lazaret",
            Self.policy.replacingOccurrences(
                of: "contains \"urgent\"", with: "contains \"urgent\" and recipient is \"bob@acme.example\""))
        let run = try CommandLine.run("test", "--update", "--update-in-ci", scratch.url.path)
        #expect(run.status == 0, "\(run.output)\(run.errors)")
        let text = try #require(scratch.text("tests.lazaret"))
        #expect(text.contains("    expect quarantine hurry for \"bob@acme.example\"\n"))
        #expect(text.contains("    expect deliver for \"zoe@acme.example\"\n"))
    }

    @Test func aBuildDoesNotMendItsOwnTests() throws {
        let scratch = try scratch()
        let process = Process()
        process.executableURL = CommandLine.executables.appendingPathComponent("lazaret")
        process.arguments = ["test", "--update", scratch.url.path]
        process.environment = ProcessInfo.processInfo.environment.merging(["CI": "true"]) { $1 }
        process.standardError = Pipe()
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 2)
        #expect(scratch.text("tests.lazaret") == Self.tests)
    }
}
