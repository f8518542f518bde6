import Vocabulary

/// Whether a text that is no address looks to a reader like the name of a site.
enum DomainShape {
    /// The domain that a text as a whole names: `paypal.example`, `www.paypal.example/login`. `nil` for sentences,
    /// addresses of mail and names of files.
    static func domain(of text: ArraySlice<UInt8>) -> Domain? {
        guard leads(text), !text.contains(where: { $0 <= 0x20 || $0 == UInt8(ascii: "@") }) else { return nil }
        return HostReading(text.prefix { !isEnd($0) }).domain
    }

    /// Whether a reference begins with a domain: labels of letters and digits between dots, and a last one that is no
    /// name's extension. A path behind it, or `www.` in front, settles that it is no file.
    static func leads(_ text: ArraySlice<UInt8>) -> Bool {
        let host = text.prefix { !isEnd($0) }
        let labels = host.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard host.count <= 253, labels.count >= 2, labels.allSatisfy(isLabel), let last = labels.last,
            last.count >= 2, last.contains(where: { WebAddress.isLetter($0) || $0 >= 0x80 })
        else { return false }
        let behind = text[host.endIndex...].first
        let isSite =
            behind == UInt8(ascii: "/") || behind == UInt8(ascii: ":")
            || labels[0].map(WebAddress.lowercased) == Array("www".utf8)
        // Two letters are a country, and `com` a domain before it is a program.
        return isSite || last.count == 2 || last.map(WebAddress.lowercased) == Array("com".utf8)
            || FileType.withExtension(String(decoding: last, as: UTF8.self)).isEmpty
    }

    private static func isEnd(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "/") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "#")
            || byte == UInt8(ascii: ":")
    }

    private static func isLabel(_ label: ArraySlice<UInt8>) -> Bool {
        (1...63).contains(label.count)
            && label.allSatisfy { WebAddress.isLetter($0) || WebAddress.isDigit($0) || $0 == 0x2D || $0 >= 0x80 }
    }
}
