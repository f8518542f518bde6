import Message
import Vocabulary

extension InspectedMessage {
    func headerValue(of fact: Fact, argument: String?) -> FactValue {
        let header = parsed.header
        switch fact {
        case .from: return addresses("From")
        case .to: return addresses("To")
        case .cc: return addresses("Cc")
        case .replyTo: return addresses("Reply-To")
        case .subject: return texts(header.all("Subject").map { $0.decodedText(limit: valueLimit) })
        case .header: return texts(header.all(argument ?? "").map { $0.decodedText(limit: valueLimit) })
        case .messageID: return texts(header.all("Message-ID").flatMap(\.messageIDs))
        case .inReplyTo: return texts(header.all("In-Reply-To").flatMap(\.messageIDs))
        case .references: return texts(header.all("References").flatMap(\.messageIDs))
        case .received: return texts(header.all("Received").map { $0.decodedText(limit: valueLimit) })
        case .date: return dates { .known(.number($0)) }
        case .dateHour: return dates(hour)
        case .dateWeekday: return dates(weekday)
        case .automatic: return automatic
        case .listID:
            let values = header.all("List-Id").map { $0.decodedText(limit: valueLimit) }
            return texts(values.map(Self.identifier(ofList:)))
        case .authSPF: return authentication("spf")
        case .authDKIM: return authentication("dkim")
        case .authDMARC: return authentication("dmarc")
        default: return .unknown(.unsupported)
        }
    }

    /// Values are read whole: only the limit on the header section itself cuts them, and that is told.
    private var valueLimit: Int { MessageLimits().headerBytes }

    /// A header section that was cut at a limit may go on with further fields.
    var headerMissing: Reasons {
        parsed.limitsHit.contains { $0.limit.hasPrefix("header") } ? .overLimit : []
    }

    private func texts(_ values: [String]) -> FactValue {
        FactValue(values: values.map { .text(Text($0)) }, missing: headerMissing)
    }

    private func addresses(_ name: String) -> FactValue {
        let mailboxes = parsed.header.all(name).flatMap { $0.addresses(limit: valueLimit) }
        let values = mailboxes.map { address -> Value in
            .address(
                Address(
                    displayName: address.displayName.isEmpty ? nil : Text(address.displayName),
                    local: Text(address.localPart), domain: Domain(address.domain)))
        }
        return FactValue(values: values, missing: headerMissing)
    }

    /// What stands in angle brackets, or the whole value.
    private static func identifier(ofList value: String) -> String {
        guard let start = value.lastIndex(of: "<"), let end = value[start...].firstIndex(of: ">") else {
            return value.trimmed
        }
        return String(value[value.index(after: start)..<end])
    }

    /// A method's results in the fields of trusted servers; `none` where they do not speak of it.
    private func authentication(_ method: String) -> FactValue {
        let trusted = Set(settings.authenticationServers.map { $0.lowercased() })
        guard !trusted.isEmpty else { return .unknown(.engineDown) }
        let results = parsed.header.authenticationResults
            .filter { trusted.contains($0.authservID) }
            .flatMap { $0.results(of: method) }
            .map(\.result)
        if results.isEmpty { return .known(.symbol("none")) }
        let known = FactCatalogue.row(.authSPF).symbols
        // A result we do not know, `temperror` above all, is no answer.
        return FactValue(
            values: results.filter(known.contains).map { .symbol($0) },
            missing: results.allSatisfy(known.contains) ? [] : .engineDown)
    }
}

extension String {
    /// Without white space at its ends.
    var trimmed: String {
        var text = Substring(self)
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
