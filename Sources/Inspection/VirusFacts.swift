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

    init(of message: InspectedMessage) {
        guard !message.settings.antivirus.isEmpty else {
            missing = .engineDown
            return
        }
        scan(message.parsed.bytes.array, node: nil, named: nil, message.settings)
        for (index, node) in message.tree.nodes.enumerated() where node.role != .multipart {
            if !node.bytes.isEmpty { scan(node.bytes, node: index, named: node.names.first, message.settings) }
            missing.formUnion(node.unread)
            missing.formUnion(hidden(in: node))
        }
        missing.formUnion(message.tree.missing)
        for node in message.tree.nodes where node.role == .multipart { missing.formUnion(node.hidden) }
    }

    private mutating func scan(_ bytes: [UInt8], node: Int?, named name: String?, _ settings: InspectionSettings) {
        for engine in settings.antivirus {
            let finding: EngineFinding
            switch engine.scan(bytes, name: name) {
            case .clean:
                finding = EngineFinding(engine: engine.name, infected: false)
            case .infected(let virus):
                finding = EngineFinding(engine: engine.name, infected: true, names: [virus])
                if !names.contains(virus) { names.append(virus) }
                if !engines.contains(engine.name) { engines.append(engine.name) }
            case .unknown(let reasons, _):
                finding = EngineFinding(engine: engine.name, infected: nil, unknown: reasons)
                missing.formUnion(reasons)
            }
            findings[node, default: []].append(finding)
        }
    }

    /// What is hidden in a node from the engines too: documents that we do not open they open themselves.
    private func hidden(in node: Node) -> Reasons {
        FormatSupport.isOpenedByAntivirus(node.types) ? node.hidden.subtracting(.unsupported) : node.hidden
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
