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
    private var enginesToTry: EngineConfiguration?

    func configure(_ configuration: WorkerConfiguration, bundle: [UInt8]?) throws(WorkerFault) -> WorkerReadiness {
        if configuration.isTrial {
            enginesToTry = configuration.engines
            return WorkerReadiness(engines: [], walls: [])
        }
        do {
            let judge = try MessageJudge(bundle: bundle, engines: configuration.engines)
            self.judge = judge
            writer = judge.words.map { CorrespondenceWriter($0) }
            return WorkerReadiness(engines: judge.engines, walls: try confinement(configuration.engines).raise())
        } catch {
            throw WorkerFault("\(error)")
        }
    }

    /// What is loaded is loaded; from the first mail on only signatures and rules may be read again, and only engines be
    /// talked to.
    private func confinement(_ engines: EngineConfiguration) -> Confinement {
        var confinement = Confinement(
            readable: engines.engines.flatMap(\.kind.paths), temporary: NSTemporaryDirectory())
        for address in engines.addresses {
            switch address {
            case .tcp(_, let port): confinement.ports.append(port)
            case .unix: confinement.reachesLocalSockets = true
            }
        }
        return confinement
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

    func tryEngines() throws(WorkerFault) -> EngineTrialReply {
        guard let enginesToTry else { throw WorkerFault("this worker is not set up for a trial") }
        return EngineTrialReply(engines: MessageJudge.trial(of: enginesToTry))
    }

    private func configured() throws(WorkerFault) -> MessageJudge {
        guard let judge else { throw WorkerFault("this worker is not set up") }
        return judge
    }
}
