import Vocabulary

/// A mail made up from a case, with its envelope and the answers of engines that it supposes.
public struct WitnessMail: Sendable {
    public let mail: [UInt8]
    public let envelope: Envelope
    /// Answers of engines; everything else stands in the mail and the envelope.
    public let assumptions: [Assumption]
}

extension AbstractCase {
    /// Mails that may show the case, the likeliest first; none where the case says something that no mail made up here
    /// has. Whether one does show it is for a run to say.
    public func witnesses(_ limits: ComparisonLimits = ComparisonLimits()) -> [WitnessMail] {
        guard directions.old == directions.new else { return [] }
        let reasons = facts.flatMap(\.missing.singles) + missing.values.flatMap(\.singles)
        // A class of reasons stands for any of its members: each that has a sample is tried.
        let choices: [Reasons] = Set(reasons).isEmpty ? [[]] : Set(reasons).sorted { $0.rawValue < $1.rawValue }
        // Files that are counted are plain attachments, which brings no further file with it; else they are in archives.
        let isCounted = totals.contains { !$0.counted.isEmpty }
        return choices.flatMap { reason in
            (isCounted ? [true, false] : [false]).compactMap { attaches in
                WitnessBuilder(self, preferring: reason, attachesFiles: attaches, limits).mail()
            }
        }
    }
}

/// Builds one mail from a case.
struct WitnessBuilder {
    private let abstract: AbstractCase
    /// Of the reasons that stand for each other, the one to show.
    private let reason: Reasons
    /// Whether each file is an attachment of its own.
    private let attachesFiles: Bool
    private let limits: ComparisonLimits
    private var envelope = Envelope(sender: Address("zoe@client.example"))
    private var fields: [(name: String, value: String)] = []
    private var bodies: [String] = []
    /// Of pages that stand beside the text.
    private var pages: [String] = []
    private var assumptions: [Assumption] = []
    private var size: Int?
    private var unreadable: Reasons = []
    /// Parts that totals ask for, beside the elements of the case.
    private var further: [(fields: [String], body: String)] = []
    private var copies: ElementCopies

    init(
        _ abstract: AbstractCase, preferring reason: Reasons, attachesFiles: Bool, _ limits: ComparisonLimits
    ) {
        self.attachesFiles = attachesFiles
        copies = ElementCopies(limit: limits.witnessElements)
        self.abstract = abstract
        self.reason = reason
        self.limits = limits
        envelope.direction = abstract.directions.new
    }

    func mail() -> WitnessMail? {
        var builder = self
        guard builder.collect() else { return nil }
        return builder.assemble()
    }

    // MARK: Facts of the message

    private mutating func collect() -> Bool {
        guard takeTimes() else { return false }
        let ofMessage = abstract.facts.filter { $0.element == nil && !SampleTime.settles($0.fact) }
        for states in Self.grouped(ofMessage) {
            guard let first = states.first, case .fact(let reference) = first.base else { return false }
            guard let values = ValueChoice(states: states).values() else { return false }
            let missing = states.reduce(into: Reasons()) { $0.formUnion($1.missing) }
            guard take(reference, values, missing) else { return false }
        }
        for reasons in abstract.missing.values { require(reasons) }
        guard copies.meet(abstract.totals) else { return false }
        for state in abstract.totals where state.counted.isEmpty { guard take(state) else { return false } }
        for state in abstract.lexicons where state.element == nil {
            guard case .fact(let reference) = state.subject, let text = SampleText.of(state) else { return false }
            guard takeField(reference, [text], []) else { return false }
        }
        return true
    }

    /// When it arrived and what its Date field says: several facts for one moment each.
    private mutating func takeTimes() -> Bool {
        for facts in [SampleTime.ofArrival, SampleTime.ofDateField] {
            let states = abstract.facts.filter { $0.fact.map(facts.contains) == true }
            if states.isEmpty { continue }
            let isAbsent = states.allSatisfy { !$0.exists && $0.missing.isEmpty }
            if isAbsent, facts == SampleTime.ofDateField { continue }
            guard let seconds = SampleTime(states, zone: abstract.organisation.timeZone)?.seconds else { return false }
            if facts == SampleTime.ofArrival {
                envelope.receivedAt = seconds
            } else {
                fields.append(("Date", SampleTime.dateField(seconds)))
            }
        }
        return true
    }

    // MARK: Totals

    private mutating func take(_ state: AbstractCase.TotalState) -> Bool {
        guard state.least > 0 else { return true }
        let number = Int(clamping: state.least)
        guard number <= limits.witnessBytes else { return false }
        switch state.total {
        case .values(let reference, _): return fill(reference, number)
        case .elements(let list, _, let body): return addElements(of: list, number, body)
        case .sum(let reference, let list, _, let body) where reference.fact == .size && list != .urls:
            return addFiles(1, body, bytes: number)
        case .distinct(let reference, .urls, _, .constant(true)) where reference.fact == .urlHost:
            return addElements(of: .urls, number, .constant(true))
        case .matches(let pattern, .fact(let reference)):
            guard number <= limits.witnessElements else { return false }
            return takeField(reference, [SampleText.of(pattern, times: state.least)], [])
        case .sum, .distinct, .matches, .score: return true
        }
    }

