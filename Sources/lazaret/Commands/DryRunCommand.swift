import ArgumentParser
import PolicyTesting
import Workers

enum TableOrLines: String, ExpressibleByArgument, CaseIterable {
    case table
    case jsonl
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

    @Option(help: "table for people, jsonl for programs: one object per mail and recipient.")
    var format: TableOrLines = .table

    @Option(name: [.short, .long], help: ArgumentHelp("Write the results there instead.", valueName: "file"))
    var output: String?

    @OptionGroup var colors: ColorOptions

    func run() throws {
        let paint = output == nil ? colors.paint : Paint(isOn: colors.color == .always)
        let bundle = try policy.load(colors.paint).bundle
        let pool = try workers.pool(bundle: bundle)
        let target = try output.map { path throws(CommandFailure) in try Output(replacing: path) } ?? Output.standard
        let parts = envelope.request
        let run = DryRun(pool: pool, request: DecideRequest(envelope: parts.envelope, guess: parts.guess))
        let interruption = Interruption { run.cancel() }
        defer { withExtendedLifetime(interruption) { pool.stop() } }
        let counter = mails.counter
        let progress = Progress { counter?.total }
        var table = DryRunTable(paint: paint)
        var isFaulty = false
        do throws(WorkerError) {
            try pool.warmUp()
            workers.tellEngines(of: pool, isForPeople: format == .table)
            try run.run(mails.walk) { result in
                isFaulty = isFaulty || result.isFault
                let lines = format == .jsonl ? DryRunJSON.lines(of: result) : table.add(result)
                if output == nil { progress.clear() }
                target.lines(lines)
                progress.advance()
            }
        } catch {
            progress.clear()
            throw CommandFailure(error, refused: policy.isBundle ? .faulty : .environment)
        }
        progress.clear()
        if format == .table { target.lines(table.summary()) }
        target.finish()
        if run.isCancelled { throw CommandFailure.endedEarly }
        if isFaulty { throw CommandFailure(.faulty) }
    }
}
