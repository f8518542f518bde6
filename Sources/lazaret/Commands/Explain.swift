import ArgumentParser
import Foundation
import PolicyTesting
import Vocabulary
import Workers

enum ExplainFormat: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
}

struct Explain: ParsableCommand, PrintsJSON {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Say in plain words what a policy does with a mail, and why.",
        discussion: """
            Example: lazaret explain --policy my-policy --to bob@acme.example suspicious.eml
            """)

    @OptionGroup var policy: PolicyOptions
    @OptionGroup var envelope: EnvelopeOptions
    @OptionGroup var mails: MailOptions
    @OptionGroup var workers: WorkerOptions

    @Flag(help: "Show each notice that would be written, whole, and the texts of disclaimers.")
    var notices = false

    @Option(help: "text for people; json for programs: one object per mail.")
    var format: ExplainFormat = .text

    @OptionGroup var colors: ColorOptions

    var printsJSON: Bool { format == .json }

    func run() throws {
        let paint = colors.paint
        let loaded = try policy.load(paint)
        let pool = try workers.pool(bundle: loaded.bundle)
        let parts = envelope.request
        let run = DryRun(
            pool: pool, request: DecideRequest(envelope: parts.envelope, guess: parts.guess, writes: notices))
        let interruption = Interruption { run.cancel() }
        defer { withExtendedLifetime(interruption) { pool.stop() } }
        let explanation = Explanation(
            paint: paint, shownPath: { loaded.folder?.shownPath($0) ?? $0 },
            sourceLine: { place in loaded.folder.flatMap { Self.line(of: place, in: $0) } })
        var isFaulty = false
        do throws(WorkerError) {
            try pool.warmUp()
            let walk = mails.walk
            defer { if let sentence = walk.skipped.sentence { Output.complain(sentence) } }
            try run.run(walk) { result in
                isFaulty = isFaulty || result.isFault
                if format == .json {
                    Output.standard.line(DryRunJSON.whole(result))
                    return
                }
                switch result.outcome {
                case .judged(let judgement):
                    Output.standard.lines(explanation.lines(judgement, mail: result.mail) + [""])
                case .unreadable(let reason), .unprocessable(let reason):
                    Output.standard.line(paint("error", .red) + "  " + Shown.text("\(result.mail): \(reason)"))
                }
            }
        } catch {
            throw CommandFailure(error, refused: policy.isBundle ? .faulty : .environment)
        }
        if run.isCancelled { throw CommandFailure.endedEarly }
        if isFaulty { throw CommandFailure(.faulty) }
    }

    private static func line(of place: SourcePlace, in folder: PolicyFolder) -> String? {
        guard let bytes = try? FileOnDisk.read(folder.shownPath(place.file)) else { return nil }
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        return lines.indices.contains(place.line - 1) ? String(lines[place.line - 1]) : nil
    }
}
