import Vocabulary

/// Decisions in plain words, with the lines of the policy that led to them.
public struct Explanation {
    let paint: Paint
    private let shownPath: (String) -> String
    private let sourceLine: (SourcePlace) -> String?

    /// - Parameters:
    ///   - shownPath: where a file of the policy lies.
    ///   - sourceLine: the text of the line a place is in, where the source is at hand.
    public init(
        paint: Paint, shownPath: @escaping (String) -> String, sourceLine: @escaping (SourcePlace) -> String?
    ) {
        self.paint = paint
        self.shownPath = shownPath
        self.sourceLine = sourceLine
    }

    public func lines(_ judgement: Judgement, mail: String) -> [String] {
        let envelope = judgement.envelope
        var lines = [paint(Shown.text(mail), .bold)]
        lines.append(
            "  from \(envelope.sender.map { Shown.text($0.addrSpec) } ?? "<>")\(mark("sender", envelope)), "
                + "to \(envelope.recipients.map { Shown.text($0.addrSpec) }.joined(separator: ", "))"
                + mark("recipients", envelope))
        for decision in judgement.decisions { lines += explain(decision, envelope) }
        lines += EngineAccountLines.lines(judgement.engines, paint: paint)
        if let correspondence = judgement.correspondence { lines += self.lines(correspondence, envelope) }
        if judgement.engines.isEmpty, judgement.decisions.contains(where: MissingAntivirus.isBehind) {
            lines += ["", paint(MissingAntivirus.advice, .yellow)]
        }
        return lines
    }

    private func mark(_ field: String, _ envelope: Envelope) -> String {
        envelope.guessed.contains(field) ? paint(" (guessed)", .faint) : ""
    }

    private func explain(_ decision: Decision, _ envelope: Envelope) -> [String] {
        let name = paint(Self.verb(decision.disposition), Paint.Tone.of(decision.disposition))
        let way = decision.direction.rawValue + (envelope.guessed.contains("direction") ? ", guessed" : "")
        var head = "\(Shown.text(decision.recipient.addrSpec)) (\(way)): \(name)"
        if !decision.areas.isEmpty { head += ", a copy is kept in \(decision.areas.joined(separator: ", "))" }
        if let reason = decision.reason { head += ", saying “\(Shown.text(reason))”" }
        var lines = ["", head]
        if let trap = decision.trap { lines.append("  " + paint("the machine broke down: \(trap)", .red)) }
        if decision.rules.isEmpty, decision.trap == nil { lines.append("  no rule fired") }
        for rule in decision.rules { lines += explain(rule) }
        for exempted in decision.exempted {
            let by = exempted.by == "unless" ? "its own unless" : "the exemption \(exempted.by)"
            lines.append("  rule \(paint(exempted.rule, .bold)) would have spoken, but is exempted by \(by)")
        }
        lines += Self.actions(decision.actions)
        for withheld in decision.withheld {
            lines.append("  \(Shown.text(withheld.notice.summary)) is left out (rule \(withheld.rule)), because")
            lines += self.lines(withheld.evidence, verb: "is")
        }
        return lines
    }

    /// What is done, each once, with the rules that ask for it.
    private static func actions(_ actions: [PlannedAction]) -> [String] {
        var order: [String] = []
        var rules: [String: [String]] = [:]
        for planned in actions {
            let summary = planned.action.summary
            if rules[summary] == nil { order.append(summary) }
            rules[summary, default: []].append(planned.rule)
        }
        return order.map { summary in
            let names = rules[summary] ?? []
            return
                "  then \(Shown.text(summary)) (\(names.count == 1 ? "rule" : "rules") \(names.joined(separator: ", ")))"
        }
    }

    private func explain(_ rule: RuleVerdict) -> [String] {
        var lines: [String]
        switch rule.verdict {
        case .fires: lines = ["  rule \(paint(rule.name, .bold)) fires, because"]
        case .undetermined:
            let reasons = paint(rule.unknown.names.joined(separator: ", "), .magenta)
            lines = ["  rule \(paint(rule.name, .bold)) cannot tell (\(reasons)), because"]
        }
        if rule.verdict == .fires, !rule.unknown.isEmpty {
            let reasons = paint(rule.unknown.names.joined(separator: ", "), .magenta)
            lines.insert("    (there may be more for it to take away: \(reasons))", at: 1)
        }
        return lines + self.lines(rule.evidence, verb: rule.verdict == .fires ? "is" : "is unknown:")
    }

    private func lines(_ pieces: [Evidence], verb: String) -> [String] {
        var lines: [String] = []
        for evidence in pieces {
            let part = evidence.part.map { " of part \(Shown.text($0))" } ?? ""
            let excerpt = paint(Shown.text(evidence.excerpt), .cyan)
            if let words = evidence.words {
                lines.append("    words \(Shown.text(words.dictionary)) in \(evidence.fact)\(part): \(excerpt)")
            } else {
                lines.append("    \(evidence.fact)\(part) \(verb) \(excerpt)")
            }
            let place = evidence.span
            let text = sourceLine(place).map { "  " + $0.drop { $0 == " " || $0 == "\t" } } ?? ""
            lines.append("      " + paint("\(shownPath(place.file)):\(place.line):\(place.column)\(text)", .faint))
        }
        return lines
    }

    private static func verb(_ disposition: Disposition) -> String {
        switch disposition {
        case .deliver: "is delivered"
        case .defer: "is deferred: the sender's server keeps it and tries again"
        case .quarantine: "is held in quarantine"
        case .discard: "is discarded in silence"
        case .reject: "is refused"
        }
    }
}
