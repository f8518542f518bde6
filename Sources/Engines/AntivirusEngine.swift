import Vocabulary

/// What an engine says of one content.
///
/// There is no fourth answer: whatever is neither surely clean nor surely infected is unknown, with its reasons.
public enum EngineAnswer: Equatable, Sendable {
    case clean
    /// With the engine's name of what it found.
    case infected(String)
    /// With reasons, and a sentence for people.
    case unknown(Reasons, String)
}

/// An antivirus engine. Asked from several threads at once.
public protocol AntivirusEngine: Sendable {
    /// Short and stable, as reports and facts name it: `clamav`.
    var name: String { get }

    /// What is known of its signatures.
    var signatures: SignatureState { get }

    /// Judges one content.
    ///
    /// - Parameter name: the file's name as a hint for the engine; never trusted.
    func scan(_ bytes: [UInt8], name: String?) -> EngineAnswer
}

/// Why an engine could not be started.
public struct EngineFault: Error, Equatable, Sendable, CustomStringConvertible {
    public let engine: String
    /// What is wrong.
    public let cause: String
    /// What to do about it.
    public let cure: String

    public init(engine: String, cause: String, cure: String) {
        self.engine = engine
        self.cause = cause
        self.cure = cure
    }

    public var description: String { "\(engine): \(cause); \(cure)" }
}
