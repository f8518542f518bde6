/// The status of a reply by RFC 3463: class, subject, detail.
public struct EnhancedStatus: Hashable, Sendable, CustomStringConvertible {
    /// 2 for success, 4 for a failure that may pass, 5 for one that will not.
    public let kind: Int
    public let subject: Int
    public let detail: Int

    public init(_ kind: Int, _ subject: Int, _ detail: Int) {
        self.kind = kind
        self.subject = subject
        self.detail = detail
    }

    /// The status that a text begins with, and what follows it.
    ///
    /// - Returns: `nil` where it begins with none, or with one of another class than the code's.
    static func leading(_ text: Substring, code: Int) -> (status: EnhancedStatus, rest: Substring)? {
        let word = text.prefix { $0 != " " }
        let pieces = word.split(separator: ".", omittingEmptySubsequences: false)
        guard pieces.count == 3, pieces[0].utf8.count == 1,
            pieces[1...].allSatisfy({ (1...3).contains($0.utf8.count) }),
            pieces.allSatisfy({ $0.utf8.allSatisfy(ASCII.isDigit) }),
            let kind = Int(pieces[0]), let subject = Int(pieces[1]), let detail = Int(pieces[2]), kind == code / 100
        else { return nil }
        return (EnhancedStatus(kind, subject, detail), text.dropFirst(word.count).drop { $0 == " " })
    }

    public var description: String { "\(kind).\(subject).\(detail)" }
}
