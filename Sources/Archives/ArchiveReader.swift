/// Whether a visitor wants the next entry.
public enum ArchiveVisit: Sendable, Hashable {
    case next
    case stop
}

/// Expands containers, within limits.
///
/// Purpose: container bytes become entries. Takes bytes in memory and a format; gives each entry with its content or
/// the reason why it has none. Fails never: a hostile container yields problems, not errors. Everything that was not
/// read says why, on the entry or on the summary. Costs: at most `totalBytes` decoded and one entry kept at a time;
/// a decoder's own memory is bounded by its format (xz and 7z dictionaries reach 1 GiB: the process limit bounds
/// that). May import: CArchive, CZlib, CUDFRead, CMSPack.
///
/// A zip is read by every index it has (`ZipSurvey`): where they lead to different contents, all of them are entries, and
/// the summary names the contradiction.
public struct ArchiveReader: Sendable {
    /// How far an expansion may go.
    public let limits: ArchiveLimits

    /// A reader with these limits.
    public init(limits: ArchiveLimits = .standard) {
        self.limits = limits
    }

    /// Reads all entries into memory, within the limits. Nil if `bytes` is no container known here.
    public func contents(of bytes: [UInt8]) -> ArchiveContents? {
        guard let format = ArchiveFormat.detect(bytes) ?? ArchiveFormat.detectEmbedded(in: bytes) else { return nil }
        return contents(of: bytes, as: format)
    }

    /// Reads all entries into memory, within the limits.
    ///
    /// - Parameter password: opens locked entries of formats that can be opened (`ArchiveFormat.opensWithPassword`).
    public func contents(
        of bytes: [UInt8], as format: ArchiveFormat, password: String? = nil
    ) -> ArchiveContents {
        var entries: [ArchiveEntry] = []
        let summary = bytes.withUnsafeBytes {
            read($0, as: format, key: password.map { .init(password: $0, isTrial: false) }) {
                entries.append($0)
                return .next
            }
        }
        return ArchiveContents(entries: entries, summary: summary)
    }

    /// Whether a password opens a container: whether its first locked content can be read to its end and is then
    /// what the container says it is. Costs what that content costs, whatever the answer.
    public func tries(
        _ password: String, on bytes: [UInt8], as format: ArchiveFormat
    ) -> (opens: Bool, expandedBytes: Int) {
        guard format.opensWithPassword else { return (false, 0) }
        var opens = false
        let summary = bytes.withUnsafeBytes {
            read($0, as: format, key: .init(password: password, isTrial: true)) { entry in
                // Nothing at all is opened by every password.
                guard entry.isEncrypted, entry.kind == .file, entry.declaredSize != 0 else { return .next }
                opens = entry.isComplete && !entry.bytes.isEmpty
                return .stop
            }
        }
        return (opens, summary.expandedBytes)
    }

    /// Hands over one entry after the other, as they are decoded.
    public func read(
        _ bytes: [UInt8], as format: ArchiveFormat, visit: (ArchiveEntry) throws -> ArchiveVisit
    ) rethrows -> ArchiveSummary {
        try bytes.withUnsafeBytes { try read($0, as: format, visit: visit) }
    }

    /// Hands over one entry after the other, as they are decoded.
    ///
    /// - Throws: only what `visit` throws.
    public func read(
        _ bytes: UnsafeRawBufferPointer, as format: ArchiveFormat, visit: (ArchiveEntry) throws -> ArchiveVisit
    ) rethrows -> ArchiveSummary {
        try read(bytes, as: format, key: nil, visit: visit)
    }

    private func read(
        _ bytes: UnsafeRawBufferPointer, as format: ArchiveFormat, key: ReadingPass.Key?,
        visit: (ArchiveEntry) throws -> ArchiveVisit
    ) rethrows -> ArchiveSummary {
        guard format.isReadable else {
            var summary = ArchiveSummary(format: format)
            summary.add(.unsupported("\(format.rawValue) files can't be opened here"))
            return summary
        }
        switch format {
        case .zip:
            var pass = ZipPass(bytes, limits: limits, key: key)
            return try pass.run(visit)
        case .gzip:
            var pass = GzipPass(bytes, limits: limits)
            return try pass.run(visit)
        case .iso9660: return try DiskPass(bytes, limits: limits).run(visit)
        case .vhd, .vhdx, .img:
            var pass = ImagePass(bytes, format: format, limits: limits)
            return try pass.run(visit)
        case .chm:
            var pass = HelpPass(bytes, limits: limits)
            return try pass.run(visit)
        default:
            var pass = ReadingPass(format: format, limits: limits, bytes: bytes)
            return try pass.run(visit)
        }
    }
}
