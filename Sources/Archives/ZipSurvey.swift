/// What all the indexes of a zip together lead to, and where they contradict each other.
///
/// Purpose: programs find a zip's entries by its directory, by following local headers, or by searching; they take the
/// directory's place from one of several records and believe one of two headers for each entry. Hostile files make these
/// differ. Takes: the bytes. Gives: every entry that any of them can find, with all that is said about it, and the
/// contradictions by name. Limits: entries and signatures; a pass over the bytes and one over the entries.
struct ZipSurvey {
    /// Entries of the zip's own directory in its order, then those found otherwise, by position.
    private(set) var members: [ZipMember] = []
    private(set) var anomalies: [ArchiveAnomaly] = []
    private(set) var problems: [ArchiveProblem] = []
    private(set) var isVolume = false
    let signatures: ZipSignatures

    private let bytes: UnsafeRawBufferPointer
    private let limit: Int
    private var indexes: [Int: Int] = [:]
    private var ownRecords: Set<Int> = []
    /// What may have to be added to declared positions.
    private var shifts: [Int] = [0]
    /// Content that is the same to everyone, by position: records within it belong to what it holds.
    private var contents: [(start: Int, end: Int)] = []

    init(of bytes: UnsafeRawBufferPointer, limit: Int) {
        self.bytes = bytes
        self.limit = limit
        signatures = ZipSignatures(in: bytes, limit: ArchiveLimits.zipSignatures)
        if signatures.isCut { problems.append(.overLimit(.entries)) }
        let end = ZipEnd.find(in: bytes) ?? signatures.ends.last.flatMap { ZipEnd(bytes, at: $0) }
        if let end {
            readDirectory(of: end)
        } else {
            problems.append(.damaged("the zip has no end-of-central-directory record"))
        }
        let hasDirectory = !members.isEmpty
        compareOwn()
        if let end { findOtherDirectories(besides: end) }
        findHiddenEntries(isAnomaly: hasDirectory)
        compareNames()
    }

    private mutating func note(_ anomaly: ArchiveAnomaly) {
        if !anomalies.contains(where: { $0.name == anomaly.name }) { anomalies.append(anomaly) }
    }

    // MARK: The zip's own directory

    private mutating func readDirectory(of end: ZipEnd) {
        isVolume = end.isVolume
        if end.isCut { problems.append(.damaged("the zip stops inside its comment")) }
        if end.end < bytes.count { note(.zipTrailingData) }
        let places = ZipDirectoryPlace.all(of: end, in: bytes)
        if places.count > 1 { note(.zipSeveralDirectories(at: end.offset)) }
        shifts += places.map(\.shift).filter { $0 != 0 }
        guard let place = places.first else {
            if end.entryCount != 0 { problems.append(.damaged("the zip's directory is not where its end says")) }
            return
        }
        var offset = place.start
        var count = 0
        while let record = ZipRecord(directory: bytes, at: offset) {
            guard count < limit else {
                problems.append(.overLimit(.entries))
                break
            }
            count += 1
            ownRecords.insert(offset)
            attach(record, isOwn: true, shift: place.shift)
            offset = record.end
        }
        checkCount(of: place, found: count, end: offset)
    }

    private mutating func checkCount(of place: ZipDirectoryPlace, found: Int, end: Int) {
        if end - place.start != place.size { note(.zipEntryCount) }
        guard let declared = place.entryCount, found < limit, declared != found, declared != found & 0xFFFF else {
            return
        }
        note(.zipEntryCount)
        if declared > found {
            problems.append(.damaged("the zip declares \(declared) entries and \(found) were found"))
        }
    }

    /// Joins a directory record with the local header that it leads to; with both, where two ways of counting lead to two.
    private mutating func attach(_ record: ZipRecord, isOwn: Bool, shift: Int) {
        if record.fields.isCut { problems.append(.damaged("an entry has too many extra fields")) }
        let places = ([shift] + shifts.filter { $0 != shift }).map { record.localOffset + $0 }
        let signed = places.filter { bytes.holds(ZipRecord.localSignature, at: $0) }
        if isOwn, signed.isEmpty || signed.first != places.first { note(.zipNoLocalHeader) }
        if isOwn, signed.count > 1 { note(.zipSeveralDirectories(at: record.offset)) }
        for place in signed.isEmpty ? [places[0]] : signed {
            if let index = indexes[place] {
                if isOwn { note(.zipOverlap) }
                if !members[index].add(record) { problems.append(.overLimit(.entries)) }
            } else {
                append(ZipMember(bytes, at: place), record)
            }
        }
    }

