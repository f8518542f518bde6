import Engines
import Foundation
import Lexical
import PolicyTesting

/// What inspecting and judging a mail costs, stage by stage and without an antivirus, against libclamav alone scanning
/// the mail as it came in.
enum StageBenchmark {
    static func run(_ report: inout Report) {
        do {
            let folder = try PolicyFolder("Policies/demo", modulePaths: ["Policies"])
            guard let bundle = PolicyBuild(folder, patterns: PatternLibrary()).bundle else {
                return report.remark("no stages: Policies/demo does not compile")
            }
            let stages = try MessageStages(bundle: bundle)
            for corpus in [MailCorpus.honest(), MailCorpus.mixed()] { try measure(corpus, stages, &report) }
        } catch {
            report.remark("no stages: \(error)")
        }
    }

    private static func measure(_ corpus: MailCorpus, _ stages: MessageStages, _ report: inout Report) throws {
        let antivirus = try Antivirus()
        report.remark("\(corpus.title); \(antivirus.sentence)")
        var times = corpus.mails.map { _ in [[Double]](repeating: [], count: Stage.allCases.count) }
        var peer = corpus.mails.map { _ in [Double]() }
        for _ in 0..<3 {
            let engine = try antivirus.fresh()
            for (number, mail) in corpus.mails.enumerated() {
                for (stage, seconds) in stages.times(of: mail.bytes) { times[number][stage.rawValue].append(seconds) }
                peer[number].append(Measurement.once { _ = engine.scan(mail.bytes, name: nil) })
            }
        }
        let scans = peer.map { Measurement.median($0) * 1e6 }
        for stage in Stage.allCases {
            let costs = times.map { Measurement.median($0[stage.rawValue]) * 1e6 }
            let slowest = costs.indices.max { costs[$0] < costs[$1] }.map { corpus.mails[$0].name }
            for percent in [50, 99] {
                report.add(
                    Row(
                        name: "\(corpus.name): \(stage.title), \(percent == 50 ? "median" : "p99")",
                        ours: Measurement.percentile(costs, percent), unit: "µs",
                        peer: (
                            "libclamav, \(percent == 50 ? "median" : "p99")", Measurement.percentile(scans, percent)
                        ),
                        note: percent == 99 ? slowest.map { "slowest: \($0)" } : nil))
            }
        }
    }
}

/// libclamav as `Engines` embeds it, with the signatures that are at hand.
private struct Antivirus {
    private static let installed = "/var/lib/clamav"
    private let folder: String
    private let signatures: Int

    init() throws {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: Self.installed)) ?? []
        folder =
            files.contains { $0.hasSuffix(".cvd") || $0.hasSuffix(".cld") } ? Self.installed : "Policies/signatures"
        signatures = try ClamAVEngine(signatures: folder).signatures.count ?? 0
    }

    /// What the figures of libclamav rest on.
    var sentence: String { "libclamav with the \(signatures) signatures of \(folder)" }

    /// One that has seen no mail: libclamav remembers what it found clean, and passes over it the next time.
    func fresh() throws -> ClamAVEngine { try ClamAVEngine(signatures: folder) }
}
