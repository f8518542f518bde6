/// The sizes of lists that costs are computed with. A message with longer lists is cut there and is `over-limit`.
public struct CostLimits: Hashable, Sendable {
    public var attachments = 1000
    public var files = 10_000
    public var parts = 10_000
    public var urls = 10_000
    public var recipients = 1000
    /// Steps that a program may take at worst.
    public var budget: UInt64 = 4_000_000_000

    public init() {}

    /// The most elements of a list that are looked at.
    public subscript(list: ElementListName) -> Int {
        switch list {
        case .attachments: attachments
        case .files: files
        case .parts: parts
        case .urls: urls
        }
    }
}

/// A limit that a policy's `limits (…)` can lower.
public enum DeclaredLimit: String, CaseIterable, Hashable, Sendable {
    case attachments, files, parts, urls, recipients
}

extension CostLimits {
    /// The limit that a policy calls by this name.
    public subscript(limit: DeclaredLimit) -> Int {
        get {
            switch limit {
            case .attachments: attachments
            case .files: files
            case .parts: parts
            case .urls: urls
            case .recipients: recipients
            }
        }
        set {
            switch limit {
            case .attachments: attachments = newValue
            case .files: files = newValue
            case .parts: parts = newValue
            case .urls: urls = newValue
            case .recipients: recipients = newValue
            }
        }
    }

    /// These limits, lowered where a policy declares less.
    public func lowered(to declared: [DeclaredLimit: Int]) -> CostLimits {
        var limits = self
        for (limit, number) in declared { limits[limit] = min(limits[limit], number) }
        return limits
    }
}
