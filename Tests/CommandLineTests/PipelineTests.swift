import Foundation
import TestSupport
import Testing

/// The files for continuous integration that `init` writes: each is YAML, and each command in it does what it is there
/// for in the folder that `init` made.
@Suite struct PipelineTests {
    /// The commands of a pipeline by job, those of one step or line together, as a program that reads YAML finds them.
    private static let reader = """
        import json, sys, yaml
        text = yaml.safe_load(open(sys.argv[1]))
        jobs = text.get('jobs') or {n: j for n, j in text.items() if isinstance(j, dict) and 'script' in j}
        commands = {n: j.get('script') or [s['run'] for s in j['steps'] if 'run' in s] for n, j in jobs.items()}
        print(json.dumps(commands))
        """

    private static func shell(
        _ script: String, in folder: URL, _ variables: [String: String] = [:]
    ) throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = ["-e", "-o", "pipefail", "-c", script]
        process.currentDirectoryURL = folder
        var environment = ProcessInfo.processInfo.environment
        environment["PATH"] = CommandLine.executables.path + ":" + (environment["PATH"] ?? "/usr/bin:/bin")
        environment["LAZARET_MODULES"] = CommandLine.package.appendingPathComponent("Policies").path
        environment["HOME"] = folder.deletingLastPathComponent().path
        for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] { environment[name] = nil }
        process.environment = environment.merging(variables) { $1 }
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, output)
    }

    private static func commands(of file: String, in folder: URL) throws -> [String: [String]] {
        let read = try shell("python3 -c \"$READER\" \(file)", in: folder, ["READER": reader])
        #expect(read.status == 0, "\(read.output)")
        return try JSONDecoder().decode([String: [String]].self, from: Data(read.output.utf8))
    }

    /// A repository with the policy as it was and one change that lets mail pass; `curl` and `gh` note what they were
    /// called with.
    private static func repository(_ host: String) throws -> (scratch: Scratch, folder: URL, base: String) {
        let noting = "#!/bin/sh\necho \"$(basename \"$0\") $*\" >> \"$HOME/calls\"\n"
        let scratch = try Scratch(["bin/curl": noting, "bin/gh": noting])
        for name in ["curl", "gh"] { #expect(chmod(scratch.path("bin/\(name)"), 0o755) == 0) }
        let folder = scratch.url.appendingPathComponent("mine")
        #expect(try CommandLine.run("init", "--ci", host, folder.path).status == 0)
        let setting = """
            git init -q -b main . && git config user.name t && git config user.email t@example.org
            git add . && git commit -qm first && git rev-parse HEAD
            sed -i 's/message.size > 25 MB/message.size > 40 MB/' policy.lazaret
            git commit -qam second
            """
        let made = try shell(setting, in: folder)
        #expect(made.status == 0, "\(made.output)")
        return (scratch, folder, made.output.trimmingCharacters(in: .whitespacesAndNewlines))
    }

    @Test(arguments: [("gitlab", ".gitlab-ci.yml"), ("github", ".github/workflows/policy.yml")])
    func everyCommandRunsInTheFolder(_ host: String, _ file: String) throws {
        let (scratch, folder, base) = try Self.repository(host)
        let jobs = try Self.commands(of: file, in: folder)
        #expect(Set(jobs.keys).isSuperset(of: ["check", "test", "compare", "bundle"]))
        let variables = [
            "PATH": scratch.path("bin") + ":" + CommandLine.executables.path + ":/usr/bin:/bin",
            "CI_MERGE_REQUEST_DIFF_BASE_SHA": base, "BASE": base, "LAZARET_TOKEN": "secret", "NUMBER": "7",
            "CI_API_V4_URL": "https://git.example/api/v4", "CI_PROJECT_ID": "3", "CI_MERGE_REQUEST_IID": "7",
            "GITHUB_WORKSPACE": folder.path, "GITHUB_REPOSITORY": "acme/mail",
            "GITHUB_STEP_SUMMARY": scratch.path("summary"),
        ]
        for (name, lines) in jobs {
            // The test of the limit fails since the limit is gone: that is the pipeline's work, too.
            let run = try Self.shell(lines.joined(separator: "\n"), in: folder, variables)
            let expected: Int32 = name == "test" || name == "compare" ? 1 : 0
            #expect(run.status == expected, "\(name): \(run.output)")
            if name == "test" { #expect(run.output.contains("coverage ")) }
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(Set(names).isSuperset(of: ["lazaret.sarif", "junit.xml", "coverage.html", "diff.md", "policy.lzb"]))
        let note = try String(contentsOf: folder.appendingPathComponent("diff.md"), encoding: .utf8)
        #expect(note.contains("too-large") && !note.contains("No change of meaning"))
        #expect(scratch.text("calls")?.contains(host == "gitlab" ? "notes" : "--body-file diff.md") == true)
        #expect(host == "gitlab" || scratch.text("summary") == note)
    }

    @Test(arguments: ["gitlab", "github"]) func anUntouchedPolicyPassesAllOfIt(_ host: String) throws {
        let (scratch, folder, base) = try Self.repository(host)
        #expect(try Self.shell("git reset -q --hard \(base)", in: folder).status == 0)
        let file = host == "gitlab" ? ".gitlab-ci.yml" : ".github/workflows/policy.yml"
        let variables = [
            "CI_MERGE_REQUEST_DIFF_BASE_SHA": base, "BASE": base, "GITHUB_WORKSPACE": folder.path,
            "GITHUB_STEP_SUMMARY": scratch.path("summary"), "NUMBER": "7", "GITHUB_REPOSITORY": "acme/mail",
            "PATH": scratch.path("bin") + ":" + CommandLine.executables.path + ":/usr/bin:/bin",
        ]
        for (name, lines) in try Self.commands(of: file, in: folder) {
            let run = try Self.shell(lines.joined(separator: "\n"), in: folder, variables)
            #expect(run.status == 0, "\(name): \(run.output)")
        }
        // Nobody gave a token: nothing is written anywhere.
        #expect(host == "github" || scratch.text("calls") == nil)
    }

    @Test func noneIsNone() throws {
        let scratch = try Scratch()
        #expect(try CommandLine.run("init", "--ci", "none", scratch.path("mine")).status == 0)
        let names = try FileManager.default.contentsOfDirectory(atPath: scratch.path("mine"))
        #expect(names.sorted() == ["Makefile", "README.md", "policy.lazaret", "samples", "tests.lazaret"])
    }
}
