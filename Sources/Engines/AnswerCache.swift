import Cryptography
import Synchronization

/// Answers about contents that were asked about before, by engine, digest and signatures.
///
/// It lives and dies with its process: what a worker that was taken over calls clean vouches for nobody else's mail.
/// Of unknown answers none is kept. Bounded by two generations: when the younger is full, the older one goes.
final class AnswerCache: Sendable {
    struct Key: Hashable, Sendable {
        let engine: String
        let content: SHA256Digest
        /// Of the engine's signatures: newer ones may find what older ones did not.
        let mark: String
    }

    private struct Entry {
        var answer: EngineAnswer
        var since: ContinuousClock.Instant
    }

    private struct Generations {
        var younger: [Key: Entry] = [:]
        var older: [Key: Entry] = [:]
    }

    private let capacity: Int
    private let cleanSeconds: Int
    private let generations = Mutex(Generations())

    init(_ limits: EngineLimits) {
        capacity = max(1, limits.cachedAnswers / 2)
        cleanSeconds = limits.cleanSeconds
    }

    func answer(for key: Key) -> EngineAnswer? {
        guard let entry = generations.withLock({ $0.younger[key] ?? $0.older[key] }) else { return nil }
        if entry.answer == .clean, entry.since.duration(to: .now) >= .seconds(cleanSeconds) { return nil }
        return entry.answer
    }

    func keep(_ answer: EngineAnswer, for key: Key) {
        if case .unknown = answer { return }
        let entry = Entry(answer: answer, since: .now)
        generations.withLock { generations in
            if generations.younger.count >= capacity {
                generations.older = generations.younger
                generations.younger = [:]
            }
            generations.younger[key] = entry
        }
    }
}
