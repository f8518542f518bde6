import ArgumentParser
import Bytecode
import Foundation
import PolicyDiff
import PolicyTesting
import Vocabulary
import Workers

enum ComparisonFormat: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
    case markdown
}

/// What makes the comparison end with status 1.
enum ComparisonFailure: String, ExpressibleByArgument, CaseIterable {
    case passes
    case weaker
    case any
    case never

    /// The questions that must be answered with a proven no.
    var questions: [PassageQuestion] {
        switch self {
        case .passes: [.passesNow]
        case .weaker: [.passesNow, .weakened]
        case .any: PassageQuestion.allCases
        case .never: []
        }
    }
}

struct Diff: ParsableCommand, PrintsJSON {
    static let configuration = CommandConfiguration(
        commandName: "diff", abstract: "Say what changed between two policies, and what that can do to mail.",
        discussion: """
            Formatting, comments, order and the names of groups and defines are no change. "No" is proven for every \
            mail; "yes" is shown by a mail that both policies were run over; "cannot tell" is neither.

            Example: lazaret diff old-policy new-policy --save witnesses --fail-on passes
            """)

    @Argument(help: ArgumentHelp("The policy as it was: a folder, a file or a bundle.", valueName: "old"))
    var old: String

    @Argument(help: ArgumentHelp("The policy as it is to be.", valueName: "new"))
    var new: String

    @Option(help: "text for people, json for programs, markdown for a merge request.")
    var format: ComparisonFormat = .text

    @Option(
        help: ArgumentHelp(
            "End with status 1 unless it is proven that nothing passes that was held (passes), that nothing is treated "
                + "less gravely (weaker), or that dispositions stay (any).", valueName: "what"))
    var failOn: ComparisonFailure = .weaker

    @Option(help: ArgumentHelp("Save the mails that show a yes there.", valueName: "dir"))
    var save: String?

    @Flag(help: "With --save, replace files that diff did not write.")
    var force = false

    @Option(
        help: ArgumentHelp(
            "Time for the answers to all questions; what is not answered then is answered \"cannot tell\".",
            valueName: "seconds"))
    var proofDeadline: Double = ComparisonLimits().seconds

    @Option(
        name: .customLong("mail"), parsing: .upToNextOption,
        help: ArgumentHelp("Run both policies over these mails too.", valueName: "mail"))
    var mails: [String] = []

    @OptionGroup var envelope: EnvelopeOptions
    @OptionGroup var modules: ModuleOptions
    @OptionGroup var workers: WorkerOptions
    @OptionGroup var colors: ColorOptions

    mutating func validate() throws {
        guard proofDeadline > 0, proofDeadline <= 86_400 else {
            throw ValidationError("--proof-deadline takes seconds, above 0 and at most 86400")
        }
        guard !force || save != nil else { throw ValidationError("--force goes with --save") }
    }

    var printsJSON: Bool { format == .json }

    func run() throws {
        let paint = colors.paint
        let folder = try save.map { path throws(CommandFailure) in try WitnessFolder(path, replacing: force) }
        var limits = ComparisonLimits()
        limits.seconds = proofDeadline
        let sides = (old: try load(old, paint), new: try load(new, paint))
        let comparison = PolicyComparison(
            old: try program(sides.old.bundle, old), new: try program(sides.new.bundle, new), limits: limits)
        let pools = (
            old: try workers.pool(bundle: sides.old.bundle), new: try workers.pool(bundle: sides.new.bundle)
        )
        defer {
            pools.old.stop()
            pools.new.stop()
        }
        var report = ComparisonReport(changes: comparison.changes)
        do throws(WorkerError) {
            let trial = WitnessTrial(old: pools.old, new: pools.new, limits: limits)
            for question in PassageQuestion.allCases {
                report.answers.append((question, try trial.answer(question, comparison)))
            }
        } catch {
            throw CommandFailure(error)
        }
        try saveWitnesses(&report, folder)
        let isCancelled = try runMails(&report, pools.old, pools.new)
        show(report, paint, sides.old.folder, sides.new.folder)
        if isCancelled { throw CommandFailure.endedEarly }
        let isFaulty = report.mails.contains { $0.fault != nil }
        if isFaulty || failOn.questions.contains(where: report.isOpen) { throw CommandFailure(.faulty) }
    }

    private func load(_ path: String, _ paint: Paint) throws(CommandFailure) -> PolicyOptions.Loaded {
        if path.hasSuffix(".lzb") { return .init(bundle: try FileOnDisk.read(path), folder: nil, build: nil) }
        return try PolicyOptions.compiled(try modules.folder(path), path, paint)
    }

    private func program(_ bundle: [UInt8], _ path: String) throws(CommandFailure) -> Program {
        do throws(BundleFault) {
            return try Bundle.read(bundle)
        } catch {
            throw CommandFailure(.faulty, "\(path): \(error.reason)")
        }
    }

    private func show(_ report: ComparisonReport, _ paint: Paint, _ old: PolicyFolder?, _ new: PolicyFolder?) {
        switch format {
        case .text:
            let text = ComparisonText(
                paint: paint, oldPath: { old?.shownPath($0) ?? $0 }, newPath: { new?.shownPath($0) ?? $0 })
            Output.standard.lines(text.lines(report))
        case .json: Output.standard.line(ComparisonJSON.object(report).pretty)
        case .markdown: Output.standard.lines(ComparisonMarkdown.lines(report))
        }
    }

    /// Whether a signal ended the run.
    private func runMails(
        _ report: inout ComparisonReport, _ old: WorkerPool, _ new: WorkerPool
    ) throws(CommandFailure) -> Bool {
        guard !mails.isEmpty else { return false }
        let parts = envelope.request
        let run = MailComparison(
            old: old, new: new, request: DecideRequest(envelope: parts.envelope, guess: parts.guess))
        let interruption = Interruption { run.cancel() }
        defer { withExtendedLifetime(interruption) {} }
        let progress = Progress { nil }
        var count = 0
        var found: [MailComparisonResult] = []
        do throws(WorkerError) {
            let walk = MailWalk(mails.map { .path($0) })
            defer { if let sentence = walk.skipped.sentence { Output.complain(sentence) } }
            try run.run(walk) { result in
                count += 1
                if result.fault != nil || !result.differences.isEmpty { found.append(result) }
                progress.advance()
            }
        } catch {
            progress.clear()
            throw CommandFailure(error)
        }
        progress.clear()
        report.mails = found
        report.mailCount = count
        return run.isCancelled
    }

    private func saveWitnesses(_ report: inout ComparisonReport, _ folder: WitnessFolder?) throws(CommandFailure) {
        guard let folder else { return }
        for (question, answer) in report.answers {
            guard case .witness(let proven) = answer else { continue }
            report.saved[question] = try folder.save(proven, question)
        }
    }
}
