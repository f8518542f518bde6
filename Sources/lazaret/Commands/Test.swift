import ArgumentParser
import Lexical
import PolicyTesting
import Workers

enum TestFormat: String, ExpressibleByArgument, CaseIterable {
    case text
    case table
    case json
    case junit
}

struct Test: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test", abstract: "Run a policy's own tests.",
        discussion: """
            Each `test` block's mail goes through a worker as real mail would. An engine's fact that is neither assumed \
            nor answered is an error of the test. A failure shows the clauses in question with what they saw.

            --coverage tells for every test of a condition whether it was seen true, false and unknown.

            Example: lazaret test my-policy --coverage coverage.html --coverage-format html
            """)

    @Argument(help: ArgumentHelp("The policy's folder or file.", valueName: "dir"))
    var path: String

    @Option(help: "text and table for people, json for programs, junit for GitLab and Jenkins.")
    var format: TestFormat = .text

    @Option(name: [.short, .long], help: ArgumentHelp("Write the results there instead.", valueName: "file"))
    var output: String?

    @Option(help: ArgumentHelp("Only tests whose names contain this.", valueName: "name"))
    var filter: String?

    @Flag(help: "Write what came out into the tests that fail or expect nothing, and show what changed.")
    var update = false

    @Flag(help: "With --update, write also where the environment variable CI is set.")
    var updateInCI = false

    @OptionGroup var coverage: CoverageOptions
    @OptionGroup var modules: ModuleOptions
    @OptionGroup var workers: WorkerOptions
    @OptionGroup var colors: ColorOptions

    mutating func validate() throws {
        if update, TestUpdate.isInCI, !updateInCI {
            throw ValidationError("--update in CI would let every build pass; give --update-in-ci if that is meant")
        }
    }

    func run() throws {
        let paint = output == nil ? colors.paint : Paint(isOn: colors.color == .always)
        let target = try output.map { path throws(CommandFailure) in try Output(replacing: path) } ?? Output.standard
        var report = TestOutput(format: format, target: target, paint: paint)
        var covered: CoverageOptions.Policies = []
        for policy in try policies(&report) {
            let updating = update ? TestUpdate(try modules.folder(policy)) : nil
            let folder = try updating?.runnable ?? modules.folder(policy)
            let build = PolicyBuild(folder, patterns: PatternLibrary())
            guard let bundle = build.bundle else {
                Output.complain(build.text(coloured: colors.paint.isOn))
                Output.complain("lazaret: " + Shown.text("\(policy) has errors; its tests were not run"))
                report.add(UnrunPolicy(policy, build))
                continue
            }
            let tests = build.tests.filter { test in
                filter.map { test.name.lowercased().contains($0.lowercased()) } ?? true
            }
            var seen = Coverage(of: build.clauses)
            defer { covered.append((policy, seen, build)) }
            guard !tests.isEmpty else { continue }
            let pool = try workers.pool(bundle: bundle, mostJobs: tests.count)
            defer { pool.stop() }
            var results: [PolicyTestResult] = []
            report.begin(policy, build, folder)
            do throws(WorkerError) {
                try PolicyTestRun(pool: pool, withCoverage: coverage.isOn).run(tests) { result in
                    report.add(result)
                    if updating != nil { results.append(result) }
                    if let judgement = result.judgement { seen.add(judgement) }
                }
            } catch {
                throw CommandFailure(error)
            }
            report.endPolicy()
            try updating?.write(build, results, to: target, paint: paint)
        }
        report.end(path: path, filter: filter)
        let isCovered = try coverage.write(covered, to: target, paint: paint)
        target.finish()
        if !isCovered || report.unrun > 0 || (report.passed < report.count && !update)
            || (report.count == 0 && filter != nil)
        {
            throw CommandFailure(.faulty)
        }
    }

    /// The policies at the path; where there is none, the report says so in its form.
    private func policies(_ report: inout TestOutput) throws(CommandFailure) -> [String] {
        do throws(CommandFailure) {
            let policies = try Check.policies(at: path)
            for policy in policies { _ = try modules.folder(policy) }
            return policies
        } catch {
            guard report.isForPrograms, let message = error.message else { throw error }
            Output.complain("lazaret: " + Shown.text(message))
            report.add(UnrunPolicy(path, reason: message))
            return []
        }
    }
}

/// Writes test results in the form that was asked for.
struct TestOutput {
    private let format: TestFormat
    private let target: Output
    private let paint: Paint
    private(set) var passed = 0
    private(set) var count = 0
    /// Policies whose tests were not run.
    private(set) var unrun = 0

    private var policy = ""
    private var drawing: FailureDrawing?
    private var shownPath: (String) -> String = { $0 }
    /// Of the present policy.
    private var results: [PolicyTestResult] = []
    private var rows: [PolicyTestTable.Row] = []
    private var objects: [OrderedJSON] = []
    private var junit = JUnitReport(version: Lazaret.configuration.version)

    init(format: TestFormat, target: Output, paint: Paint) {
        self.format = format
        self.target = target
        self.paint = paint
    }

    mutating func begin(_ policy: String, _ build: PolicyBuild, _ folder: PolicyFolder) {
        self.policy = policy
        drawing = FailureDrawing(build, coloured: paint.isOn && format != .junit && format != .json)
        shownPath = folder.shownPath
    }

    mutating func add(_ result: PolicyTestResult) {
        guard let drawing else { return }
        count += 1
        if result.isPassed { passed += 1 }
        switch format {
        case .text:
            target.lines(PolicyTestReport.lines(result, paint: paint, drawing: drawing, shownPath: shownPath))
        case .table: rows.append(PolicyTestTable.Row(result, drawing: drawing, shownPath: shownPath))
        case .json: objects.append(PolicyTestReport.object(result, drawing: drawing, shownPath: shownPath))
        case .junit: results.append(result)
        }
    }

    /// Whether what is written is read by programs.
    var isForPrograms: Bool { format == .json || format == .junit }

    mutating func add(_ policy: UnrunPolicy) {
        unrun += 1
        switch format {
        case .text, .table: break
        case .json: objects.append(policy.object)
        case .junit: junit.add(policy)
        }
    }

    mutating func endPolicy() {
        guard let drawing, format == .junit else { return }
        junit.add(policy: policy, results, drawing: drawing, shownPath: shownPath)
        results = []
    }

    func end(path: String, filter: String?) {
        switch format {
        case .json: target.line(OrderedJSON.list(objects).pretty)
        case .junit: target.write(Array(junit.text.utf8))
        case .text, .table:
            if format == .table { target.lines(PolicyTestTable.lines(rows, paint: paint)) }
            if unrun > 0, count == 0 { return }
            let failed = count - passed
            let words =
                count == 0
                ? paint(filter == nil ? "there are no tests" : "no test's name contains “\(filter ?? "")”", .yellow)
                : paint("\(passed) of \(Shown.count(count, "test")) passed", failed == 0 && unrun == 0 ? .green : .red)
            let left = unrun > 0 ? paint("; \(unrun == 1 ? "1 policy" : "\(unrun) policies") not run", .red) : ""
            target.line("\(path): \(words)\(left)")
        }
    }
}
