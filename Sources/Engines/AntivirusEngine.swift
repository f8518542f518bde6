import Connections
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

/// Whether an engine can be asked now, and with what signatures.
public enum EngineReadiness: Equatable, Sendable {
    case ready(SignatureState)
    /// It would not answer; with a sentence for people.
    case down(String)

    /// What an engine in another process says of itself.
    init(asking ask: () throws(ConnectionFault) -> SignatureState) {
        do throws(ConnectionFault) {
            self = .ready(try ask())
        } catch {
            self = .down(error.description)
        }
    }
}

/// An antivirus engine. Asked from several threads at once; every call ends within a time of the engine's own.
public protocol AntivirusEngine: Sendable {
    /// Short and stable, as reports and facts name it: `clamav`.
    var name: String { get }

    /// What is known of its signatures, without asking anybody.
    var signatures: SignatureState { get }

    /// Whether it runs in another process, so that a failure says something of its next answer too.
    var isElsewhere: Bool { get }

    /// Finds out whether the engine answers and which signatures it has now. Asked once for each message.
    func readiness() -> EngineReadiness

    /// Judges one content.
    ///
    /// - Parameter name: the file's name as a hint for the engine; never trusted.
    func scan(_ bytes: [UInt8], name: String?) -> EngineAnswer
}

extension AntivirusEngine {
    /// Of an engine in this process there is nobody to ask.
    public func readiness() -> EngineReadiness { .ready(signatures) }

    public var isElsewhere: Bool { false }
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
