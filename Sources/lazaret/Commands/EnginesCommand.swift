import ArgumentParser
import Foundation
import PolicyTesting
import Vocabulary
import Workers

struct EnginesCommand: ParsableCommand, PrintsJSON {
    static let configuration = CommandConfiguration(
        commandName: "engines", abstract: "Try each engine and say what works, its version and its signatures' age.",
        discussion: """
            Antivirus engines look at a harmless text and at the EICAR test file, spam engines at a plain mail; YARA \
            rules are compiled. The status is 3 if one does not work. Old signatures are told, and are no failure.

            Example: lazaret engines --engines /etc/lazaret/engines.toml
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case table
        case json
    }

    /// Seconds for all of them: each has its own time for each thing it is asked.
    private static let deadline = 300.0

    @OptionGroup var engines: EngineOptions

    @Option(help: "table for people, json for programs.")
    var format: Format = .table

    @OptionGroup var colors: ColorOptions

    mutating func validate() throws {
        if engines.engines == nil, engines.signatures == nil {
            throw ValidationError("name the engines by --engines FILE or --signatures DIR")
        }
    }

    var printsJSON: Bool { format == .json }

    func run() throws {
        var limits = WorkerLimits()
        limits.messageSeconds = Self.deadline
        let configuration = try engines.configuration()
        let tried: [TriedEngine]
        do throws(WorkerError) {
            let pool = WorkerPool(
                executable: try WorkerLocation.find(), size: 1,
                configuration: WorkerConfiguration(engines: configuration, isTrial: true, limits: limits))
            let interruption = Interruption { pool.stop() }
            defer { withExtendedLifetime(interruption) { pool.stop() } }
            tried = try pool.tryEngines()
        } catch {
            throw CommandFailure(.environment, CommandFailure(error).message)
        }
        let now = Int64(Date().timeIntervalSince1970)
        switch format {
        case .table: Output.standard.lines(EngineTrialReport.lines(tried, now: now, paint: colors.paint))
        case .json: Output.standard.line(EngineTrialReport.json(tried, now: now).pretty)
        }
        if tried.contains(where: { !$0.works }) { throw CommandFailure(.environment) }
    }
}
