/// Decodes the content at one place of a zip in every way that its records allow.
struct ZipContent {
    private(set) var expandedBytes = 0
    /// The limit of the whole container that was met, after which nothing more is read.
    private(set) var limitMet: ArchiveLimit?
    /// What the last content showed that its records don't: the stored bytes behind the end of its stream.
    private(set) var leftover: Range<Int>?
    private(set) var mismatches: [ZipMismatch] = []

    private let bytes: UnsafeRawBufferPointer
    private let limits: ArchiveLimits
    private let password: String?
    private var copiedBytes = 0
    private var piece = [UInt8](repeating: 0, count: ArchiveLimits.pieceBytes)

    init(_ bytes: UnsafeRawBufferPointer, limits: ArchiveLimits, password: String?) {
        self.bytes = bytes
        self.limits = limits
        self.password = password
    }

    /// The contents that programs may take from here, the most usual first; never empty.
    mutating func readings(
        of member: ZipMember, _ leading: ZipRecord, _ signatures: ZipSignatures
    ) -> [ZipReading] {
        leftover = nil
        mismatches = []
        var found: [ZipReading] = []
        var tried: [ZipRecord] = []
        for claim in member.claims {
            let isNew = !tried.contains {
                $0.method == claim.method && $0.isEncrypted == claim.isEncrypted
                    && (claim.method == 0 || claim.method == 8 || $0.storedSize == claim.storedSize)
            }
            guard isNew, limitMet == nil else { continue }
            tried.append(claim)
            var own = decode(claim, of: member, signatures)
            if tried.count == 1, let first = own.first { own[0] = checked(first, of: member, leading) }
            for reading in own where found.isEmpty || isWorthwhile(reading, found) { found.append(reading) }
        }
        return found
    }

    /// Whether a further reading shows something else.
    private func isWorthwhile(_ reading: ZipReading, _ found: [ZipReading]) -> Bool {
        let isKnown = found.contains { $0.bytes == reading.bytes && $0.isEncrypted == reading.isEncrypted }
        return !isKnown && (!reading.bytes.isEmpty || reading.unread == .encrypted)
    }

    private mutating func decode(
        _ claim: ZipRecord, of member: ZipMember, _ signatures: ZipSignatures
    ) -> [ZipReading] {
        if claim.isEncrypted {
            guard password != nil else { return [ZipReading(bytes: [], unread: .encrypted, isEncrypted: true)] }
            return [decodeApart(claim, from: member.start, size: claim.storedSize)]
        }
        switch claim.method {
        case 0: return stored(member, claim, signatures)
        case 8: return inflated(member)
        default:
            let isUnsaid = claim.isLocal && claim.hasDescriptor && claim.storedSize == 0
            let size = isUnsaid ? nextRecord(after: member.start, signatures) - member.start : claim.storedSize
            return [decodeApart(claim, from: member.start, size: size)]
        }
    }

    // MARK: Without compression

    private mutating func stored(
        _ member: ZipMember, _ claim: ZipRecord, _ signatures: ZipSignatures
    ) -> [ZipReading] {
        let available = bytes.count - member.start
        var sizes: [Int] = [claim.storedSize]
        var isOverLimit = false
        let isUnsaid = claim.isLocal && claim.hasDescriptor && claim.storedSize == 0
        if isUnsaid || (member.isSearched && !member.isAgreed) || isSearchedWithin(member) {
            let (described, isCut) = describedSizes(member, signatures)
            isOverLimit = isCut
            if described.contains(where: { $0 != claim.storedSize }), !isUnsaid { mismatches.append(.descriptor) }
            let next = nextRecord(after: member.start, signatures) - member.start
            sizes = isUnsaid ? described + [next] : sizes + described
            if !isUnsaid, next < claim.storedSize || !member.isAgreed { sizes.append(next) }
        }
        for other in member.claims { sizes += other.storedSizes + other.contentSizes }
        var readings: [ZipReading] = []
        for (index, size) in sizes.enumerated()
        where sizes.firstIndex(of: size) == index && (index == 0 || (size > 0 && size <= available)) {
            guard limitMet == nil else { break }
            var reading = ZipReading(bytes: [], unread: nil)
            let wanted = min(size, available)
            let kept = take(wanted)
            reading.bytes = Array(bytes[member.start..<(member.start + kept.count)])
            reading.unread = kept.limit.map { .overLimit($0) } ?? (isOverLimit ? .overLimit(.entries) : nil)
            if size > available, reading.unread == nil { reading.unread = .damaged("an entry is cut") }
            readings.append(reading)
        }
        return readings
    }

