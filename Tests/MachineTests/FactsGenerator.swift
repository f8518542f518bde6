import Vocabulary

/// A message as a table that was made up: few words, few addresses, so that tests often hold and often do not.
final class MadeUpFacts: FactSource {
    struct Key: Hashable {
        var fact: Fact
        var argument: String?
        var subject: FactSubject
    }

    var values: [Key: FactValue] = [:]
    var lists: [ElementListName: ElementList] = [:]
    var ancestors: [Int: [Int]] = [:]
    var partsOfURLs: [Int: Int] = [:]

    func value(of fact: Fact, argument: String?, subject: FactSubject) -> FactValue {
        values[Key(fact: fact, argument: argument, subject: subject)] ?? .absent
    }

    func elements(of list: ElementListName) -> ElementList { lists[list] ?? ElementList(elements: []) }

    func ancestors(ofPart part: Int) -> [Int] { ancestors[part] ?? [] }

    func path(ofPart part: Int) -> String { "1.\(part)" }

    func part(ofURL url: Int) -> Int { partsOfURLs[url] ?? 0 }
}

/// Makes up messages and envelopes.
struct FactsGenerator {
    static let words = [
        "alpha", "Beta", "GAMMA", "straße", "ÉTÉ", "kelvin \u{212A}", "a b", "urgent gift", "5.3 points", "-2",
        "alphabeta", "x\u{202E}y", "", "beta\nbeta", "4111111111111111", "94111111111111111", "GB82WEST12345698765432",
        "a l p h a", "4lph\u{430}", "al\u{AD}pha", "e\u{301}te\u{301}", "a1pha", "AIpha",
    ]
    static let addresses = ["eve@partner.example", "bob+tag@acme.example", "Ann@ACME.example", "joe@sub.acme.fr"]
    static let domains = [
        "acme.example", "partner.example", "sub.acme.fr", "fr", "acne.example", "xn--cme-7cd.example",
    ]
    static let types = ["zip", "pdf", "mp4", "video", "executable", "docm", "html", "archive"]
    static let headers = ["list-id", "x-spam-score"]

    var random: SeededGenerator

    mutating func reasons() -> Reasons {
        var reasons: Reasons = []
        for one in random.some(2, { $0.pick(Reasons.all.singles) }) { reasons.formUnion(one) }
        return reasons
    }

    mutating func value(of type: ValueType, symbols: [String]) -> Value {
        switch type {
        case .bool: .bool(random.oneIn(2))
        case .int, .decimal, .size, .duration, .time:
            .number(random.pick([0, 1, 2, 999, 1000, 2_000_000, 5_300]))
        case .text: .text(text())
        case .address: .address(address())
        case .domain: .domain(Domain(random.pick(Self.domains)))
        case .ip: IPAddress(random.pick(["192.0.2.7", "198.51.100.1", "2001:db8::1"])).map { .ip($0) } ?? .bool(false)
        case .fileType: .fileType(FileType.named(random.pick(Self.types)) ?? .unknown)
        case .encryption: .encryption(random.pick(EncryptionKind.allCases))
        case .hash: .hash([UInt8](repeating: UInt8(random.below(3)), count: 32))
        case .symbol: .symbol(symbols.isEmpty ? "x" : random.pick(symbols))
        }
    }

    mutating func text() -> Text {
        if random.oneIn(12) { return Text(utf8: [0x61, 0xc3, 0x28, 0x80, 0x62]) }
        let words = random.some(3) { $0.pick(Self.words) }
        return Text(words.joined(separator: random.pick([" ", "", "-", "\t "])))
    }

    mutating func address() -> Address {
        Address(random.pick(Self.addresses), displayName: random.oneIn(2) ? random.pick(Self.words) : nil)
    }

    /// Mostly known, sometimes absent, sometimes unknown, sometimes both.
    mutating func factValue(of row: FactRow) -> FactValue {
        let shape = random.below(8)
        if shape == 0 { return .absent }
        if shape == 1 { return .unknown(reasons()) }
        var value = FactValue(values: [])
        for _ in 0..<(1 + random.below(random.oneIn(3) ? 3 : 1)) {
            value.values.append(self.value(of: row.type, symbols: row.symbols))
        }
        if shape == 2 { value.missing = reasons() }
        if row.type == .text, value.values.count > 1, random.oneIn(2) {
            let cut = 1 + random.below(value.values.count - 1)
            value.alternatives = [
                TextAlternatives(versions: [Array(0..<cut), Array(cut..<value.values.count - random.below(2))])
            ]
        }
        return value
    }

    mutating func facts() -> MadeUpFacts {
        let facts = MadeUpFacts()
        let count = random.below(6)
        let urls = random.below(4)
        for row in FactCatalogue.rows {
            switch row.scope {
            case .message:
                for argument in row.takesArgument ? Self.headers.map(Optional.some) : [nil] {
                    facts.values[.init(fact: row.fact, argument: argument, subject: .message)] = factValue(of: row)
                }
            case .element(.part):
                for part in 0..<count {
                    facts.values[.init(fact: row.fact, argument: nil, subject: .part(part * 3))] = factValue(of: row)
                }
            case .element(.url):
                for url in 0..<urls {
                    facts.values[.init(fact: row.fact, argument: nil, subject: .url(url * 2))] = factValue(of: row)
                }
            case .recipient: break
            }
        }
        for url in 0..<urls { facts.partsOfURLs[url * 2] = random.below(max(1, count)) * 3 }
        facts.lists[.urls] = ElementList(
            elements: (0..<urls).map { $0 * 2 }, missing: random.oneIn(4) ? reasons() : [])
        for list in [ElementListName.attachments, .files, .parts] {
            var elements: [Int] = []
            for part in 0..<count where list == .parts || random.below(3) > 0 { elements.append(part * 3) }
            facts.lists[list] = ElementList(elements: elements, missing: random.oneIn(4) ? reasons() : [])
        }
        for part in 1..<max(2, count) where random.oneIn(2) {
            let parent = random.below(part) * 3
            facts.ancestors[part * 3] = [parent] + (facts.ancestors[parent] ?? [])
        }
        return facts
    }

    mutating func envelope() -> Envelope {
        var envelope = Envelope(sender: address())
        for _ in 0..<(1 + random.below(3)) { envelope.recipients.append(address()) }
        if random.oneIn(2) { envelope.authenticatedUser = "ann" }
        if random.oneIn(4) { envelope.direction = random.pick(Direction.allCases) }
        return envelope
    }
}
