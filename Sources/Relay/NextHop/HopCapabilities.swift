import MailProtocols

/// What a server offers in its answer to EHLO or LHLO (RFC 5321 4.1.1.1).
struct HopCapabilities: Hashable, Sendable {
    private(set) var keywords: [String: String] = [:]

    init() {}

    init(_ greeting: Reply) {
        for line in greeting.lines.dropFirst() {
            let words = line.split(separator: " ", maxSplits: 1)
            guard let keyword = words.first else { continue }
            keywords[keyword.uppercased()] = words.count > 1 ? String(words[1]) : ""
        }
    }

    var offersStartTLS: Bool { keywords["STARTTLS"] != nil }
    var offersEightBit: Bool { keywords["8BITMIME"] != nil }
    var offersInternational: Bool { keywords["SMTPUTF8"] != nil }
    var offersDeliveryStatus: Bool { keywords["DSN"] != nil }
    var offersPipelining: Bool { keywords["PIPELINING"] != nil }
    var offersSize: Bool { keywords["SIZE"] != nil }
    /// The attributes that may be sent; empty where the server does not take any from us.
    var forwardable: Set<String> {
        Set((keywords["XFORWARD"] ?? "").split(separator: " ").map { $0.uppercased() })
    }
    /// Bytes; `nil` for no bound of which we know.
    var largestMessage: Int? { keywords["SIZE"].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil } }
}
