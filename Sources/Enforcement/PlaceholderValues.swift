import Vocabulary

/// What stands for each placeholder in the texts that one order asks for.
struct PlaceholderValues {
    let words: PolicyWords
    let facts: any FactSource
    let names: PartNames
    let limits: EnforcementLimits
    let order: TextOrder
    let language: String

    private var phrases: Phrases { .of(language) }
    /// The rules that ask for the text, by name.
    private var rules: [String] { order.rules.sorted() }

    func text(of placeholder: TemplatePlaceholder) -> String {
        switch placeholder.meaning {
        case .verdict(.rule): list(rules)
        case .verdict(.title): list(rules.map(title))
        case .verdict(.reason): list(rules.map(reason))
        case .verdict(.area): list(order.decisions.flatMap(\.areas))
        case .fact(.recipient): list(order.decisions.lazy.map(\.recipient.addrSpec))
        case .fact(.direction): list(order.decisions.lazy.map { phrases.word(for: $0.direction) })
        case .fact(let fact): text(of: fact)
        case .policyName: line(words.policy)
        case .administrators: list(words.organisation.administrators.map(\.addrSpec))
        case .evidence: evidence
        case .parts: parts
        }
    }

    private func line(_ text: String) -> String { WrittenText.line(text, upTo: WrittenTextLimits.valueBytes) }

    /// Each once, in their order, with commas between.
    private func list(_ values: some Sequence<String>) -> String {
        var seen: Set<String> = []
        var text = ""
        for value in values where seen.insert(value).inserted {
            text += (text.isEmpty ? "" : ", ") + line(value)
            // Nothing behind the bound would be kept.
            if text.utf8.count > WrittenTextLimits.valueBytes { break }
        }
        return text.isEmpty ? phrases.none : line(text)
    }

    private func text(of fact: Fact) -> String {
        let value = facts.value(of: fact, argument: nil, subject: .message)
        if value.values.isEmpty {
            if !value.missing.isEmpty { return phrases.unknown }
            return fact == .subject ? phrases.noSubject : phrases.none
        }
        return WrittenText.of(value, as: FactCatalogue.row(fact).type)
    }

    private func title(of rule: String) -> String { words.titles[rule] ?? rule }

    /// The verdicts of a rule for the recipients that the text is about.
    private func verdicts(of rule: String) -> [RuleVerdict] {
        order.decisions.prefix(limits.toldDecisions).flatMap { $0.rules.filter { $0.name == rule } }
    }

    private func unread(by rule: String) -> Reasons {
        verdicts(of: rule).reduce(into: Reasons()) { unread, verdict in
            if verdict.verdict == .undetermined { unread.formUnion(verdict.unknown) }
        }
    }

    /// What could not be read; of a rule that fired its title.
    private func reason(of rule: String) -> String {
        let unread = unread(by: rule)
        return unread.isEmpty ? title(of: rule) : phrases.words(for: unread)
    }

    /// For each rule its title and a line for everything that it saw.
    private var evidence: String {
        var lines: [String] = []
        for rule in rules {
            let unread = unread(by: rule)
            let told = unread.isEmpty ? "" : " (\(phrases.unread)\(phrases.colon)\(phrases.words(for: unread)))"
            lines.append(line(title(of: rule)) + told)
            var seen: Set<String> = []
            for piece in verdicts(of: rule).flatMap(\.evidence) {
                let part = piece.part.map { " (\(names.label(of: $0)))" } ?? ""
                let fact = self.line(piece.fact)
                let what = piece.words.map { phrases.words(self.line($0.dictionary), fact) } ?? fact
                let line = "- \(what)\(part)\(phrases.colon)\(line(piece.excerpt))"
                if seen.insert(line).inserted { lines.append(line) }
            }
        }
        return cut(lines)
    }

    /// As many of the lines as the bound has room for.
    private func cut(_ lines: [String]) -> String {
        var kept: [String] = []
        var count = 0
        for line in lines {
            count += line.utf8.count + 1
            if count > limits.evidenceBytes {
                kept.append("…")
                break
            }
            kept.append(line)
        }
        return kept.joined(separator: "\n")
    }

    /// What the rules saw parts of, and what they take away, by name.
    private var parts: String {
        var labels: [String] = []
        var seen: Set<String> = []
        for decision in order.decisions.prefix(limits.toldDecisions) {
            for verdict in decision.rules where order.rules.contains(verdict.name) {
                for path in verdict.evidence.compactMap(\.part) where seen.insert(path).inserted {
                    labels.append(names.name(of: path))
                }
            }
            for planned in decision.actions where order.rules.contains(planned.rule) {
                guard case .strip(let parts) = planned.action else { continue }
                for part in parts where seen.insert(part.found).inserted {
                    labels.append(line(part.name ?? part.found))
                }
            }
        }
        guard !labels.isEmpty else { return phrases.none }
        var text = labels.prefix(limits.listedParts).joined(separator: ", ")
        if labels.count > limits.listedParts { text += ", " + phrases.more(labels.count - limits.listedParts) }
        return WrittenText.line(text, upTo: limits.evidenceBytes)
    }
}

/// The names of a message's parts by their paths, looked up once, and only where a text names a part.
final class PartNames {
    private let facts: any FactSource
    private lazy var numbers: [String: Int] = {
        let parts = facts.elements(of: .parts).elements
        return Dictionary(parts.map { (facts.path(ofPart: $0), $0) }, uniquingKeysWith: { first, _ in first })
    }()

    init(_ facts: any FactSource) { self.facts = facts }

    /// The name as most readers show it, else the path.
    func name(of path: String) -> String { given(path) ?? line(path) }

    /// The path, and the name where the path does not tell it.
    func label(of path: String) -> String {
        guard let name = given(path), !path.hasSuffix(name) else { return line(path) }
        return "\(line(path)), \(name)"
    }

    private func given(_ path: String) -> String? {
        guard let part = numbers[path] else { return nil }
        let names = facts.value(of: .name, argument: nil, subject: .part(part)).values
        return names.first.map { line($0.described(as: .text)) }
    }

    private func line(_ text: String) -> String { WrittenText.line(text, upTo: WrittenTextLimits.valueBytes) }
}
