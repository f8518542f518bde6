import Evaluation
import Vocabulary
import Workers

/// Joins the protocol with the judging of messages.
final class InspectionService: WorkerService {
    private var judge: MessageJudge?

    func configure(_ configuration: WorkerConfiguration, bundle: [UInt8]?) throws(WorkerFault) -> WorkerReadiness {
        do {
            let judge = try MessageJudge(bundle: bundle, signatures: configuration.signatures)
            self.judge = judge
            return WorkerReadiness(engines: judge.engines)
        } catch {
            throw WorkerFault("\(error)")
        }
    }

    func inspect(_ mail: [UInt8], _ request: InspectRequest) throws(WorkerFault) -> InspectionReport {
        try configured().inspect(mail, withText: request.withText)
    }

    func decide(_ mail: [UInt8], _ request: DecideRequest) throws(WorkerFault) -> Judgement {
        let judge = try configured()
        guard judge.hasProgram else { throw WorkerFault("this worker has no policy") }
        return judge.decide(
            mail, envelope: request.envelope, guess: request.guess, assumptions: request.assumptions,
            observation: request.observation)
    }

    private func configured() throws(WorkerFault) -> MessageJudge {
        guard let judge else { throw WorkerFault("this worker is not set up") }
        return judge
    }
}
