/// One reading of a gzip file, member by member (RFC 1952, 2.2).
///
/// Most programs join the contents of all members, some stop after the first. Where that makes a difference both are
/// handed over. Files of blocks (BGZF), which say of themselves that they have many members, are nothing odd.
struct GzipPass {
    private let bytes: UnsafeRawBufferPointer
    private let limits: ArchiveLimits
    private var summary = ArchiveSummary(format: .gzip)
    private var piece = [UInt8](repeating: 0, count: ArchiveLimits.pieceBytes)

    init(_ bytes: UnsafeRawBufferPointer, limits: ArchiveLimits) {
        self.bytes = bytes
        self.limits = limits
    }

    mutating func run(_ visit: (ArchiveEntry) throws -> ArchiveVisit) rethrows -> ArchiveSummary {
        var content: [UInt8] = []
        var firstCount: Int?
        var unread: ArchiveProblem?
        var offset = 0
        var members = 0
        guard limits.entries > 0, !limits.isLate else {
            summary.add(.overLimit(limits.isLate ? .time : .entries))
            return summary
        }
        if !bytes.holds([0x1F, 0x8B], at: 0) { summary.add(.damaged("the stream can't be decoded")) }
        while unread == nil, offset < bytes.count {
            guard bytes.holds([0x1F, 0x8B], at: offset) else {
                if bytes[offset...].contains(where: { $0 != 0 }) { summary.add(.trailingData) }
                break
            }
            guard members < ArchiveLimits.gzipMembers || isBlock(at: 0) else {
                unread = .overLimit(.entries)
                break
            }
            let used = decodeMember(at: offset, into: &content, &unread)
            members += 1
            offset += max(1, used)
            if members == 1 { firstCount = content.count }
        }
        let name = originalName()
        try hand(over: content, unread, name, visit)
        let isSplit = members > 1 && firstCount != content.count && firstCount != 0 && !isBlock(at: 0)
        guard let firstCount, isSplit, !summary.wasStopped else { return summary }
        summary.add(.gzipSeveralMembers)
        try hand(over: Array(content.prefix(firstCount)), nil, name, visit)
        return summary
    }

    private mutating func hand(
        over content: [UInt8], _ unread: ArchiveProblem?, _ rawName: [UInt8],
        _ visit: (ArchiveEntry) throws -> ArchiveVisit
    ) rethrows {
        let name = EntryName(rawName, format: .gzip)
        summary.entryCount += 1
        let entry = ArchiveEntry(
            name: name.name, rawName: rawName, allNames: name.all, kind: .file, linkTarget: nil, declaredSize: nil,
            isEncrypted: false, bytes: content, unread: unread)
        if try visit(entry) == .stop { summary.wasStopped = true }
    }

    /// Decodes one member behind the others; returns how many bytes it took.
    private mutating func decodeMember(
        at offset: Int, into content: inout [UInt8], _ unread: inout ArchiveProblem?
    ) -> Int {
        let input = UnsafeRawBufferPointer(rebasing: bytes[offset...])
        guard let stream = DeflateStream(input, wrapping: .gzip) else {
            unread = .overLimit(.totalBytes)
            return 0
        }
        while true {
            let (step, count) = piece.withUnsafeMutableBytes { stream.read(into: $0) }
            summary.expandedBytes += count
            content.append(contentsOf: piece[..<count])
            let met = limits.met(
                entryBytes: content.count, expandedBytes: summary.expandedBytes, of: bytes.count)
            if let met {
                content.removeLast(max(0, content.count - limits.bytesPerEntry))
                unread = .overLimit(met)
                summary.add(.overLimit(met))
                return stream.consumed
            }
            switch step {
            case .more: continue
            case .end: return stream.consumed
            case .broken, .cut:
                let problem = ArchiveProblem.damaged("the stream can't be decoded to its end")
                unread = problem
                if content.isEmpty { summary.add(problem) }
                return stream.consumed
            }
        }
    }

    /// Whether a member bears the extra field of a file of blocks.
    private func isBlock(at offset: Int) -> Bool {
        offset + 16 <= bytes.count && bytes[offset + 3] & 4 != 0 && bytes.holds([0x42, 0x43, 2, 0], at: offset + 12)
    }

    /// The original name in the header (2.3.1).
    private mutating func originalName() -> [UInt8] {
        guard bytes.count > 10, bytes[3] & 0x08 != 0 else { return [] }
        var start = 10
        if bytes[3] & 0x04 != 0 { start += 2 + Int(bytes.uint16(at: 10)) }
        guard start < bytes.count else { return [] }
        let name = bytes[start...].prefix { $0 != 0 }
        if name.count > limits.nameBytes { summary.add(.overLimit(.nameBytes)) }
        return Array(name.prefix(limits.nameBytes))
    }
}
