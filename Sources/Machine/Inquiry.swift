import Bytecode
import Vocabulary

/// What one message has been asked so far: facts, lists and scans, each fetched once.
///
/// Facts of a message are kept by their number; facts of elements by number and element.
final class Inquiry {
    let loaded: LoadedProgram
    let source: any FactSource
    /// The elements bound now, by binder.
    var bound = [0, 0]
    var boundKinds: [ElementKind] = [.part, .part]
    private(set) var recipient: Address
    private(set) var direction: Direction

    /// What is known of scores and settings, by their number; `nil` before it is asked for.
    var reckonings: [Reckoning?]

    private var messageOperands: [Resolved?]
    private var elementFacts: [[Int: Resolved]]
    private var lists: [ElementListName: ElementList] = [:]
    private var containersOfElement: [FactSubject: [Int]] = [:]
    private var messageScans: [[TextHits]?]
    private var elementScans: [[Int: [TextHits]]]

    init(_ loaded: LoadedProgram, source: any FactSource, recipient: Address, direction: Direction) {
        self.loaded = loaded
        self.source = source
        self.recipient = recipient
        self.direction = direction
        reckonings = Array(repeating: nil, count: loaded.program.computed.count)
        messageOperands = Array(repeating: nil, count: loaded.program.operands.count)
        elementFacts = Array(repeating: [:], count: loaded.program.facts.count)
        messageScans = Array(repeating: nil, count: loaded.program.patternGroups.count)
        elementScans = Array(repeating: [:], count: loaded.program.patternGroups.count)
    }

    /// Turns to another recipient and forgets what depended on the one before.
    func judge(_ recipient: Address, direction: Direction) {
        self.recipient = recipient
        self.direction = direction
        for operand in loaded.recipientOperands { messageOperands[operand] = nil }
        for (number, entry) in loaded.program.computed.enumerated() where entry.level == .recipient {
            reckonings[number] = nil
        }
        for (number, group) in loaded.program.patternGroups.enumerated()
        where loaded.operandScopes[group.operand].usesRecipient {
            messageScans[number] = nil
        }
    }

    // MARK: Values

    /// The values of an operand.
    func resolve(_ operand: Int) -> Resolved {
        if let known = messageOperands[operand] { return known }
        let resolved: Resolved
        switch loaded.program.operands[operand] {
        case .fact(let fact): resolved = self.fact(fact)
        case .constant(let constant): resolved = loaded.constants[constant]
        case .otherwise(let first, let second):
            let value = resolve(first)
            resolved = value.isAbsent ? resolve(second) : value
        case .computed(let computed):
            let reckoning = reckonings[computed]
            resolved = Resolved(
                FactValue(values: reckoning?.value.map { [$0] } ?? [], missing: reckoning?.reasons ?? .overLimit),
                isShared: false)
        }
        if loaded.operandScopes[operand].binders == 0 { messageOperands[operand] = resolved }
        return resolved
    }

    /// The values of a fact, members applied.
    func fact(_ number: Int) -> Resolved {
        let fact = loaded.facts[number]
        let reference = fact.reference
        switch fact.subject {
        case .recipient:
            let value: Value = reference.fact == .recipient ? .address(recipient) : .symbol(direction.rawValue)
            return Resolved(applyMembers(of: reference, to: .known(value)), isShared: false)
        case .message:
            return fetch(reference, .message)
        case .part(let binder):
            let element = bound[binder]
            if let known = elementFacts[number][element] { return known }
            let resolved = fetch(reference, .part(element))
            elementFacts[number][element] = resolved
            return resolved
        case .url(let binder):
            let element = bound[binder]
            if let known = elementFacts[number][element] { return known }
            let resolved = fetch(reference, .url(element))
            elementFacts[number][element] = resolved
            return resolved
        }
    }

    private func fetch(_ reference: FactReference, _ subject: FactSubject) -> Resolved {
        let value = source.value(of: reference.fact, argument: reference.argument, subject: subject)
        return Resolved(applyMembers(of: reference, to: value), isShared: false)
    }