    private mutating func fill(_ reference: FactReference, _ number: Int) -> Bool {
        // Each differs from the others in whatever is counted of it, but for the top-level domain.
        guard number <= limits.witnessElements, !reference.members.contains(.topLevel) else { return false }
        let addresses = (1...number).map { "reader\($0)@witness\($0).example" }
        switch reference.fact {
        case .recipients: envelope.recipients += addresses.dropFirst(envelope.recipients.count).map { Address($0) }
        case .to, .cc:
            fields.append((reference.fact == .to ? "To" : "Cc", addresses.joined(separator: ",\r\n ")))
        default: return false
        }
        return true
    }

    private mutating func addElements(of list: ElementListName, _ number: Int, _ body: Condition) -> Bool {
        guard number <= limits.witnessElements else { return false }
        guard list == .urls else { return addFiles(number, body, bytes: 0) }
        guard body == .constant(true) else { return false }
        bodies += (1...number).map { "https://host\($0).example/" }
        return true
    }

    private mutating func addFiles(_ number: Int, _ body: Condition, bytes: Int) -> Bool {
        guard let file = SampleFile.satisfying(body, atLeast: bytes, limit: limits.witnessBytes / number) else {
            return false
        }
        further += (1...number).map(file.part)
        return true
    }

    /// States of one fact together, whatever their members.
    private static func grouped(_ states: [AbstractCase.FactState]) -> [[AbstractCase.FactState]] {
        Dictionary(grouping: states, by: \.base).sorted {
            $0.key.written(exactly: true) < $1.key.written(exactly: true)
        }
        .map(\.value)
    }

    private mutating func require(_ reasons: Reasons) {
        guard !reasons.isEmpty else { return }
        unreadable.formUnion(reasons.contains(reason) && !reason.isEmpty ? reason : reasons.singles[0])
    }

    private mutating func take(_ reference: FactReference, _ values: [Value], _ missing: Reasons) -> Bool {
        let texts = values.map(Self.written)
        if FactCatalogue.row(reference.fact).costClass == .engine {
            let known = FactValue(values: missing.isEmpty ? values : [], missing: missing.singles.first ?? [])
            assumptions.append(Assumption(fact: reference.fact, argument: reference.argument, value: known))
            return true
        }
        switch reference.fact {
        case .direction: return true
        case .recipient:
            if case .address(let address)? = values.first { envelope.recipients = [address] }
        case .recipients:
            envelope.recipients += values.compactMap { if case .address(let address) = $0 { address } else { nil } }
        case .sender:
            envelope.sender = values.first.flatMap { if case .address(let address) = $0 { address } else { nil } }
        case .clientIP: envelope.clientIP = values.first.flatMap { if case .ip(let ip) = $0 { ip } else { nil } }
        case .clientName:
            envelope.clientName = values.first.flatMap { if case .domain(let name) = $0 { name } else { nil } }
        case .tls: envelope.isTLS = values == [.bool(true)]
        case .authenticated: envelope.authenticatedUser = values == [.bool(true)] ? "witness" : nil
        case .messageSize:
            if case .number(let number)? = values.first { size = Int(number) }
        case .authSPF, .authDKIM, .authDMARC:
            let known = FactValue(values: values, missing: missing)
            assumptions.append(Assumption(fact: reference.fact, value: known))
        default: return takeField(reference, texts, missing)
        }
        return true
    }

    private mutating func takeField(_ reference: FactReference, _ texts: [String], _ missing: Reasons) -> Bool {
        let names: [Fact: String] = [
            .from: "From", .to: "To", .cc: "Cc", .replyTo: "Reply-To", .subject: "Subject", .listID: "List-Id",
            .messageID: "Message-ID", .inReplyTo: "In-Reply-To", .references: "References", .received: "Received",
        ]
        if let name = names[reference.fact] ?? (reference.fact == .header ? reference.argument : nil) {
            for text in texts { fields.append((name, Self.written(text, as: reference.fact))) }
            return missing.isEmpty
        }
        switch reference.fact {
        case .bodyText, .bodyNewText, .messageText: bodies += texts
        case .bodyHTML: pages += texts.map { "<p>\(Self.escaped($0))</p>" }
        case .bodyHiddenText: pages += texts.map { "<p style=\"display:none\">\(Self.escaped($0))</p>" }
        case .messageEncrypted where texts == ["true"]: unreadable.formUnion(.pgpInline)
        case .messageEncryption: unreadable.formUnion(texts.compactMap { EncryptionKind(rawValue: $0)?.reason }.union)
        default: if !texts.isEmpty, texts != ["false"] { return false }
        }
        require(missing)
        return true
    }

