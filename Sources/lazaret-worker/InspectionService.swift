import Connections
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
    private var trial: (engines: EngineConfiguration, dialer: any Dialer)?

    func configure(
        _ configuration: WorkerConfiguration, bundle: [UInt8]?, dialer: any Dialer
    ) throws(WorkerFault) -> WorkerReadiness {
        if configuration.isTrial {
            trial = (configuration.engines, dialer)
            return WorkerReadiness(engines: [], walls: [])
        }
        do {
            let judge = try MessageJudge(bundle: bundle, engines: configuration.engines, dialer: dialer)
            self.judge = judge
            writer = judge.words.map { CorrespondenceWriter($0) }
            return WorkerReadiness(engines: judge.engines, walls: try confinement(configuration.engines).raise())
        } catch {
            throw WorkerFault("\(error)")
        }
    }

    /// What is loaded is loaded; from the first mail on only signatures and rules may be read again.
    private func confinement(_ engines: EngineConfiguration) -> Confinement {
        Confinement(readable: engines.engines.flatMap(\.kind.paths), temporary: NSTemporaryDirectory())
    }

    func inspect(_ mail: [UInt8], _ request: InspectRequest) throws(WorkerFault) -> InspectionReport {
        try configured().inspect(mail, withText: request.withText)
    }

    func decide(_ mail: [UInt8], _ request: DecideRequest) throws(WorkerFault) -> Judgement {
        let judge = try configured()
        guard judge.hasProgram else { throw WorkerFault("this worker has no policy") }
        let judged = judge.judge(
            mail, envelope: request.envelope, guess: request.guess, assumptions: request.assumptions,
            observation: request.observation, edge: request.edge)
        var judgement = judged.judgement
        if request.writes {
            judgement.correspondence = writer?.write(
                judgement.decisions, envelope: judgement.envelope, facts: judged.facts, message: judged.message)
            judgement.summary = SummaryWriter(mark: request.mark).summary(
                of: judged.message, facts: judged.facts, hasVirus: judged.hasVirus)
        }
        return judgement
    }

    func readEdge(_ beginning: [UInt8], _ trust: EdgeTrust) throws(WorkerFault) -> EdgeReading {
        EdgeReader(trust).read(beginning)
    }

    func rewrite(_ mail: [UInt8], _ changes: MessageChanges) throws(WorkerFault) -> RewrittenMessage {
        guard let words = try configured().words else { throw WorkerFault("this worker has no policy") }
        do throws(RewritingFault) {
            return try MessageRewriter(mail, words: words).rewritten(changes)
        } catch {
            throw WorkerFault(error.reason)
        }
    }

    func writeReport(_ mail: [UInt8], _ report: DeliveryReport) throws(WorkerFault) -> WrittenMessage {
        guard let written = DeliveryReportWriter(try configured().words).write(report, about: mail) else {
            throw WorkerFault("the sender's address cannot stand in a field of a message")
        }
        return written
    }

    func writeDigest(_ digest: HeldDigest) throws(WorkerFault) -> WrittenMessage {
        guard let written = DigestWriter().write(digest) else {
            throw WorkerFault("an address of the digest cannot stand in a field of a message")
        }
        return written
    }

    func tryEngines() throws(WorkerFault) -> EngineTrialReply {
        guard let trial else { throw WorkerFault("this worker is not set up for a trial") }
        return EngineTrialReply(engines: MessageJudge.trial(of: trial.engines, dialer: trial.dialer))
    }

    private func configured() throws(WorkerFault) -> MessageJudge {
        guard let judge else { throw WorkerFault("this worker is not set up") }
        return judge
    }
}
