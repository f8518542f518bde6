import Engines
import Vocabulary

/// What the spam engines say of a message.
struct SpamScan {
    private var scores: [Int64] = []
    private var symbols: [String] = []
    private var missing: Reasons = []
    /// Of the symbols alone.
    private var missingSymbols: Reasons = []
    private(set) var accounts: [EngineAccount] = []

    init(of message: InspectedMessage) {
        let settings = message.settings
        guard !settings.spam.isEmpty || !settings.upstreams.isEmpty else {
            missing = .engineDown
            return
        }
        for work in settings.spam.judge(message.parsed.bytes.array, message.envelope) { add(work) }
        for (name, upstream) in settings.upstreams {
            let answer = UpstreamSpam(message.parsed.header, upstream).answer
            add(SpamWork(state: SignatureState(engine: name), answer: answer, microseconds: 0))
        }
    }

    private mutating func add(_ work: SpamWork) {
        var account = EngineAccount(state: work.state, asked: 1, elapsedMicroseconds: work.microseconds)
        switch work.answer {
        case .judged(let judgement):
            scores.append(judgement.score)
            for symbol in judgement.symbols where !symbols.contains(symbol) { symbols.append(symbol) }
            if judgement.isCut { missingSymbols.formUnion(.overLimit) }
            account.add(
                finding: "score \(Value.number(judgement.score).described(as: .decimal)) (\(judgement.verdict))")
        case .unknown(let reasons, let sentence):
            missing.formUnion(reasons)
            account.add(unknown: reasons, sentence)
        }
        accounts.append(account)
    }

    func value(of fact: Fact) -> FactValue {
        fact == .spamScore
            ? FactValue(values: scores.map { .number($0) }, missing: missing)
            : FactValue(values: symbols.map { .text(Text($0)) }, missing: missing.union(missingSymbols))
    }
}
