import Connections
import Glibc
import Vocabulary
import Workers

/// A worker that takes what its mails ask for, to see what the limits of the kernel leave it: `file 1024` writes so many
/// bytes, `map` takes so much address space, `descriptors` so many descriptors, `spin` so many milliseconds of processor
/// time. Its words say what came of it: `taken`, or `refused ERRNO`.
final class GreedyWorker: WorkerService {
    func configure(
        _ configuration: WorkerConfiguration, bundle: [UInt8]?, dialer: any Dialer
    ) throws(WorkerFault) -> WorkerReadiness {
        WorkerReadiness(engines: [], walls: [])
    }

    func inspect(_ mail: [UInt8], _ request: InspectRequest) throws(WorkerFault) -> InspectionReport {
        let words = String(decoding: mail, as: UTF8.self).split(separator: " ")
        guard words.count == 2, let amount = Int(words[1]) else { throw WorkerFault("takes nothing") }
        throw WorkerFault(take(words[0], amount) ? "taken" : "refused \(errno)")
    }

    private func take(_ what: Substring, _ amount: Int) -> Bool {
        switch what {
        case "file":
            guard let file = tmpfile() else { return false }
            defer { fclose(file) }
            return pwrite(fileno(file), "x", 1, off_t(amount - 1)) == 1
        case "map":
            // Nobody touches it: what counts is the address space.
            let place = mmap(nil, amount, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
            guard place != MAP_FAILED else { return false }
            munmap(place, amount)
            return true
        case "descriptors": return dup2(STDERR_FILENO, Int32(amount - 1)) >= 0
        case "spin":
            let end = clock() + amount * Int(CLOCKS_PER_SEC) / 1_000
            while clock() < end {}
            return true
        default: return false
        }
    }

    func decide(_ mail: [UInt8], _ request: DecideRequest) throws(WorkerFault) -> Judgement {
        throw WorkerFault("judges nothing")
    }

    func readEdge(_ beginning: [UInt8], _ trust: EdgeTrust) throws(WorkerFault) -> EdgeReading { .unknown(.absent) }

    func rewrite(_ mail: [UInt8], _ changes: MessageChanges) throws(WorkerFault) -> RewrittenMessage {
        throw WorkerFault("changes nothing")
    }

    func writeReport(_ mail: [UInt8], _ report: DeliveryReport) throws(WorkerFault) -> WrittenMessage {
        throw WorkerFault("reports nothing")
    }

    func writeDigest(_ digest: HeldDigest) throws(WorkerFault) -> WrittenMessage {
        throw WorkerFault("lists nothing")
    }

    func tryEngines() throws(WorkerFault) -> EngineTrialReply { throw WorkerFault("has no engines") }
}
