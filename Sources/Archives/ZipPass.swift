/// One reading of one zip: every content that some program would take out of it, and what each is called.
struct ZipPass {
    private let bytes: UnsafeRawBufferPointer
    private let key: ReadingPass.Key?
    private var survey: ZipSurvey
    private var content: ZipContent
    private var summary = ArchiveSummary(format: .zip)
    private let limits: ArchiveLimits

    init(_ bytes: UnsafeRawBufferPointer, limits: ArchiveLimits, key: ReadingPass.Key?) {
        self.bytes = bytes
        self.key = key
        survey = ZipSurvey(of: bytes, limit: limits.entries)
        var limits = limits
        // What shares bytes, or says of itself that it is too much, gets no more than a sample before it is given up.
        let declared = survey.members.reduce(0) { $0 + ($1.leading?.contentSize ?? 0) }
        let isBomb = survey.anomalies.contains(.zipOverlap) || declared > limits.totalBytes
        if isBomb { limits.totalBytes = min(limits.totalBytes, max(limits.ratioFloor, bytes.count)) }
        self.limits = limits
        content = ZipContent(bytes, limits: limits, password: key?.password)
    }

    mutating func run(_ visit: (ArchiveEntry) throws -> ArchiveVisit) rethrows -> ArchiveSummary {
        summary.isVolume = survey.isVolume
        var index = 0
        while index < survey.members.count {
            guard !limits.isLate else {
                summary.add(.overLimit(.time))
                break
            }
            guard try read(survey.members[index], visit) else { break }
            index += 1
        }
        for problem in survey.problems { summary.add(problem) }
        for anomaly in survey.anomalies { summary.add(anomaly) }
        summary.expandedBytes = content.expandedBytes
        if summary.isVolume { summary.add(.multiVolume) }
        return summary
    }

    /// Hands over all that is read at one place. False if nothing more may be read.
    private mutating func read(
        _ member: ZipMember, _ visit: (ArchiveEntry) throws -> ArchiveVisit
    ) rethrows -> Bool {
        guard let leading = member.leading else { return true }
        let names = shownNames(of: member)
        if member.claims.contains(where: \.isEncrypted) { summary.hasEncryption = true }
        let readings = readings(of: member, leading)
        for (number, reading) in readings.enumerated() {
            guard summary.entryCount < limits.entries else {
                summary.add(.overLimit(.entries))
                return false
            }
            let kind = kind(of: leading, reading.bytes)
            if kind == .directory, !reading.bytes.isEmpty { summary.add(.zipFullDirectory) }
            let unread = kind == .directory && reading.bytes.isEmpty ? nil : reading.unread
            let entry = ArchiveEntry(
                name: names.first, rawName: Array(leading.name.prefix(limits.nameBytes)), allNames: names, kind: kind,
                linkTarget: kind == .symbolicLink ? String(decoding: reading.bytes.prefix(4_096), as: UTF8.self) : nil,
                declaredSize: number == 0 ? leading.knownContentSize : reading.bytes.count,
                isEncrypted: reading.isEncrypted, bytes: reading.bytes, unread: unread)
            summary.entryCount += 1
            guard try visit(entry) == .next else {
                summary.wasStopped = true
                return false
            }
        }
        if let limit = content.limitMet {
            summary.add(.overLimit(limit))
            return false
        }
        return true
    }

    private mutating func readings(of member: ZipMember, _ leading: ZipRecord) -> [ZipReading] {
        if key?.isTrial == true, !leading.isEncrypted { return [ZipReading(bytes: [], unread: nil)] }
        guard member.isSigned || !member.listed.isEmpty, member.local != nil else {
            return [ZipReading(bytes: [], unread: .damaged("the zip's directory leads outside of it"))]
        }
        let readings = content.readings(of: member, leading, survey.signatures)
        if let leftover = content.leftover { survey.findHiddenEntries(behindStream: leftover) }
        for mismatch in content.mismatches { summary.add(.zipMismatch(mismatch, at: member.place..<member.start)) }
        // Where nothing but the signature is missing, some programs read on; if it fits the checksum, it is the content.
        guard !member.isSigned, let first = readings.first, first.unread != nil else { return readings }
        return [ZipReading(bytes: [], unread: .damaged("the zip's directory leads to no entry"))]
    }

    /// Every reading of every name that the records give, each once.
    private mutating func shownNames(of member: ZipMember) -> [String] {
        var shown: [String] = []
        for raw in member.names {
            var raw = raw
            if raw.count > limits.nameBytes {
                raw = Array(raw.prefix(limits.nameBytes))
                summary.add(.overLimit(.nameBytes))
            }
            for bytes in [raw, Array(raw.prefix { $0 != 0 })] {
                for name in EntryName(bytes, format: .zip).all where !shown.contains(name) { shown.append(name) }
            }
        }
        return shown
    }

    private mutating func kind(of record: ZipRecord, _ bytes: [UInt8]) -> ArchiveEntry.Kind {
        if ZipName.isDirectory(record.name) { return .directory }
        if ZipName.mayBeDirectory(record) {
            guard !bytes.isEmpty else { return .directory }
            summary.add(.zipFullDirectory)
        }
        return ZipName.isSymbolicLink(record) ? .symbolicLink : .file
    }
}

/// One content that some program would take for an entry's.
struct ZipReading {
    var bytes: [UInt8]
    var unread: ArchiveProblem?
    var isEncrypted = false
}

extension ZipRecord {
    /// The size of the content; nil where it stands behind the content.
    var knownContentSize: Int? { isLocal && hasDescriptor && contentSize == 0 ? nil : contentSize }
}
