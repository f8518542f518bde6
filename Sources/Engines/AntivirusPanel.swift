import Connections
import Cryptography
import Foundation
import Synchronization
import Vocabulary

/// A content to be judged by all engines.
public struct EngineContent: Sendable {
    public let bytes: [UInt8]
    /// The file's name as a hint; never trusted.
    public let name: String?

    public init(_ bytes: [UInt8], name: String? = nil) {
        self.bytes = bytes
        self.name = name
    }
}

/// What one engine said of the contents of one message.
public struct EngineWork: Equatable, Sendable {
    /// Of the engine as it was when it was asked.
    public var state: SignatureState
    /// One for each content, in their order.
    public var answers: [EngineAnswer]
    /// For each content, how long its answer took.
    public var microseconds: [Int]
    /// How many answers were remembered.
    public var remembered: Int
}

/// All antivirus engines of a worker. Each goes through a message's contents on a thread of its own, so that the
/// slowest engine alone says how long it takes.
public final class AntivirusPanel: Sendable {
    /// In the operator's order.
    public let engines: [any AntivirusEngine]
    private let limits: EngineLimits
    private let cache: AnswerCache

    public init(_ engines: [any AntivirusEngine] = [], limits: EngineLimits = EngineLimits()) {
        self.engines = engines
        self.limits = limits
        cache = AnswerCache(limits)
    }

    public var isEmpty: Bool { engines.isEmpty }

    /// What every engine says of every content, in the order of the engines.
    public func scan(_ contents: [EngineContent]) -> [EngineWork] {
        let digests = contents.map { SHA256Digest.hash($0.bytes) }
        return AllAtOnce.run(engines) { self.work(of: $0, contents, digests) }
    }

    private func work(
        of engine: any AntivirusEngine, _ contents: [EngineContent], _ digests: [SHA256Digest]
    ) -> EngineWork {
        let state: SignatureState
        switch engine.readiness() {
        case .ready(let known): state = known
        case .down(let sentence):
            var state = engine.signatures
            state.fault = sentence
            return EngineWork(
                state: state, answers: contents.map { _ in .unknown(.engineDown, sentence) },
                microseconds: contents.map { _ in 0 }, remembered: 0)
        }
        let deadline = Deadline(seconds: Double(limits.messageSeconds))
        var work = EngineWork(state: state, answers: [], microseconds: [], remembered: 0)
        var failures = 0
        for (content, digest) in zip(contents, digests) {
            let key = state.mark.map { AnswerCache.Key(engine: engine.name, content: digest, mark: $0) }
            let start = ContinuousClock.now
            let answer: EngineAnswer
            if let kept = key.flatMap(cache.answer) {
                answer = kept
                work.remembered += 1
            } else if failures >= limits.failuresOfMessage {
                answer = .unknown(.engineDown, "it gave no answer \(failures) times, so it was not asked again")
            } else if deadline.isPast {
                answer = .unknown(.overLimit, "its time for one message was used up")
            } else {
                answer = engine.scan(content.bytes, name: content.name)
                if let key { cache.keep(answer, for: key) }
                if engine.isElsewhere, case .unknown(.engineDown, _) = answer { failures += 1 }
            }
            work.answers.append(answer)
            work.microseconds.append(start.duration(to: .now).wholeMicroseconds)
        }
        return work
    }
}

/// Work for several at once, each on a thread of its own: they wait for others, so there may be more of them than
/// processors.
enum AllAtOnce {
    static func run<Subject: Sendable, Result: Sendable>(
        _ subjects: [Subject], _ work: @escaping @Sendable (Subject) -> Result
    ) -> [Result] {
        guard let first = subjects.first else { return [] }
        let others = Slots<Result>(count: subjects.count - 1)
        for (index, subject) in subjects.dropFirst().enumerated() {
            Thread.detachNewThread { others.put(work(subject), at: index) }
        }
        return [work(first)] + others.wait()
    }

    private final class Slots<Element: Sendable>: Sendable {
        private let elements: Mutex<[Element?]>
        private let count: Int
        private let filled = DispatchSemaphore(value: 0)

        init(count: Int) {
            self.count = count
            elements = Mutex(Array(repeating: nil, count: count))
        }

        func put(_ element: Element, at index: Int) {
            elements.withLock { $0[index] = element }
            filled.signal()
        }

        func wait() -> [Element] {
            for _ in 0..<count { filled.wait() }
            return elements.withLock { $0.compactMap { $0 } }
        }
    }
}
