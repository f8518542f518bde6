import ArgumentParser
import Foundation
import PolicyTesting
import Workers

struct WorkerOptions: ParsableArguments {
    @OptionGroup var engines: EngineOptions

    @Option(help: ArgumentHelp("Mails judged at once; as many as there are processors when left out.", valueName: "n"))
    var jobs: Int?

    @Option(help: ArgumentHelp("Time for one mail before its worker is replaced.", valueName: "seconds"))
    var deadline: Double = WorkerLimits().messageSeconds

    mutating func validate() throws {
        if let jobs, !(1...256).contains(jobs) { throw ValidationError("--jobs takes a number from 1 to 256") }
        guard deadline > 0, deadline <= 86_400 else {
            throw ValidationError("--deadline takes seconds, above 0 and at most 86400")
        }
    }

    /// Tells a person what the engines of a started pool rest on. Old signatures are told whoever reads the output.
    func tellEngines(of pool: WorkerPool, isForPeople: Bool) {
        let now = Int64(Date().timeIntervalSince1970)
        for engine in pool.engines where isForPeople || engine.isStale(at: now) {
            let warning = engine.isStale(at: now) ? "warning: old signatures: " : ""
            Output.complain("\(warning)\(engine.summary(at: now))")
        }
    }

    /// A pool of workers, not yet started.
    ///
    /// - Throws: `CommandFailure` when there is no worker, or the engines are not set up as they should be.
    func pool(bundle: [UInt8]?, mostJobs: Int = 256) throws(CommandFailure) -> WorkerPool {
        let configuration = try engines.configuration()
        var limits = WorkerLimits()
        limits.messageSeconds = deadline
        let size = min(jobs ?? ProcessInfo.processInfo.activeProcessorCount, mostJobs)
        do throws(WorkerError) {
            return WorkerPool(
                executable: try WorkerLocation.find(), size: size, bundle: bundle,
                configuration: WorkerConfiguration(engines: configuration, limits: limits))
        } catch {
            throw CommandFailure(error)
        }
    }
}
