import Engines
import Vocabulary

/// What the antivirus engines say of a message: of the raw bytes and of every content taken out of it.
///
/// One finding is enough. "No virus" is said only if every engine called everything clean and nothing was hidden from
/// them; everything else is unknown with the reasons.
struct VirusScan {
    /// Findings by node; those of the raw message stand at `nil`.
    private(set) var findings: [Int?: [EngineFinding]] = [:]
    private(set) var names: [String] = []
    private(set) var engines: [String] = []
    private(set) var missing: Reasons = []
    /// What became of each engine, for whoever asks why.
    private(set) var accounts: [EngineAccount] = []

    init(of message: InspectedMessage) {
        guard !message.settings.antivirus.isEmpty else {
            missing = .engineDown
            return
        }
        var contents = [EngineContent(message.parsed.bytes.array)]
        var owners: [Int?] = [nil]
        for (index, node) in message.tree.nodes.enumerated() where node.role != .multipart {
            if !node.bytes.isEmpty {
                contents.append(EngineContent(node.bytes, name: node.names.first))
                owners.append(index)
            }
        }
        for work in message.settings.antivirus.scan(contents) { add(work, of: owners) }
        missing.formUnion(message.tree.hiddenFromEngines)
    }

    private mutating func add(_ work: EngineWork, of owners: [Int?]) {
        let engine = work.state.engine
        var account = EngineAccount(
            state: work.state, asked: work.answers.count, remembered: work.remembered,
            elapsedMicroseconds: work.microseconds.reduce(0, +))
        for ((answer, microseconds), node) in zip(zip(work.answers, work.microseconds), owners) {
            var finding = EngineFinding(engine: engine, infected: nil, elapsedMicroseconds: microseconds)
            switch answer {
            case .clean:
                finding.infected = false
            case .infected(let virus):
                finding.infected = true
                finding.names = [virus]
                if !names.contains(virus) { names.append(virus) }
                if !engines.contains(engine) { engines.append(engine) }
                account.add(finding: virus)
            case .unknown(let reasons, let sentence):
                finding.unknown = reasons
                finding.explanation = sentence
                missing.formUnion(reasons)
                account.add(unknown: reasons, sentence)
            }
            findings[node, default: []].append(finding)
        }
        accounts.append(account)
    }

    func value(of fact: Fact) -> FactValue {
        switch fact {
        case .virus:
            if !names.isEmpty { return .known(.bool(true)) }
            return FactValue(values: missing.isEmpty ? [.bool(false)] : [], missing: missing)
        case .virusName: return FactValue(values: names.map { .text(Text($0)) }, missing: missing)
        case .virusEngines: return FactValue(values: engines.map { .text(Text($0)) }, missing: missing)
        default: return .unknown(.engineDown)
        }
    }
}

extension Decomposition {
    /// Why an engine that was given every content may still not have seen all there is.
    var hiddenFromEngines: Reasons {
        nodes.reduce(into: missing) { reasons, node in
            if node.role != .multipart { reasons.formUnion(node.unread) }
            // Documents that we do not open they open themselves.
            let isOpened = node.role != .multipart && FormatSupport.isOpenedByAntivirus(node.types)
            reasons.formUnion(isOpened ? node.hidden.subtracting(.unsupported) : node.hidden)
        }
    }
}