    private mutating func append(_ member: ZipMember, _ record: ZipRecord?) {
        guard members.count < limit else {
            if !problems.contains(.overLimit(.entries)) { problems.append(.overLimit(.entries)) }
            return
        }
        var member = member
        if let record { _ = member.add(record) }
        indexes[member.place] = members.count
        members.append(member)
    }

    /// Contradictions within each entry of the directory, and entries that share bytes.
    private mutating func compareOwn() {
        var last = 0
        for member in members.sorted(by: { $0.place < $1.place }) {
            for mismatch in member.mismatches {
                note(.zipMismatch(mismatch, at: member.place..<max(member.place, member.start)))
            }
            if member.place < last { note(.zipOverlap) }
            last = max(last, member.end)
            let isNested = bytes.holds(ZipRecord.localSignature, at: member.start)
            guard member.isAgreed, !member.isSearched || isNested, member.end > member.start else { continue }
            contents.append((member.start, member.end))
        }
        contents.sort { $0.start < $1.start }
    }

    private func isContent(_ offset: Int) -> Bool {
        var low = 0
        var high = contents.count
        while low < high {
            let middle = (low + high) / 2
            if contents[middle].start <= offset { low = middle + 1 } else { high = middle }
        }
        return low > 0 && offset < contents[low - 1].end
    }

    // MARK: What the directory does not tell

    private mutating func findOtherDirectories(besides own: ZipEnd) {
        let others = signatures.ends.filter { $0 != own.offset && !isContent($0) }
        if others.count > ArchiveLimits.zipEnds { problems.append(.overLimit(.entries)) }
        var starts = ZipDirectoryPlace.all(of: own, in: bytes).map(\.start)
        for end in others.prefix(ArchiveLimits.zipEnds).compactMap({ ZipEnd(bytes, at: $0) }) {
            note(.zipSeveralEnds(at: end.offset))
            for place in ZipDirectoryPlace.all(of: end, in: bytes) {
                starts.append(place.start)
                if !shifts.contains(place.shift) { shifts.append(place.shift) }
            }
        }
        var places = signatures.directories.filter { !ownRecords.contains($0) && !isContent($0) }
        for start in starts where !ownRecords.contains(start) && isContent(start) { places += records(from: start) }
        if places.count > limit { problems.append(.overLimit(.entries)) }
        for offset in places.prefix(limit) where ownRecords.insert(offset).inserted {
            guard let record = ZipRecord(directory: bytes, at: offset) else { continue }
            note(.zipHiddenDirectory(at: offset))
            attach(record, isOwn: false, shift: 0)
        }
    }

    /// The records of a directory that an end record leads to, although it lies within content.
    private func records(from start: Int) -> [Int] {
        var offsets: [Int] = []
        var offset = start
        while offsets.count < limit, let record = ZipRecord(directory: bytes, at: offset) {
            offsets.append(offset)
            offset = record.end
        }
        return offsets
    }

    private mutating func findHiddenEntries(isAnomaly: Bool) {
        for offset in signatures.locals where indexes[offset] == nil && !isContent(offset) {
            addHidden(at: offset, isAnomaly: isAnomaly)
        }
    }

    private mutating func addHidden(at offset: Int, isAnomaly: Bool) {
        let member = ZipMember(bytes, at: offset)
        guard member.isSigned else { return }
        if isAnomaly { note(.zipHiddenEntry(at: offset)) }
        append(member, nil)
    }

    /// Records in the part of an entry's content that lies behind the end of its compressed stream.
    mutating func findHiddenEntries(behindStream range: Range<Int>) {
        for offset in signatures.locals.ascending(in: range) where indexes[offset] == nil {
            note(.zipMismatch(.size, at: range))
            addHidden(at: offset, isAnomaly: true)
        }
    }

    private mutating func compareNames() {
        var seen: [String: Int] = [:]
        for member in members {
            if member.claims.contains(where: ZipName.isOdd) { note(.zipOddName) }
            guard let name = member.leading?.name, !ZipName.isDirectory(name) else { continue }
            if seen.updateValue(member.place, forKey: ZipName.folded(name)) != nil { note(.zipDuplicateName) }
        }
    }
}
