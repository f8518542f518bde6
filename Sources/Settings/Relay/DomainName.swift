/// What may stand as a name of a host or of mailboxes' domain.
enum DomainName {
    /// Letters, digits and hyphens in labels (RFC 1123 2.1), with or without dots.
    static func isHost(_ text: String) -> Bool {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        return text.utf8.count <= 253 && labels.allSatisfy(isLabel)
    }

    /// The same, or `*.` and such a name; letters beyond ASCII are as good (RFC 6531).
    static func isPattern(_ text: String) -> Bool {
        isHost(text.hasPrefix("*.") ? String(text.dropFirst(2)) : text)
    }

    private static func isLabel(_ label: Substring) -> Bool {
        (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
            && label.utf8.allSatisfy {
                switch $0 {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), 0x80...:
                    true
                default: false
                }
            }
    }
}
