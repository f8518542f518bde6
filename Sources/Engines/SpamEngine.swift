import Connections
import Vocabulary

/// What a spam engine says of a message.
public struct SpamJudgement: Equatable, Sendable {
    /// Thousandths.
    public var score: Int64
    /// The names of what it saw, sorted.
    public var symbols: [String]
    /// Whether there are more symbols than are kept.
    public var isCut: Bool
    /// What it would do, in its own words.
    public var verdict: String

    public init(score: Int64, symbols: [String], isCut: Bool = false, verdict: String) {
        self.score = score
        self.symbols = symbols
        self.isCut = isCut
        self.verdict = verdict
    }

    /// Sorts, drops what stands twice and cuts; `nil` where a symbol is none.
    public init?(score: Int64, verdict: String, unsorted: some Collection<String>, _ limits: EngineLimits) {
        let symbols = Set(unsorted)
        guard symbols.allSatisfy({ Self.isSymbol($0, limits) }) else { return nil }
        self.init(
            score: score, symbols: Array(symbols.sorted().prefix(limits.spamSymbols)),
            isCut: symbols.count > limits.spamSymbols, verdict: Excerpt.of(verdict))
    }

    private static func isSymbol(_ text: String, _ limits: EngineLimits) -> Bool {
        (1...limits.nameBytes).contains(text.utf8.count) && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    }
}

/// The answer of a spam engine.
public enum SpamAnswer: Equatable, Sendable {
    case judged(SpamJudgement)
    case unknown(Reasons, String)
}

extension SpamAnswer {
    /// What an engine says of a message that its bounds let through; whatever goes wrong is its fault.
    static func about(
        _ message: [UInt8], within bounds: EngineBounds, asking ask: () throws(ConnectionFault) -> SpamAnswer
    ) -> SpamAnswer {
        guard message.count <= bounds.largest else {
            return .unknown(.overLimit, "larger than \(ByteCount(Int64(bounds.largest)))")
        }
        do throws(ConnectionFault) {
            return try ask()
        } catch {
            return .unknown(.engineDown, error.description)
        }
    }
}

/// An engine that gives whole messages a score.
public protocol SpamEngine: Sendable {
    /// As reports name it.
    var name: String { get }

    /// What it last said of itself.
    var state: SignatureState { get }

    /// Finds out whether it answers.
    func readiness() -> EngineReadiness

    /// Judges one message. Ends within a time of the engine's own.
    func judge(_ message: [UInt8], _ envelope: Envelope) -> SpamAnswer
}

/// What one spam engine said of a message.
public struct SpamWork: Sendable {
    public var state: SignatureState
    public var answer: SpamAnswer
    public var microseconds: Int

    public init(state: SignatureState, answer: SpamAnswer, microseconds: Int) {
        self.state = state
        self.answer = answer
        self.microseconds = microseconds
    }
}

/// All spam engines of a worker, asked at once.
public struct SpamPanel: Sendable {
    public let engines: [any SpamEngine]

    public init(_ engines: [any SpamEngine] = []) { self.engines = engines }

    public var isEmpty: Bool { engines.isEmpty }

    /// What each says, in the operator's order.
    public func judge(_ message: [UInt8], _ envelope: Envelope) -> [SpamWork] {
        AllAtOnce.run(engines) { engine in
            let start = ContinuousClock.now
            let answer = engine.judge(message, envelope)
            return SpamWork(
                state: engine.state, answer: answer, microseconds: start.duration(to: .now).wholeMicroseconds)
        }
    }
}