    private func applyMembers(of reference: FactReference, to value: FactValue) -> FactValue {
        var result = value
        for member in reference.members {
            result.values = result.values.compactMap { member.of($0, loaded.suffixes) }
        }
        // What drops out of the values makes their numbers others.
        if !reference.members.isEmpty || reference.asNumber { result.alternatives = [] }
        if reference.asNumber {
            result.values = result.values.compactMap { value in
                value.searchableText.flatMap { DecimalNumber.parse($0.utf8) }.map { .number($0) }
            }
        }
        return result
    }

    // MARK: Elements

    /// The elements of a list, cut at the limit the program was compiled for.
    func elements(of list: ElementListName) -> ElementList {
        if let known = lists[list] { return known }
        var elements = source.elements(of: list)
        let limit = loaded.program.manifest.limits[list]
        if elements.elements.count > limit {
            elements.elements.removeLast(elements.elements.count - limit)
            elements.missing.formUnion(.overLimit)
        }
        lists[list] = elements
        return elements
    }

    func bind(_ element: Int, _ head: LoopHead) {
        bound[head.binder] = element
        boundKinds[head.binder] = head.list.kind
    }

    /// The element bound now.
    func subject(of binder: Int) -> FactSubject { boundKinds[binder].subject(bound[binder]) }

    /// What the element bound now lies in, from the nearest to the outermost.
    func containers(of binder: Int) -> [Int] {
        let subject = subject(of: binder)
        if let known = containersOfElement[subject] { return known }
        let containers = source.containers(of: subject)
        containersOfElement[subject] = containers
        return containers
    }

    // MARK: Scans

    /// What a group's patterns find in each text of its operand; one scan of each text serves all of them.
    func scan(_ group: Int) -> [TextHits] {
        let operand = loaded.program.patternGroups[group].operand
        let scope = loaded.operandScopes[operand]
        if scope.binders == 0 {
            if let known = messageScans[group] { return known }
            let hits = scanTexts(of: operand, group)
            messageScans[group] = hits
            return hits
        }
        // Kept by element only where there is one element and no recipient in the operand.
        guard !scope.usesRecipient, scope.binders == 1 || scope.binders == 2 else {
            return scanTexts(of: operand, group)
        }
        let element = bound[scope.binders == 1 ? 0 : 1]
        if let known = elementScans[group][element] { return known }
        let hits = scanTexts(of: operand, group)
        elementScans[group][element] = hits
        return hits
    }

    private func scanTexts(of operand: Int, _ group: Int) -> [TextHits] {
        let scanner = loaded.scanners[group]
        let patterns = loaded.program.patternGroups[group].patterns.count
        return resolve(operand).texts.map { text in
            guard let text else { return TextHits() }
            return TextHits(scanner.scan(text.utf8), patterns: patterns)
        }
    }
}

/// The hits in one text, as bits.
struct TextHits {
    private var present: [UInt64] = []
    private var undecided: [UInt64] = []

    init() {}

    init(_ hits: PatternHits, patterns: Int) {
        present = Self.bits(hits.present, patterns)
        undecided = Self.bits(hits.undecided, patterns)
    }

    private static func bits(_ numbers: [Int], _ count: Int) -> [UInt64] {
        if numbers.isEmpty { return [] }
        var words = [UInt64](repeating: 0, count: (count + 63) / 64)
        for number in numbers where number >= 0 && number < count { words[number >> 6] |= 1 << UInt64(number & 63) }
        return words
    }

    func forEachPresent(_ body: (Int) -> Void) { Self.forEach(present, body) }

    func forEachUndecided(_ body: (Int) -> Void) { Self.forEach(undecided, body) }

    private static func forEach(_ words: [UInt64], _ body: (Int) -> Void) {
        for (index, word) in words.enumerated() {
            var rest = word
            while rest != 0 {
                body(index << 6 | rest.trailingZeroBitCount)
                rest &= rest - 1
            }
        }
    }

    func isPresent(_ pattern: Int) -> Bool {
        !present.isEmpty && present[pattern >> 6] & 1 << UInt64(pattern & 63) != 0
    }

    func isUndecided(_ pattern: Int) -> Bool {
        !undecided.isEmpty && undecided[pattern >> 6] & 1 << UInt64(pattern & 63) != 0
    }
}
