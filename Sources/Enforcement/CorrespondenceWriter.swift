import Message
import Vocabulary

/// Writes what decisions ask for: notices, and the texts of disclaimers.
///
/// Takes: the decisions on a message, its facts, the words of the policy. Gives: whole messages, the same for the same
/// input. Fails: never; a notice that cannot be written is listed with its cause. Limits: `EnforcementLimits`.
public struct CorrespondenceWriter: Sendable {
    private let words: PolicyWords
    private let limits: EnforcementLimits
    private let templates: [String: MessageTemplate]
    /// Whose name the notices bear.
    private let author: String

    public init(_ words: PolicyWords, limits: EnforcementLimits = EnforcementLimits()) {
        self.words = words
        self.limits = limits
        templates = Dictionary(words.templates.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
        author = Self.author(of: words.organisation)
    }

    /// The first administrator, else the postmaster of the first domain that is ours by name.
    static func author(of organisation: Organisation) -> String {
        if let administrator = organisation.administrators.lazy.compactMap(FieldWriting.mailbox).first {
            return administrator
        }
        let named = organisation.domains.lazy.filter { !$0.isWildcard }
        return "postmaster@" + (named.compactMap(\.domain.ascii).first ?? "localhost")
    }

    /// - Parameters:
    ///   - envelope: the one that was judged.
    ///   - facts: those that were judged; a test may have assumed some.
    public func write(
        _ decisions: [Decision], envelope: Envelope, facts: any FactSource, message: ParsedMessage
    ) -> Correspondence {
        let plan = NoticePlan(
            decisions, envelope: envelope, organisation: words.organisation, limit: limits.texts
        ) {
            // What may be automatic is taken for it: two programs that answer each other never end.
            facts.value(of: .automatic, argument: nil, subject: .message) != .known(.bool(false))
        }
        var correspondence = Correspondence(unwritten: plan.unwritten)
        let names = PartNames(facts)
        if !plan.orders.isEmpty {
            let key = MessageKey(of: message)
            correspondence.notices = plan.orders.map { notice($0, envelope, facts, names, key) }
        }
        writeDisclaimers(decisions, facts, names, into: &correspondence)
        return correspondence
    }

    private func notice(
        _ order: TextOrder, _ envelope: Envelope, _ facts: any FactSource, _ names: PartNames, _ key: MessageKey
    ) -> WrittenNotice {
        let template =
            order.template.flatMap { templates[$0] }
            ?? BuiltInTemplates.template(for: order.disposition, to: order.role)
        let version =
            template.version(for: words.organisation.languages)
            ?? MessageTemplate.Version(language: "en", subject: TemplateText("{rule}"), body: TemplateText("{title}"))
        let values = PlaceholderValues(
            words: words, facts: facts, names: names, limits: limits, order: order, language: version.language)
        var subject = TextFilling.line(version.subject, upTo: limits.subjectBytes) { values.text(of: $0) }
        if subject.isEmpty { subject = order.rule }
        let text = TextFilling.lines(version.body, upTo: limits.textBytes) { values.text(of: $0) }
        let domain = author.drop { $0 != "@" }
        let identifier = "<\(key.noticeID(to: order.address, rule: order.rule))\(domain)>"
        let mailbox = FieldWriting.mailbox(order.address) ?? ""
        var fields = [
            "From: \(author)", "To: \(mailbox)", FieldWriting.unstructured("Subject", subject),
            "Date: \(FieldWriting.date(envelope.receivedAt ?? 0))", "Message-ID: \(identifier)",
        ]
        if order.role == .sender, let answered = answered(facts) {
            fields += ["In-Reply-To: \(answered)", "References: \(answered)"]
        }
        let (encoding, body) = BodyEncoding.encoded(text)
        fields += [
            // RFC 3834, section 5: an answer to a message, or one that nobody's message asked for.
            "Auto-Submitted: \(order.role == .sender ? "auto-replied" : "auto-generated")",
            "X-Auto-Response-Suppress: All", "Content-Language: \(version.language)", "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: \(encoding)",
        ]
        return WrittenNotice(
            role: order.role.name, address: mailbox, rule: order.rule, template: order.template,
            language: version.language, messageID: identifier, subject: subject, text: text,
            message: fields.map { $0 + "\r\n" }.joined() + "\r\n" + body)
    }

    /// The identifier of the message that is answered, where it is one that a field may repeat.
    private func answered(_ facts: any FactSource) -> String? {
        let identifiers = facts.value(of: .messageID, argument: nil, subject: .message).values
        guard case .text(let text)? = identifiers.first else { return nil }
        return FieldWriting.messageID(text.string)
    }

    private func writeDisclaimers(
        _ decisions: [Decision], _ facts: any FactSource, _ names: PartNames, into correspondence: inout Correspondence
    ) {
        var numbers: [[String]: Int] = [:]
        for decision in decisions {
            for planned in decision.actions {
                guard case .disclaimer(let name) = planned.action,
                    let version = templates[name]?.version(for: words.organisation.languages)
                else { continue }
                let order = TextOrder(
                    role: .recipient, address: decision.recipient, rule: planned.rule, template: name,
                    rules: [planned.rule], decisions: [decision])
                let values = PlaceholderValues(
                    words: words, facts: facts, names: names, limits: limits, order: order,
                    language: version.language)
                let text = TextFilling.lines(version.body, upTo: limits.textBytes) { values.text(of: $0) }
                let recipient = WrittenText.line(decision.recipient.addrSpec, upTo: WrittenTextLimits.valueBytes)
                if let number = numbers[[planned.rule, name, text]] {
                    correspondence.disclaimers[number].recipients.append(recipient)
                } else if correspondence.disclaimers.count < limits.texts {
                    numbers[[planned.rule, name, text]] = correspondence.disclaimers.count
                    correspondence.disclaimers.append(
                        WrittenDisclaimer(
                            recipients: [recipient], rule: planned.rule, template: name, language: version.language,
                            text: text, html: TextFilling.html(text)))
                } else {
                    let left = UnwrittenNotice(rule: planned.rule, role: planned.action.summary, cause: .overLimit)
                    if correspondence.unwritten.last != left { correspondence.unwritten.append(left) }
                }
            }
        }
    }
}
