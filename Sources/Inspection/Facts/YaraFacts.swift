import Engines
import Vocabulary

/// What YARA rules say of a message: of the raw bytes and of every content taken out of it.
///
/// A rule that matches one of them matches. "Does not match" is said only of a rule that is there, was tried on every
/// content, and from which nothing was hidden.
struct YaraScan {
    private var matched: Set<String> = []
    private var known: Set<String> = []
    private var missing: Reasons = []
    private(set) var accounts: [EngineAccount] = []

    init(of message: InspectedMessage) {
        guard !message.settings.yara.isEmpty else {
            missing = .engineDown
            return
        }
        let nodes = message.tree.nodes
        var contents = [message.parsed.bytes.array]
        contents += nodes.filter { $0.role != .multipart && !$0.bytes.isEmpty }.map(\.bytes)
        for set in message.settings.yara { add(set, contents) }
        // It opens nothing by itself.
        missing.formUnion(message.tree.missing)
        for node in nodes { missing.formUnion(node.role == .multipart ? node.hidden : node.hidden.union(node.unread)) }
    }

    private mutating func add(_ set: WatchedYara, _ contents: [[UInt8]]) {
        let clock = ContinuousClock()
        let start = clock.now
        // One set of rules for the whole message, whatever is loaded meanwhile.
        let rules = set.rules
        known.formUnion(rules.ruleNames)
        var account = EngineAccount(state: set.signatures, asked: contents.count)
        for answer in rules.scan(all: contents) {
            switch answer {
            case .matched(let names):
                note(names, &account)
            case .partly(let names, let reasons, let sentence):
                note(names, &account)
                missing.formUnion(reasons)
                account.add(unknown: reasons, sentence)
            }
        }
        account.elapsedMicroseconds = (clock.now - start).wholeMicroseconds
        accounts.append(account)
    }

    private mutating func note(_ names: Set<String>, _ account: inout EngineAccount) {
        matched.formUnion(names)
        for name in names.sorted() { account.add(finding: name) }
    }

    /// - Parameter rule: its name as the policy writes it; YARA regards case.
    func value(ofRule rule: String) -> FactValue {
        if matched.contains(rule) { return .known(.bool(true)) }
        // A rule that nobody has says nothing.
        if !known.contains(rule) { return .unknown(missing.union(.engineDown)) }
        return missing.isEmpty ? .known(.bool(false)) : .unknown(missing)
    }
}
