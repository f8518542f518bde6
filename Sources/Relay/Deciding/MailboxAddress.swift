import MailProtocols
import Vocabulary

extension Mailbox {
    /// For policies. Quotes that say nothing are taken off, so that `"ann"@a.example` is the address that it is; the
    /// domain of a bare `Postmaster` is empty.
    var address: Address {
        var local = localPart
        if local.utf8.count >= 2, local.first == "\"", local.last == "\"" {
            var isEscaped = false
            local = String(
                local.dropFirst().dropLast().filter { character in
                    isEscaped = character == "\\" && !isEscaped
                    return !isEscaped
                })
        }
        return Address(local: Text(local), domain: Domain(domain ?? ""))
    }

    /// - Returns: `nil` where it is none that SMTP can name.
    init?(_ address: Address) {
        let local = address.local.string
        let domain = address.domain.name.string
        let isOrdinary = local.unicodeScalars.allSatisfy {
            $0.value > 0x20 && !#"()<>[]:;@\,""#.unicodeScalars.contains($0)
        }
        guard !local.isEmpty, isOrdinary, !domain.isEmpty,
            domain.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0 != "<" && $0 != ">" && $0 != "@" })
        else { return nil }
        self.init(localPart: local, domain: domain)
    }
}
