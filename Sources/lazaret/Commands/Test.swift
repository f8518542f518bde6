import ArgumentParser
import Compiler
import Lexical
import PolicyTesting
import Workers

struct Test: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test", abstract: "Run a policy's own tests.",
        discussion: """
            Each `test` block's mail goes through a worker as real mail would. An engine's fact that is neither assumed \
            nor answered is an error of the test.

            Example: lazaret test my-policy --filter virus
            """)

    @Argument(help: ArgumentHelp("The policy's folder or file.", valueName: "dir"))
    var path: String

    @Option(help: "text for people, json for programs.")
    var format: TextOrJSON = .text

    @Option(help: ArgumentHelp("Only tests whose names contain this.", valueName: "name"))
    var filter: String?

    @OptionGroup var modules: ModuleOptions
    @OptionGroup var workers: WorkerOptions
    @OptionGroup var colors: ColorOptions

    func run() throws {
        let paint = colors.paint
        var results: [OrderedJSON] = []
        var passed = 0
        var count = 0
        for policy in try Check.policies(at: path) {
            let folder = try modules.folder(policy)
            let build = PolicyBuild(folder, patterns: PatternLibrary())
            guard let bundle = build.bundle else {
                Output.complain(build.text(coloured: paint.isOn))
                throw CommandFailure(.faulty, "\(policy) has errors; its tests were not run")
            }
            let tests = build.tests.filter { test in
                filter.map { test.name.lowercased().contains($0.lowercased()) } ?? true
            }
            guard !tests.isEmpty else { continue }
            let pool = try workers.pool(bundle: bundle, mostJobs: tests.count)
            defer { pool.stop() }
            try run(tests, pool) { result in
                count += 1
                if result.isPassed { passed += 1 }
                switch format {
                case .json: results.append(PolicyTestReport.object(result, shownPath: folder.shownPath))
                case .text:
                    Output.standard.lines(
                        PolicyTestReport.lines(result, paint: paint, shownPath: folder.shownPath))
                }
            }
        }
        report(results, passed: passed, of: count, paint)
        if passed < count || (count == 0 && filter != nil) { throw CommandFailure(.faulty) }
    }

    private func report(_ results: [OrderedJSON], passed: Int, of count: Int, _ paint: Paint) {
        switch format {
        case .json: Output.standard.line(OrderedJSON.list(results).pretty)
        case .text:
            let failed = count - passed
            let words =
                count == 0
                ? paint(filter == nil ? "there are no tests" : "no test's name contains “\(filter ?? "")”", .yellow)
                : paint("\(passed) of \(Count.of(count, "test")) passed", failed == 0 ? .green : .red)
            Output.standard.line("\(path): \(words)")
        }
    }

    private func run(
        _ tests: [PolicyTest], _ pool: WorkerPool, emit: (PolicyTestResult) -> Void
    ) throws(CommandFailure) {
        do throws(WorkerError) {
            try PolicyTestRun(pool: pool).run(tests, emit: emit)
        } catch {
            throw CommandFailure(error)
        }
    }
}
