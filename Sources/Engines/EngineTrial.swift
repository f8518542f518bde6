import Connections
import Vocabulary

/// Tries engines one by one, as an operator asks: loads or connects, and has each look at something.
public enum EngineTrial {
    /// One result for each engine, in the operator's order.
    public static func run(
        _ configuration: EngineConfiguration, dialer: any Dialer, limits: EngineLimits = EngineLimits()
    ) -> [TriedEngine] {
        AllAtOnce.run(configuration.engines) { settings in
            let start = ContinuousClock.now
            var tried = TriedEngine(
                name: settings.name, kind: settings.kind.word, address: settings.kind.address?.description,
                state: SignatureState(engine: settings.name))
            do throws(EngineFault) {
                try attempt(LoadedEngine(settings, dialer, limits), &tried)
            } catch {
                tried.state.fault = "\(error.cause); \(error.cure)"
            }
            tried.elapsedMicroseconds = start.duration(to: .now).wholeMicroseconds
            return tried
        }
    }

    private static let harmless = Array("Lazaret asks whether this is clean.\r\n".utf8)

    /// The EICAR test file, which antivirus engines agree to find; taken apart, so that none finds it in this program.
    private static let testFile = Array(
        (#"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR"# + "-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*").utf8)

    private static let mail = Array(
        ("From: lazaret@localhost\r\nTo: postmaster@localhost\r\nSubject: Trial\r\n"
            + "Date: Mon, 2 Mar 2026 12:00:00 +0000\r\nMessage-ID: <trial@localhost>\r\n\r\n"
            + "Lazaret asks whether you answer.\r\n").utf8)

    private static func attempt(_ engine: LoadedEngine, _ tried: inout TriedEngine) {
        switch engine {
        case .antivirus(let engine):
            guard note(engine.readiness(), &tried) else { return }
            switch engine.scan(harmless, name: nil) {
            case .clean: break
            case .infected(let name): tried.state.fault = "it finds “\(Excerpt.of(name))” in a harmless text"
            case .unknown(_, let sentence): tried.state.fault = sentence
            }
            switch engine.scan(testFile, name: nil) {
            case .infected: break
            case .clean: tried.remarks.append("it does not know the EICAR test file")
            case .unknown(_, let sentence): tried.state.fault = tried.state.fault ?? sentence
            }
        case .yara(let set):
            guard note(.ready(set.signatures), &tried) else { return }
            if case .partly(_, _, let sentence) = set.rules.scan(harmless) { tried.state.fault = sentence }
        case .upstream(let upstream):
            tried.remarks.append("is not asked: the fields of \(upstream.hosts.joined(separator: ", ")) are believed")
        case .spam(let engine):
            guard note(engine.readiness(), &tried) else { return }
            switch engine.judge(mail, Envelope()) {
            case .judged(let judgement):
                tried.remarks.append(
                    "gives a plain mail \(Value.number(judgement.score).described(as: .decimal)) (\(judgement.verdict))"
                )
            case .unknown(_, let sentence): tried.state.fault = sentence
            }
        }
    }

    private static func note(_ readiness: EngineReadiness, _ tried: inout TriedEngine) -> Bool {
        switch readiness {
        case .ready(let state):
            tried.state = state
            return true
        case .down(let sentence):
            tried.state.fault = sentence
            return false
        }
    }
}
