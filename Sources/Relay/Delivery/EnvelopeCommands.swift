import MailProtocols
import Quarantine

/// MAIL and RCPT as a hop takes them (RFC 5321 4.1.1, RFC 1870, RFC 3461, RFC 6152, RFC 6531).
struct EnvelopeCommands {
    let capabilities: HopCapabilities

    /// What the message needs and the hop does not offer; `nil` where nothing is missing. We change no encodings.
    func missing(for transaction: Transaction, hasEightBit: Bool) -> Reply? {
        let isInternational =
            transaction.reversePath.mailbox?.needsSMTPUTF8 == true
            || transaction.recipients.contains { $0.mailbox.needsSMTPUTF8 }
        if isInternational || transaction.parameters.isInternational, !capabilities.offersInternational {
            return Reply(550, EnhancedStatus(5, 6, 7), "the next server takes no international addresses")
        }
        if hasEightBit, !capabilities.offersEightBit {
            return Reply(550, EnhancedStatus(5, 6, 3), "the next server takes no 8-bit content")
        }
        return nil
    }

    func mail(_ transaction: Transaction, size: Int?, hasEightBit: Bool) -> String {
        var words = ["MAIL FROM:\(transaction.reversePath)"]
        let parameters = transaction.parameters
        if let size, capabilities.offersSize { words.append("SIZE=\(size)") }
        if parameters.isEightBit || hasEightBit, capabilities.offersEightBit { words.append("BODY=8BITMIME") }
        if parameters.isInternational, capabilities.offersInternational { words.append("SMTPUTF8") }
        if capabilities.offersDeliveryStatus {
            if let returned = parameters.returned { words.append("RET=\(returned.rawValue)") }
            if let identifier = parameters.envelopeID { words.append("ENVID=\(identifier)") }
        }
        return words.joined(separator: " ")
    }

    func rcpt(_ recipient: Transaction.Recipient) -> String {
        var words = ["RCPT TO:<\(recipient.mailbox)>"]
        if capabilities.offersDeliveryStatus {
            if let notify = recipient.parameters.notify { words.append("NOTIFY=\(notify)") }
            if let original = recipient.parameters.originalRecipient { words.append("ORCPT=\(original)") }
        }
        return words.joined(separator: " ")
    }

    /// What the hop may know of the client; `nil` where it takes nothing from us.
    func xforward(_ client: ClientRecord) -> String? {
        let values = [
            ("NAME", client.name), ("ADDR", client.address.map { $0.contains(":") ? "IPV6:\($0)" : $0 }),
            ("HELO", client.greeting), ("PROTO", client.scheme.map { $0.hasPrefix("E") ? "ESMTP" : "SMTP" }),
        ]
        let words = values.filter { capabilities.forwardable.contains($0.0) }.map { name, value in
            "\(name)=" + (value.map { String(decoding: XText.encode($0.utf8), as: UTF8.self) } ?? "[UNAVAILABLE]")
        }
        return words.isEmpty ? nil : "XFORWARD " + words.joined(separator: " ")
    }
}