    /// As a field of the header has it; an address with the name that is shown for it.
    private static func written(_ value: Value) -> String {
        guard case .address(let address) = value, let name = address.displayName?.string, !name.isEmpty else {
            return value.described(as: value.naturalType)
        }
        return "=?utf-8?B?\(SampleContents.base64(Array(name.utf8)))?= <\(address.addrSpec)>"
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
    }

    private static func written(_ text: String, as fact: Fact) -> String {
        let oneLine = text.split(whereSeparator: \.isNewline).joined(separator: " ")
        let isIdentifier = [.listID, .messageID, .inReplyTo, .references].contains(fact)
        if isIdentifier { return "<\(oneLine)>" }
        guard oneLine.utf8.contains(where: { $0 >= 0x80 || $0 < 0x20 }) else { return oneLine }
        return "=?utf-8?B?\(SampleContents.base64(Array(oneLine.utf8)))?="
    }

    // MARK: Writing

    private func assemble() -> WitnessMail? {
        var envelope = envelope
        if envelope.recipients.isEmpty {
            let honest = HonestEnvelope(direction: abstract.directions.new, organisation: abstract.organisation)
            envelope.recipients = [honest.recipient]
        }
        var parts: [(fields: [String], body: String)] = []
        var size = 0
        for element in abstract.elements {
            let lists = attachesFiles && element.lists.contains(.files) ? [.attachments] : element.lists
            let made = AbstractCase.Element(number: element.number, lists: lists)
            for copy in 0...copies.of(element.number) {
                guard let part = WitnessElement(abstract, made, copy: copy, limits).part else { return nil }
                size += part.body.utf8.count
                guard size <= limits.witnessBytes else { return nil }
                parts.append(part)
            }
        }
        parts += further
        parts += pages.map { (fields: ["Content-Type: text/html; charset=utf-8"], body: $0 + "\r\n") }
        for reason in unreadable.singles {
            guard let part = SampleContents.unreadablePart(reason) else { continue }
            parts.append(part)
        }
        var text = ""
        var present = Set(fields.map { $0.name.lowercased() })
        func add(_ name: String, _ value: String) {
            if present.insert(name.lowercased()).inserted { text += "\(name): \(value)\r\n" }
        }
        for field in fields { text += "\(field.name): \(field.value)\r\n" }
        // Fields that the case knows to be absent stay so.
        let asked = Set(
            abstract.facts.compactMap { state -> Fact? in
                if case .fact(let reference) = state.subject { reference.fact } else { nil }
            })
        if !asked.contains(.from) { add("From", "Zoe Martin <zoe@client.example>") }
        if !asked.contains(.to) { add("To", "<\(envelope.recipients[0].addrSpec)>") }
        if !asked.contains(.subject) { add("Subject", "Figures") }
        if !asked.contains(.messageID) { add("Message-ID", "<witness@client.example>") }
        if asked.isDisjoint(with: SampleTime.ofDateField) { add("Date", "Mon, 02 Mar 2026 10:15:00 +0100") }
        add("MIME-Version", "1.0")
        let body = (bodies.isEmpty ? ["Hello."] : bodies).joined(separator: "\r\n") + "\r\n"
        if parts.isEmpty {
            text += "Content-Type: text/plain; charset=utf-8\r\n\r\n" + body
        } else {
            text +=
                "Content-Type: multipart/mixed; boundary=\"witness\"\r\n\r\n--witness\r\n"
                + "Content-Type: text/plain; charset=utf-8\r\n\r\n" + body
            for part in parts {
                text += "--witness\r\n" + part.fields.joined(separator: "\r\n") + "\r\n\r\n" + part.body
            }
        }
        let ending = parts.isEmpty ? "" : "--witness--\r\n"
        guard let mail = Self.padded(text, ending, to: self.size, limits.witnessBytes) else { return nil }
        return WitnessMail(mail: mail, envelope: envelope, assumptions: assumptions)
    }

    /// Exactly as long as the case wants it: the text after the last part is no file.
    private static func padded(_ text: String, _ ending: String, to size: Int?, _ limit: Int) -> [UInt8]? {
        var bytes = Array(text.utf8) + Array(ending.utf8)
        guard let size, size > bytes.count else { return bytes.count <= limit ? bytes : nil }
        guard size <= limit else { return nil }
        let line = Array((String(repeating: "-", count: 70) + "\r\n").utf8)
        while bytes.count + line.count <= size { bytes += line }
        bytes += [UInt8](repeating: 0x2d, count: size - bytes.count)
        return bytes
    }
}

extension [Reasons] {
    fileprivate var union: Reasons { reduce(into: Reasons()) { $0.formUnion($1) } }
}
