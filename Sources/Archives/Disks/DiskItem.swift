/// A file or directory on a disk, before its content is read.
struct DiskItem {
    /// Where the directory that has it lies, with a slash at its end.
    let folder: String
    /// Its names, the one that most systems show first.
    let names: [String]
    let isDirectory: Bool
    let size: Int
    /// Its content in pieces, in their order.
    let content: DiskContent
}

/// Where a content lies.
enum DiskContent {
    /// Pieces of a volume, of which the first so many bytes were written and the others count as zeros.
    case pieces([DiskPiece], written: Int)
    /// It stands in the record of the file.
    case bytes([UInt8])
    /// It can't be read.
    case unread(ArchiveProblem)
}

/// A stretch of a volume.
struct DiskPiece: Hashable {
    /// Nil for zeros that stand nowhere.
    let place: Int?
    let count: Int

    /// How long they are together, as far as numbers go.
    static func bytes(_ pieces: [DiskPiece]) -> Int {
        pieces.reduce(0) { sum, piece in
            let (more, isOver) = sum.addingReportingOverflow(piece.count)
            return isOver ? .max : more
        }
    }
}

/// What may still be read of a disk. Directories and files of honest ones share no bytes.
struct DiskBudget {
    private(set) var bytes: Int

    init(of file: Int, limits: ArchiveLimits) {
        let once = file.addingReportingOverflow(limits.ratioFloor)
        let all = once.partialValue.multipliedReportingOverflow(by: ArchiveLimits.diskReadings)
        bytes = once.overflow || all.overflow ? .max : all.partialValue
    }

    /// False where that much is no longer left.
    mutating func take(_ count: Int) -> Bool {
        guard count <= bytes else {
            bytes = 0
            return false
        }
        bytes -= count
        return true
    }
}

/// Hands over what lies on a volume, one item after the other.
protocol DiskWalk {
    /// Nil behind the last one.
    mutating func next(_ budget: inout DiskBudget) -> DiskItem?
    /// Why items may be missing.
    var problems: [ArchiveProblem] { get }
    /// Places where systems differ, and what only tells of the past.
    var anomalies: [ArchiveAnomaly] { get }
}
