import Enforcement
import Evaluation
import Foundation
import Vocabulary
import Walls
import Workers

/// Joins the protocol with the judging of messages, one at a time.
final class InspectionService: WorkerService {
    private var judge: MessageJudge?
    private var writer: CorrespondenceWriter?

    func configure(_ configuration: WorkerConfiguration, bundle: [UInt8]?) throws(WorkerFault) -> WorkerReadiness {
        do {
            let judge = try MessageJudge(bundle: bundle, signatures: configuration.signatures)
            self.judge = judge
            writer = judge.words.map { CorrespondenceWriter($0) }
            return WorkerReadiness(engines: judge.engines, walls: try confinement(configuration).raise())
        } catch {
            throw WorkerFault("\(error)")
        }
    }

    /// What is loaded is loaded; from the first mail on only the signatures may be read again.
    private func confinement(_ configuration: WorkerConfiguration) -> Confinement {
        Confinement(readable: configuration.signatures.map { [$0] } ?? [], temporary: NSTemporaryDirectory())
    }

    func inspect(_ mail: [UInt8], _ request: InspectRequest) throws(WorkerFault) -> InspectionReport {
        try configured().inspect(mail, withText: request.withText)
    }

    func decide(_ mail: [UInt8], _ request: DecideRequest) throws(WorkerFault) -> Judgement {
        let judge = try configured()
        guard judge.hasProgram else { throw WorkerFault("this worker has no policy") }
        let judged = judge.judge(
            mail, envelope: request.envelope, guess: request.guess, assumptions: request.assumptions,
            observation: request.observation)
        var judgement = judged.judgement
        if request.writes {
            judgement.correspondence = writer?.write(
                judgement.decisions, envelope: judgement.envelope, facts: judged.facts, message: judged.message)
        }
        return judgement
    }

    private func configured() throws(WorkerFault) -> MessageJudge {
        guard let judge else { throw WorkerFault("this worker is not set up") }
        return judge
    }
}
