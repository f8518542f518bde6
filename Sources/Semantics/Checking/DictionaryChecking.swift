import Diagnostics
import Syntax
import Vocabulary

extension CheckContext {
    /// Types every dictionary and numbers the good ones by name.
    func checkDictionaries() {
        for symbol in names.all(.dictionary) {
            guard case .dictionary(let node) = symbol.declaration, let typed = check(node, symbol) else {
                continue
            }
            dictionaryNumbers[symbol.name] = dictionaries.count
            dictionaries.append(typed)
        }
    }

    /// The number of the dictionary of a name; `nil` where it is unknown or faulty.
    func dictionary(_ path: Path, in scope: ModuleScope) -> Int? {
        let (name, scope) = path.segments.count == 1 ? scope.resolving(path.segments[0]) : (path.segments[0], scope)
        let text = path.segments.count == 1 ? name.text : path.text
        guard let symbol = names.symbol(text, in: scope) else {
            let nearest = Nearest.to(text, amongDeclared: names.visibleNames([.dictionary], in: scope))
            reportUnknown("name", text, in: scope, SemanticsDiagnostics.unknownDictionary(path, nearest: nearest))
            return nil
        }
        guard symbol.kind == .dictionary else {
            reportWrongKind(path, symbol, expected: "a dictionary")
            return nil
        }
        return dictionaryNumbers[symbol.name]
    }

    private func check(_ node: DictionaryDeclaration, _ symbol: Symbol) -> TypedDictionary? {
        let ignored = ignored(node.ignored)
        var isGood = ignored != nil
        let threshold = threshold(of: node, symbol.scope)
        var entries: [TypedDictionary.Entry] = []
        for entry in node.entries {
            if let typed = check(entry, ignored ?? Ignored(), symbol.scope) {
                entries.append(typed)
            } else {
                isGood = false
            }
        }
        if node.entries.isEmpty, isComplete {
            report(SemanticsDiagnostics.emptyDictionary(node.name))
            isGood = false
        }
        guard isGood, let threshold else { return nil }
        let greatest = entries.reduce(Int64(0)) { $0.addingSaturating(max(0, $1.greatest)) }
        if greatest < threshold {
            thresholdsOutOfReach[symbol.name] = SemanticsDiagnostics.thresholdOutOfReach(
                node.thresholds[0].span, greatest: greatest)
        }
        return TypedDictionary(name: symbol.name, threshold: threshold, entries: entries)
    }

    /// Warns of thresholds that no text reaches. Several texts taken in total may count each entry more than once.
    func checkThresholds() {
        for (name, warning) in thresholdsOutOfReach where !countedInTotal.contains(name) { warn(warning) }
    }

    /// What the entries of a dictionary ignore.
    struct Ignored {
        /// Told to expressions; words and phrases ignore it in any event.
        var `case` = false
        var folding: TextFolding = []
    }

    private func ignored(_ names: [Name]) -> Ignored? {
        var ignored = Ignored()
        var isGood = true
        for name in names {
            if name.text == "case" {
                ignored.case = true
            } else if let (_, folding) = TextFolding.named.first(where: { $0.name == name.text }) {
                ignored.folding.insert(folding)
            } else {
                let known = ["case"] + TextFolding.named.map(\.name)
                report(SemanticsDiagnostics.unknownIgnore(name, nearest: Nearest.to(name.text, among: known)))
                isGood = false
            }
        }
        return isGood ? ignored : nil
    }

    private func threshold(of node: DictionaryDeclaration, _ scope: ModuleScope) -> Int64? {
        guard let first = node.thresholds.first else {
            reportMissing(SemanticsDiagnostics.noThreshold(node.name))
            return nil
        }
        for other in node.thresholds.dropFirst() {
            report(SemanticsDiagnostics.fieldTwice(other.span, "threshold", first: first.span))
        }
        let number = thousandths(first, scope, else: SemanticsDiagnostics.badThreshold) { $0 > 0 }
        return node.thresholds.count == 1 ? number : nil
    }

    private func check(
        _ entry: DictionaryDeclaration.Entry, _ ignored: Ignored, _ scope: ModuleScope
    ) -> TypedDictionary.Entry? {
        var isGood = true
        var times = 1
        if let written = entry.times {
            let number = written.integer ?? 0
            times = Int(clamping: number)
            if !(1...MatchLimits.countedMatches).contains(times) {
                report(SemanticsDiagnostics.badTimes(written.span))
                isGood = false
            }
        }
        let weight = weight(entry.weight, scope, else: SemanticsDiagnostics.badWeight)
        guard let pattern = check(entry.pattern, ignored), isGood, let weight else { return nil }
        return TypedDictionary.Entry(weight: weight, pattern: pattern, times: times)
    }

    private func check(_ pattern: DictionaryDeclaration.Pattern, _ ignored: Ignored) -> TextPattern? {
        func literal(
            _ kind: TextPattern.Kind, _ text: TextLiteral, neighbour: TextPattern.Neighbour? = nil
        ) -> TextPattern? {
            guard text.value.utf8.contains(where: { $0 > 0x20 }) else {
                report(SemanticsDiagnostics.emptyText(text.span, kind.rawValue))
                return nil
            }
            let pattern = TextPattern(kind, Text(text.value), folding: ignored.folding, neighbour: neighbour)
            guard let fault = patterns.fault(of: pattern) else { return pattern }
            report(SemanticsDiagnostics.unfindableText(text.span, fault))
            return nil
        }
        switch pattern {
        case .word(let text):
            return literal(.word, text)
        case .phrase(let text):
            return literal(.phrase, text)
        case .regex(let regex, let check):
            let pattern = self.pattern(regex, ignoring: ignored)
            guard let check else { return pattern }
            guard let known = MatchCheck(rawValue: check.text) else {
                let nearest = Nearest.to(check.text, among: MatchCheck.allCases.map(\.rawValue))
                report(SemanticsDiagnostics.unknownCheck(check, nearest: nearest))
                return nil
            }
            return pattern.map {
                TextPattern(
                    .regex, $0.source, ignoresCase: $0.ignoresCase, check: known, folding: $0.folding)
            }
        case .near(let text, let distance, let other):
            let words = Int(clamping: distance.integer ?? 0)
            guard (1...MatchLimits.neighbourWords).contains(words) else {
                report(SemanticsDiagnostics.badDistance(distance.span))
                return nil
            }
            // The other text is judged by itself, so that a fault is told at its place.
            guard literal(.phrase, other) != nil else { return nil }
            return literal(.near, text, neighbour: .init(text: Text(other.value), distance: words))
        }
    }

    /// A regular expression that the pattern checker takes.
    func pattern(_ regex: RegexLiteral, ignoring ignored: Ignored = Ignored()) -> TextPattern? {
        var inline = ""
        for flag in regex.flags where flag != "i" {
            guard "smx".contains(flag) else {
                report(SemanticsDiagnostics.unknownFlag(regex, flag))
                return nil
            }
            if !inline.contains(flag) { inline.append(flag) }
        }
        guard !regex.source.isEmpty else {
            report(SemanticsDiagnostics.emptyText(regex.span, "matches"))
            return nil
        }
        let head = inline.isEmpty ? "" : "(?\(String(inline.sorted())))"
        let pattern = TextPattern(
            .regex, Text(head + regex.source), ignoresCase: ignored.case || regex.flags.contains("i"),
            folding: ignored.folding.intersection(.ofExpressions))
        guard let fault = patterns.fault(of: pattern) else { return pattern }
        report(SemanticsDiagnostics.badPattern(regex, fault, headLength: head.utf8.count))
        return nil
    }
}