    /// Whether a program that reads from the front would look for a descriptor, and find records of a zip before.
    private func isSearchedWithin(_ member: ZipMember) -> Bool {
        member.isSearched && !bytes.holds(ZipRecord.localSignature, at: member.start)
    }

    /// Sizes for which a data descriptor stands where it must (APPNOTE 4.3.9), and whether there are more.
    private func describedSizes(
        _ member: ZipMember, _ signatures: ZipSignatures
    ) -> (sizes: [Int], isCut: Bool) {
        let range = member.start..<max(member.start, bytes.count)
        let hits = signatures.descriptors.ascending(in: range).lazy.filter { offset in
            Int(bytes.uint32(at: offset + 8)) == offset - member.start
        }
        let sizes = hits.prefix(ArchiveLimits.zipClaims + 1).map { $0 - member.start }
        return (Array(sizes.prefix(ArchiveLimits.zipClaims)), sizes.count > ArchiveLimits.zipClaims)
    }

    private func nextRecord(after offset: Int, _ signatures: ZipSignatures) -> Int {
        let range = offset..<max(offset, bytes.count)
        let next = [signatures.locals, signatures.directories, signatures.descriptors, signatures.ends]
            .compactMap { $0.ascending(in: range).first }
        return next.min() ?? bytes.count
    }

    /// How many of so many bytes may be kept; counts them.
    private mutating func take(_ wanted: Int) -> (count: Int, limit: ArchiveLimit?) {
        let room = min(limits.bytesPerEntry, max(0, limits.totalBytes - expandedBytes))
        expandedBytes += min(wanted, room + 1)
        let limit = limits.met(entryBytes: wanted, expandedBytes: expandedBytes, of: bytes.count)
        if let limit, limit != .bytesPerEntry { limitMet = limit }
        return (min(wanted, room), limit)
    }

    // MARK: Deflate

    /// The whole stream, wherever the records say that it ends, and as much of it as any of them says it holds.
    private mutating func inflated(_ member: ZipMember) -> [ZipReading] {
        let input = UnsafeRawBufferPointer(rebasing: bytes[min(member.start, bytes.count)...])
        guard let stream = DeflateStream(input, wrapping: .none) else {
            return [ZipReading(bytes: [], unread: .overLimit(.totalBytes))]
        }
        var whole = inflate(stream)
        let consumed = stream.consumed
        // A stream that runs on into what follows it is the records' fault: they say where it was cut.
        let saysLess = member.claims.contains { $0.storedSize > 0 && $0.storedSize < consumed }
        if whole.unread == nil {
            let declared = member.claims.map(\.storedSize).max() ?? 0
            if declared > consumed {
                leftover = (member.start + consumed)..<min(bytes.count, member.start + declared)
            }
            if saysLess { mismatches.append(.size) }
        } else if saysLess, let end = member.claims.map(\.storedSize).max(), limitMet == nil {
            whole.unread = whole.unread.map { $0.isLimit ? $0 : .damaged("a compressed stream is cut at \(end) bytes") }
        }
        var readings = [whole]
        for size in Set(member.claims.flatMap(\.contentSizes)).sorted() where size > 0 && size < whole.bytes.count {
            guard readings.count < ArchiveLimits.zipClaims else { break }
            readings.append(ZipReading(bytes: Array(whole.bytes.prefix(size)), unread: nil))
        }
        return readings
    }

    private mutating func inflate(_ stream: borrowing DeflateStream) -> ZipReading {
        var reading = ZipReading(bytes: [], unread: nil)
        while true {
            let (step, count) = piece.withUnsafeMutableBytes { stream.read(into: $0) }
            expandedBytes += count
            reading.bytes.append(contentsOf: piece[..<count])
            if let limit = limits.met(
                entryBytes: reading.bytes.count, expandedBytes: expandedBytes, of: bytes.count)
            {
                reading.bytes.removeLast(max(0, reading.bytes.count - limits.bytesPerEntry))
                if limit != .bytesPerEntry { limitMet = limit }
                reading.unread = .overLimit(limit)
                return reading
            }
            switch step {
            case .more: continue
            case .end: return reading
            case .broken, .cut:
                reading.unread = .damaged("a compressed stream can't be decoded to its end")
                return reading
            }
        }
    }

