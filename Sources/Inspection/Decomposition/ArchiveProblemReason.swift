import Archives
import Message
import Vocabulary

extension ArchiveProblem {
    /// Why content behind the problem is unknown.
    var reason: Reasons {
        switch self {
        case .encrypted: .encryptedArchive
        case .damaged: .damaged
        case .overLimit: .overLimit
        case .unsupported, .multiVolume: .unsupported
        }
    }

    var isDamage: Bool { reason == .damaged }

    /// The name of the anomaly that reports the problem.
    var anomalyName: String {
        switch self {
        case .encrypted: "archive-encrypted"
        case .damaged: "archive-damaged"
        case .overLimit(let limit): "archive-over-limit-\(limit.rawValue)"
        case .unsupported: "archive-unsupported"
        case .multiVolume: "archive-volume"
        }
    }
}

extension ArchiveEntry {
    /// Whether the entry is a node of its own: directories without bytes are not. Links are: they bear names, and what
    /// they lead to is made when the archive is unpacked.
    var isContent: Bool { kind != .directory || !bytes.isEmpty || unread != nil }
}

extension ArchiveFormat {
    /// The name of the file type.
    var typeName: String {
        switch self {
        case .rar5: "rar"
        case .vhdx: "vhd"
        default: rawValue
        }
    }
}

extension NodeAnomaly {
    /// Nil for ordinary files.
    init?(linkOrSpecial entry: ArchiveEntry) {
        guard entry.kind != .file, entry.kind != .directory else { return nil }
        self.init(
            name: "archive-\(entry.kind.rawValue)",
            sentence: entry.linkTarget == nil
                ? "the entry is a device or pipe" : "the entry only leads to another file",
            range: nil, isMalformed: false, isAmbiguous: false)
    }

    init(_ problem: ArchiveProblem) {
        self.init(
            name: problem.anomalyName, sentence: problem.sentence, range: nil, isMalformed: problem.isDamage,
            isAmbiguous: false)
    }

    init(_ anomaly: ArchiveAnomaly) {
        self.init(
            name: anomaly.name, sentence: anomaly.sentence, range: anomaly.range, isMalformed: anomaly.isMalformed,
            isAmbiguous: anomaly.isAmbiguous)
    }

    init(_ anomaly: Anomaly) {
        self.init(
            name: anomaly.name, sentence: anomaly.sentence, range: anomaly.range, isMalformed: anomaly.isMalformed,
            isAmbiguous: anomaly.isAmbiguous)
    }
}
