import Vocabulary
import Workers

/// Joins the protocol with the judging of messages.
final class InspectionService: WorkerService {
    func configure(_ configuration: WorkerConfiguration, bundle: [UInt8]?) throws(WorkerFault) {}

    func inspect(_ mail: [UInt8], _ request: InspectRequest) throws(WorkerFault) -> InspectionReport {
        throw WorkerFault("this worker cannot inspect")
    }

    func decide(_ mail: [UInt8], _ request: DecideRequest) throws(WorkerFault) -> Judgement {
        throw WorkerFault("this worker cannot judge")
    }
}
