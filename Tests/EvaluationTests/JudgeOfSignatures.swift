import Evaluation
import Vocabulary

extension MessageJudge {
    /// A judge with libclamav and the signatures of a folder, or without any engine.
    convenience init(bundle: [UInt8]?, signatures: String?) throws {
        try self.init(
            bundle: bundle,
            engines: EngineConfiguration(
                engines: signatures.map { [EngineSettings(name: "clamav", kind: .clamav(signatures: $0))] } ?? []))
    }
}
