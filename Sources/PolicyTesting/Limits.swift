/// Bounds on reading mails from disk. Passed in as a value.
public struct MailLimits: Sendable {
    /// Bytes of one mail. Reached: the mail is reported as unreadable.
    public var mailBytes = 200 << 20
    /// How deep a tree of folders is followed. Reached: the folder is reported as unreadable.
    public var folderDepth = 64
    /// Bytes of an mbox read at once.
    public var chunkBytes = 1 << 20
    /// Bytes of a line of an mbox that are looked at to tell a separator.
    public var separatorBytes = 512
    /// Bytes of a file in a folder that are looked at for a header field. Reached: what has none is left out.
    public var headerBytes = 64 << 10
    /// Bytes of one path of a list on standard input.
    public var pathBytes = 8192

    public init() {}
}

/// Bounds on a page of mails. Passed in as a value.
public struct ReportLimits: Sendable {
    /// Mails shown of one group. Reached: further ones are counted in the totals, and the page says how many.
    public var mailsOfGroup = 500
    /// Bytes of one line of a dry-run that is merged. Reached: the file is faulty.
    public var lineBytes = 64 << 20

    public init() {}
}

/// Bounds on showing how two texts differ. Passed in as a value.
public struct LineDiffLimits: Sendable {
    /// Pairs of lines of one stretch that may be compared. Reached: lines that stand once in both texts divide it, and
    /// what is still larger is shown as replaced.
    public var comparedPairs = 1_000_000

    public init() {}
}