    // MARK: Everything else

    /// Copies one entry into a zip of its own, whose records agree, and has libarchive decode that.
    private mutating func decodeApart(_ claim: ZipRecord, from start: Int, size: Int) -> ZipReading {
        let available = max(0, bytes.count - start)
        let isCut = size > available
        let size = min(size, available)
        copiedBytes += size
        guard copiedBytes <= bytes.count * ArchiveLimits.zipCopies else {
            limitMet = .totalBytes
            return ZipReading(bytes: [], unread: .overLimit(.totalBytes), isEncrypted: claim.isEncrypted)
        }
        let single = SingleEntryZip.bytes(of: claim, bytes[start..<(start + size)])
        var own = limits
        own.totalBytes = max(0, limits.totalBytes - expandedBytes)
        var reading = ZipReading(bytes: [], unread: .damaged("an entry can't be decoded"))
        single.withUnsafeBytes { single in
            var pass = ReadingPass(
                format: .zip, limits: own, bytes: single, key: password.map { .init(password: $0, isTrial: false) })
            let summary = pass.run { entry in
                reading = ZipReading(bytes: entry.bytes, unread: entry.unread)
                return .stop
            }
            expandedBytes += summary.expandedBytes
            if summary.entryCount == 0, let problem = summary.problems.first { reading.unread = problem }
        }
        reading.isEncrypted = claim.isEncrypted
        if case .overLimit(let limit) = reading.unread, limit != .bytesPerEntry { limitMet = limit }
        if isCut, reading.unread == nil { reading.unread = .damaged("an entry is cut") }
        return reading
    }

    // MARK: What the records promise

    /// The leading reading held to the size and the checksum that are declared.
    private func checked(_ reading: ZipReading, of member: ZipMember, _ leading: ZipRecord) -> ZipReading {
        guard reading.unread == nil, !reading.isEncrypted else { return reading }
        var reading = reading
        if let size = leading.knownContentSize, size != reading.bytes.count {
            reading.unread = .damaged("an entry declares \(size) bytes and holds \(reading.bytes.count)")
            return reading
        }
        let promised = member.claims.filter { !($0.isLocal && $0.hasDescriptor && $0.checksum == 0) }.map(\.checksum)
        if !promised.isEmpty, !promised.contains(DeflateStream.checksum(reading.bytes)) {
            reading.unread = .damaged("an entry's content does not fit its checksum")
        }
        return reading
    }
}

extension ArchiveProblem {
    var isLimit: Bool { if case .overLimit = self { true } else { false } }
}

/// A zip with one entry, made of another's: what a decoder is given that would read the contradictions in its own way.
enum SingleEntryZip {
    static func bytes(of record: ZipRecord, _ stored: Slice<UnsafeRawBufferPointer>) -> [UInt8] {
        let size = record.contentSize
        let isFar = stored.count >= 0xFFFF_FFFF || size >= 0xFFFF_FFFF
        guard !isFar else { return [] }
        // The time's upper byte proves a password where the sizes stand behind the content (APPNOTE 6.1.6).
        var common = little(63, 2) + little(record.flags, 2) + little(record.method, 2) + record.time
        common += little(Int(record.checksum), 4) + little(stored.count, 4) + little(size, 4) + little(1, 2)
        common += little(record.fields.wrapping.count, 2)
        var file = ZipRecord.localSignature + common + [0x78] + record.fields.wrapping
        file += stored
        let start = file.count
        file += ZipRecord.directorySignature + little(63, 2) + common + little(0, 2) + little(0, 2) + little(0, 2)
        file += little(0, 4) + little(0, 4) + [0x78] + record.fields.wrapping
        let directory = file.count - start
        return file + ZipEnd.signature + little(0, 4) + little(1, 2) + little(1, 2) + little(directory, 4)
            + little(start, 4) + little(0, 2)
    }

    private static func little(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
}
