/// One entry of a zip: everything that the file's indexes say about the content at one place.
struct ZipMember {
    /// Where its local header is, or is said to be.
    let place: Int
    /// The local header; without signature only where directories lead to such a place.
    let local: ZipRecord?
    /// Whether a local header really stands there.
    let isSigned: Bool
    /// The directory records that lead here, those of the zip's own directory first.
    private(set) var listed: [ZipRecord] = []

    init(_ bytes: UnsafeRawBufferPointer, at place: Int) {
        self.place = place
        let signed = ZipRecord(local: bytes, at: place)
        isSigned = signed != nil
        local = signed ?? ZipRecord(local: bytes, at: place, isSigned: false)
    }

    /// False if more records lead here than are kept.
    mutating func add(_ record: ZipRecord) -> Bool {
        guard listed.count < ArchiveLimits.zipClaims else { return false }
        listed.append(record)
        return true
    }

    /// All that is said, the directory's word first, as most programs take it.
    var claims: [ZipRecord] { listed + (isSigned || listed.isEmpty ? [local].compactMap { $0 } : []) }

    /// Where the content starts.
    var start: Int { local?.end ?? place }

    /// The record that most programs go by.
    var leading: ZipRecord? { listed.first ?? local }

    /// Where the content ends by the leading record.
    var end: Int { start + (leading?.storedSize ?? 0) }

    /// Every name that a program may show, the directory's first.
    var names: [[UInt8]] {
        var names: [[UInt8]] = []
        for claim in claims {
            for name in [claim.name] + [claim.fields.unicodeName].compactMap({ $0 }) where !names.contains(name) {
                names.append(name)
            }
        }
        return names
    }

    /// What the records contradict each other about.
    var mismatches: [ZipMismatch] {
        guard let leading else { return [] }
        var found: [ZipMismatch] = []
        for claim in claims.dropFirst() {
            if claim.method != leading.method { found.append(.method) }
            if claim.isEncrypted != leading.isEncrypted { found.append(.encryption) }
            if claim.name != leading.name { found.append(.name) }
            if !Self.agree(claim, leading, { [Int($0.checksum)] }) { found.append(.checksum) }
            if !Self.agree(claim, leading, \.storedSizes) || !Self.agree(claim, leading, \.contentSizes) {
                found.append(.size)
            }
        }
        // One record alone may say two things by its own field and by a zip64 one.
        if claims.contains(where: { $0.storedSizes.count > 1 || $0.contentSizes.count > 1 }) { found.append(.size) }
        return found
    }

    /// A local header with a descriptor may have zeros, or what the writer knew by then.
    private static func agree(_ one: ZipRecord, _ other: ZipRecord, _ values: (ZipRecord) -> [Int]) -> Bool {
        let mayBeUnsaid = one.isLocal && one.hasDescriptor
        let (left, right) = (Set(values(one)), Set(values(other)))
        return left == right || (mayBeUnsaid && left.subtracting([0]).isSubset(of: right))
    }

    /// Whether the records agree about what most programs read, so that nobody looks for other records within the content.
    var isAgreed: Bool {
        isSigned && !listed.isEmpty && mismatches.allSatisfy { $0 == .name || $0 == .checksum }
    }

    /// Whether readers without the directory must search the content for its end.
    var isSearched: Bool {
        claims.contains { $0.hasDescriptor } && claims.contains { $0.method == 0 && !$0.isEncrypted }
    }
}

/// How names look to systems that fold case, take either slash and drop what they can't keep.
enum ZipName {
    static func folded(_ name: [UInt8]) -> String {
        let text = String(decoding: name, as: UTF8.self).lowercased()
        let steps = text.split(whereSeparator: { $0 == "/" || $0 == "\\" }).map { step in
            String(step.reversed().drop { $0 == "." || $0 == " " }.reversed())
        }
        return steps.filter { !$0.isEmpty }.joined(separator: "/")
    }

    /// Whether programs show another name than the one that is stored: a control character cuts it, or a second
    /// name stands beside one that needs none.
    static func isOdd(_ record: ZipRecord) -> Bool {
        if record.name.contains(where: { $0 < 0x20 || $0 == 0x7F }) { return true }
        guard let other = record.fields.unicodeName else { return false }
        return other != record.name && record.name.allSatisfy { $0 < 0x80 && $0 != 0x3F && $0 != 0x5F }
    }

    static func isDirectory(_ name: [UInt8]) -> Bool { name.last == 0x2F }

    /// By attributes of MS-DOS or Unix, or by a trailing backslash.
    static func mayBeDirectory(_ record: ZipRecord) -> Bool {
        let isUnix = [3, 19].contains(record.madeBy >> 8)
        return record.name.last == 0x5C || record.attributes & 0x10 != 0
            || (isUnix && record.attributes >> 28 == 4)
    }

    static func isSymbolicLink(_ record: ZipRecord) -> Bool {
        [3, 19].contains(record.madeBy >> 8) && record.attributes >> 28 == 0xA
    }
}
