import Diagnostics
import Syntax
import Vocabulary

extension CheckContext {
    /// The declared areas with what they do with their mail.
    func checkAreas() -> [QuarantineArea] {
        var checked: [QuarantineArea] = []
        for module in modules {
            for case .area(let node) in module.declarations {
                if let first = areas[node.name.text] {
                    report(SemanticsDiagnostics.declaredTwice(node.name, kind: "an area", first: first))
                } else {
                    areas[node.name.text] = node.name.span
                    checked.append(area(of: node, module))
                }
            }
        }
        return checked
    }

    /// An area that is named. Areas are shared by all modules and need no declaration; one a letter from a declared
    /// one is doubtful.
    func area(_ name: Name, _ scope: ModuleScope) -> String {
        let area = scope.resolving(name).name.text
        usedAreas.insert(area)
        if areas[area] == nil, let meant = areas.keys.sorted().first(where: { Nearest.isOneEdit($0, area) }),
            let declared = areas[meant]
        {
            // That the declared one is then unused is the same mistake.
            usedAreas.insert(meant)
            warn(SemanticsDiagnostics.similarArea(name, meant: meant, declared: declared), in: currentLevels)
        } else if let first = areaSpellings[area.lowercased()], first.name != area {
            warn(
                SemanticsDiagnostics.similarArea(name, meant: first.name, declared: first.span, isDeclared: false),
                in: currentLevels)
        } else {
            areaSpellings[area.lowercased()] = (area, name.span)
        }
        return area
    }

    private func area(of node: AreaDeclaration, _ scope: ModuleScope) -> QuarantineArea {
        var area = QuarantineArea(name: node.name.text)
        var seen: [String: SourceSpan] = [:]
        var expiry: SourceSpan?
        for field in node.fields {
            let word = field.kind.word
            if let first = seen[word] {
                report(SemanticsDiagnostics.fieldTwice(field.span, word, first: first))
                continue
            }
            seen[word] = field.span
            switch field.kind {
            case .keep(let quantity):
                if let seconds = period(quantity, "keep", scope) { area.keep = seconds }
            case .approvers(let texts):
                area.approvers = texts.compactMap { address($0, subject: "approvers") }
            case .release(let start, let end):
                area.release = window(start, end)
            case .expire(let quantity, let action):
                expiry = quantity.span
                let outcome = self.outcome(action, scope)
                if let seconds = period(quantity, "expire after", scope), let outcome {
                    area.expiry = .init(seconds: seconds, disposition: outcome.disposition, reason: outcome.reason)
                }
            }
        }
        if let expiry, let seconds = area.expiry?.seconds, seconds > area.keep {
            report(SemanticsDiagnostics.expireBeyondKeep(expiry, keep: area.keep, declared: seen["keep"]))
        }
        return area
    }

    private func period(_ quantity: Quantity, _ word: String, _ scope: ModuleScope) -> Int64? {
        let checker = ExpressionChecker(self, scope)
        guard let seconds = checker.number(quantity, expecting: Expected(type: .duration, subject: word)) else {
            return nil
        }
        guard (AreaLimits.shortestKeep...AreaLimits.longestKeep).contains(seconds) else {
            report(SemanticsDiagnostics.badPeriod(quantity.span, word))
            return nil
        }
        return seconds
    }

    private func window(_ start: TextLiteral, _ end: TextLiteral) -> QuarantineArea.Window? {
        var minutes: [Int] = []
        for text in [start, end] {
            if let minute = TimeOfDay.minutes(text.value) {
                minutes.append(minute)
            } else {
                report(SemanticsDiagnostics.badTimeOfDay(text))
            }
        }
        guard minutes.count == 2 else { return nil }
        if minutes[0] == minutes[1] {
            report(SemanticsDiagnostics.emptyWindow(end, start.value))
            return nil
        }
        return QuarantineArea.Window(start: minutes[0], end: minutes[1])
    }

    /// What becomes of mail at last: it is delivered, discarded, or refused with a text of no message in particular.
    private func outcome(
        _ action: Syntax.Action, _ scope: ModuleScope
    ) -> (disposition: Disposition, reason: String?)? {
        switch action.kind {
        case .deliver(nil): return (.deliver, nil)
        case .discard: return (.discard, nil)
        case .reject(let text):
            guard let form = line(text, .refusal, scope) else { return nil }
            if let literal = form.literal { return (.reject, literal) }
        default: break
        }
        report(SemanticsDiagnostics.badExpiry(action.span))
        return nil
    }
}

extension AreaDeclaration.Field.Kind {
    /// The word it begins with.
    fileprivate var word: String {
        switch self {
        case .keep: "keep"
        case .approvers: "approvers"
        case .release: "release"
        case .expire: "expire"
        }
    }
}

/// Times of the day: `18:00`.
enum TimeOfDay {
    /// Minutes since midnight.
    static func minutes(_ text: String) -> Int? {
        let pieces = text.split(separator: ":", omittingEmptySubsequences: false)
        guard pieces.count == 2, pieces.allSatisfy({ $0.utf8.count == 2 && $0.utf8.allSatisfy { 0x30...0x39 ~= $0 } }),
            let hour = Int(pieces[0]), let minute = Int(pieces[1]), hour < 24, minute < 60
        else { return nil }
        return hour * 60 + minute
    }
}
