/// One entry of a container: its names, what it is, and its content as far as it could be read.
public struct ArchiveEntry: Sendable, Hashable {
    /// What an entry stands for in the file tree.
    public enum Kind: String, Sendable, Hashable, Codable {
        /// A file with content.
        case file
        /// A directory. Its `bytes` are empty in any sane archive; they are kept if there are some.
        case directory
        /// A symbolic link.
        case symbolicLink = "symbolic-link"
        /// A second name of an earlier entry.
        case hardLink = "hard-link"
        /// A device, a pipe or a socket.
        case special
    }

    /// The name as most programs would show it; nil where the format has none (a bare compressed stream).
    public let name: String?
    /// The bytes of the name as stored, after the format's own decoding (UTF-16 becomes UTF-8).
    public let rawName: [UInt8]
    /// Every reading of the name, `name` first: old formats don't say which charset they wrote.
    public let allNames: [String]
    /// What the entry stands for.
    public let kind: Kind
    /// Where a link leads.
    public let linkTarget: String?
    /// The size the container declares; nil where it declares none. Never believed, only compared.
    public let declaredSize: Int?
    /// Whether content or metadata is encrypted, also where a password opened it.
    public let isEncrypted: Bool
    /// The content: all of it if `isComplete`, else what could be read before the reason stopped it.
    public let bytes: [UInt8]
    /// Why the content is not complete; nil if it is.
    public let unread: ArchiveProblem?

    /// Whether `bytes` is the whole content.
    public var isComplete: Bool { unread == nil }
}

/// Why a container, or an entry of it, was not read to its end.
public enum ArchiveProblem: Sendable, Hashable, Codable {
    /// Content or names can't be read without a password.
    case encrypted
    /// The container breaks its format; the sentence says how.
    case damaged(String)
    /// A limit was met and reading stopped there.
    case overLimit(ArchiveLimit)
    /// The format, or the method of compression, can't be read here; the sentence names it.
    case unsupported(String)
    /// The rest stands in another file of a set.
    case multiVolume

    /// One clause that says it, lower case and without a full stop.
    public var sentence: String {
        switch self {
        case .encrypted: "the content is encrypted"
        case .damaged(let sentence): sentence
        case .overLimit(let limit): "the limit \(limit.rawValue) was met"
        case .unsupported(let sentence): sentence
        case .multiVolume: "the rest stands in another volume of the set"
        }
    }
}

/// What a reading says about the container as a whole, besides the entries it handed over.
public struct ArchiveSummary: Sendable, Hashable {
    /// The format the container was read as.
    public let format: ArchiveFormat
    /// How many entries were handed over.
    public internal(set) var entryCount = 0
    /// How many bytes were decoded, those thrown away included.
    public internal(set) var expandedBytes = 0
    /// Why entries may be missing. Entries that were handed over carry their own reason.
    public internal(set) var problems: [ArchiveProblem] = []
    /// Whether even the list of names is encrypted, so that no entry is known.
    public internal(set) var hasEncryptedNames = false
    /// Whether some entry, or the list of entries, is encrypted.
    public internal(set) var hasEncryption = false
    /// Whether the container says that it is one volume of a set.
    public internal(set) var isVolume = false
    /// Where programs would read different things, and breaches of format that hide nothing.
    public internal(set) var anomalies: [ArchiveAnomaly] = []
    /// Whether the visitor asked to stop, in which case later entries are simply not known.
    public internal(set) var wasStopped = false

    init(format: ArchiveFormat) {
        self.format = format
    }

    mutating func add(_ problem: ArchiveProblem) {
        if !problems.contains(problem) { problems.append(problem) }
    }

    mutating func add(_ anomaly: ArchiveAnomaly) {
        if !anomalies.contains(where: { $0.name == anomaly.name }) { anomalies.append(anomaly) }
    }
}

/// A container read into memory at once.
public struct ArchiveContents: Sendable, Hashable {
    /// The entries in the container's order.
    public let entries: [ArchiveEntry]
    /// What holds for the container as a whole.
    public let summary: ArchiveSummary

    /// Why entries may be missing.
    public var problems: [ArchiveProblem] { summary.problems }
    /// Where programs would read different things.
    public var anomalies: [ArchiveAnomaly] { summary.anomalies }
    /// Whether some programs take other entries or contents out of it than others.
    public var isAmbiguous: Bool { summary.anomalies.contains(where: \.isAmbiguous) }
    /// Whether even the list of names is encrypted.
    public var hasEncryptedNames: Bool { summary.hasEncryptedNames }
    /// Whether every entry is known and was read to its end.
    public var isComplete: Bool { summary.problems.isEmpty && entries.allSatisfy(\.isComplete) }
}
