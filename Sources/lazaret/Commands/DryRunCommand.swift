import ArgumentParser
import PolicyTesting
import Workers

enum DryRunFormat: String, ExpressibleByArgument, CaseIterable {
    case table
    case jsonl
    case html
}

struct DryRunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dry-run", abstract: "Try a policy on stored mail: nothing is delivered or held.",
        discussion: """
            Results come in the order of the mails, whatever --jobs. A mail that cannot be read gives an object with \
            `error`, the run goes on, and the status is 1. Ctrl-C ends the run with what was done \
            and status 3, since mails may be left.

            Example: lazaret dry-run --policy my-policy --format jsonl -o results.jsonl ~/Maildir
            """)

    @OptionGroup var policy: PolicyOptions
    @OptionGroup var envelope: EnvelopeOptions
    @OptionGroup var mails: MailOptions
    @OptionGroup var workers: WorkerOptions

    @Option(help: "table for people, jsonl for programs: one object per mail and recipient; html for a page.")
    var format: DryRunFormat = .table

    @Option(name: [.short, .long], help: ArgumentHelp("Write the results there instead.", valueName: "file"))
    var output: String?

    @OptionGroup var coverage: CoverageOptions
    @OptionGroup var colors: ColorOptions

    mutating func validate() throws {
        if coverage.isOn, policy.isBundle {
            throw ValidationError("--coverage marks a policy's text: name its folder, not a bundle")
        }
    }

    func run() throws {
        let paint = output == nil ? colors.paint : Paint(isOn: colors.color == .always)
        let loaded = try policy.load(colors.paint)
        let pool = try workers.pool(bundle: loaded.bundle)
        let target = try output.map { path throws(CommandFailure) in try Output(replacing: path) } ?? Output.standard
        let parts = envelope.request
        let run = DryRun(pool: pool, request: coverage.request(parts))
        let interruption = Interruption { run.cancel() }
        defer { withExtendedLifetime(interruption) { pool.stop() } }
        let counter = mails.counter
        let walk = mails.walk
        let progress = Progress { counter?.total }
        var table = DryRunTable(paint: paint)
        var page = ReportPage(title: policy.policy) { loaded.build?.text(of: $0) }
        var seen = loaded.build.map { Coverage(of: $0.clauses) }
        var isFaulty = false
        do throws(WorkerError) {
            try pool.warmUp()
            workers.tellEngines(of: pool, isForPeople: format != .jsonl)
            try run.run(walk) { result in
                isFaulty = isFaulty || result.isFault
                if case .judged(let judgement) = result.outcome { seen?.add(judgement) }
                if output == nil { progress.clear() }
                switch format {
                case .table: target.lines(table.add(result))
                case .jsonl: target.lines(DryRunJSON.lines(of: result))
                case .html: for record in MailRecord.records(of: result) { page.add(record) }
                }
                progress.advance()
            }
        } catch {
            progress.clear()
            throw CommandFailure(error, refused: policy.isBundle ? .faulty : .environment)
        }
        progress.clear()
        if let sentence = walk.skipped.sentence { Output.complain(sentence) }
        if format == .table { target.lines(table.summary()) }
        if format == .html { target.write(Array(page.text.utf8)) }
        var isCovered = true
        if let seen, let build = loaded.build {
            isCovered = try coverage.write([(policy.policy, seen, build)], to: target, paint: paint)
        }
        target.finish()
        if run.isCancelled { throw CommandFailure.endedEarly }
        if isFaulty || !isCovered { throw CommandFailure(.faulty) }
    }
}
