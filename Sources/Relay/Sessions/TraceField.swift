import Foundation
import MailProtocols
import Quarantine

/// The Received field of a direct client (RFC 5321 4.4). No recipient is in it: a blind copy stays blind.
struct TraceField {
    /// Tells our own fields in a message that comes round.
    static let mark = "(Lazaret)"

    let hostName: String
    let client: ClientRecord
    let id: String
    /// Since 1970 UTC.
    let seconds: Int64

    var bytes: [UInt8] {
        let greeting = (client.greeting ?? "unknown").map { character in
            character.isASCII && (character.isLetter || character.isNumber || "-._[]:".contains(character))
                ? character : "?"
        }
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = .gmt
        formatter.dateFormat = "EEE, d MMM yyyy HH:mm:ss '+0000'"
        let date = formatter.string(from: Date(timeIntervalSince1970: TimeInterval(seconds)))
        let address = client.address.map { $0.contains(":") ? "[IPv6:\($0)]" : "[\($0)]" } ?? "[unknown]"
        return Array(
            ("Received: from \(String(greeting)) (\(address))\r\n\tby \(hostName) \(Self.mark) with "
                + "\(client.scheme ?? "SMTP") id \(id);\r\n\t\(date)\r\n").utf8)
    }
}
