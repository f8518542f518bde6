/// Zips in which programs find different things: one or more of every class of difference that is known between
/// readers, each with a payload that at least one of them takes out.
///
/// The classes are those of the published comparison of zip parsers: A, what records say twice; B, names; C, where
/// records are sought.
enum ZipDifferences {
    struct Sample: CustomStringConvertible, Sendable {
        let name: String
        let bytes: [UInt8]
        /// The anomaly by which the difference is named; nil where every reader sees the payload.
        let anomaly: String?
        var description: String { name }
    }

    static let payload = Array("this is the payload, which no reader may miss".utf8)
    static let decoy = Array("harmless".utf8)

    static let all: [Sample] =
        methods + sizes + descriptors + farSizes + flags + names + kinds + ends + directories + locals

    private typealias Entry = ZipSmith.Entry

    private static func sample(_ name: String, _ anomaly: String?, _ smith: ZipSmith) -> Sample {
        Sample(name: name, bytes: smith.bytes, anomaly: anomaly)
    }

    private static func sample(
        _ name: String, _ anomaly: String?, _ entry: Entry, _ change: (inout Entry) -> Void
    ) -> Sample {
        let first = Entry("first.txt", decoy)
        return sample(name, anomaly, ZipSmith([first, entry.changed(change), Entry("last.txt", decoy)]))
    }

    // MARK: A. What records say twice

    private static let methods = [
        sample("method: directory says stored", "zip-method-mismatch", Entry("a", payload, method: 8)) {
            $0.directory.method = 0
        },
        sample("method: local header says stored", "zip-method-mismatch", Entry("a", payload, method: 8)) {
            $0.local.method = 0
        },
        sample("method: directory says deflated", "zip-method-mismatch", Entry("a", payload)) {
            $0.directory.method = 8
        },
        sample("method: directory says an unknown one", "zip-method-mismatch", Entry("a", payload, method: 8)) {
            $0.directory.method = 77
        },
        sample("method: local header says an unknown one", "zip-method-mismatch", Entry("a", payload)) {
            $0.local.method = 77
        },
    ]

    private static let sizes =
        [0, 8].flatMap { method in
            [
                sample("size: directory says 0, \(method)", "zip-size-mismatch", Entry("a", payload, method: method)) {
                    $0.directory.compressedSize = 0
                    $0.directory.size = 0
                },
                sample("size: local says 0, \(method)", "zip-size-mismatch", Entry("a", payload, method: method)) {
                    $0.local.compressedSize = 0
                    $0.local.size = 0
                },
                sample(
                    "size: directory says less of the content, \(method)", "zip-size-mismatch",
                    Entry("a", payload + decoy, method: method)
                ) { $0.directory.size = payload.count },
                sample(
                    "size: local says less, \(method)", "zip-size-mismatch", Entry("a", payload + decoy, method: method)
                ) { $0.local.size = payload.count },
                sample("size: directory says more, \(method)", "zip-size-mismatch", Entry("a", payload, method: method))
                {
                    $0.directory.compressedSize += 20
                    $0.directory.size += 20
                },
            ]
        } + [behindStream]

    /// A stream that ends before its stored size does; a reader by streams goes on right there.
    private static let behindStream: Sample = {
        var carrier = Entry("a", decoy, method: 8)
        let hidden = ZipSmith([Entry("hidden.exe", payload)]).bytes.prefix(30 + 10 + payload.count)
        carrier.stored += hidden
        carrier.local.compressedSize = carrier.stored.count
        carrier.directory.compressedSize = carrier.stored.count
        return sample("size: an entry behind the end of a stream", "zip-hidden-entry", ZipSmith([carrier]))
    }()

    private static let descriptors = [
        sample("descriptor: size that ends the content early", "zip-descriptor-mismatch", Entry("a", payload + decoy)) {
            let early = [0x50, 0x4B, 7, 8] + little(0, 4) + little(payload.count, 4) + little(payload.count, 4)
            $0.stored = payload + early
            $0.local.flags = 8
            $0.directory.flags = 8
            $0.directory.compressedSize = $0.stored.count
            $0.directory.size = $0.stored.count
            $0.local.compressedSize = 0
            $0.local.size = 0
            $0.local.checksum = 0
            $0.directory.checksum = ZipSmith.checksum($0.stored)
        },
        sample("descriptor: an entry within content that is searched for it", "zip-hidden-entry", Entry("a", decoy)) {
            let hidden = ZipSmith([Entry("hidden.exe", payload)]).bytes.prefix(30 + 10 + payload.count)
            $0 = Entry("a", decoy + hidden).withDescriptor()
        },
        sample("descriptor: none is there", nil, Entry("a", payload, method: 8)) {
            $0 = $0.withDescriptor()
            $0.descriptor = []
        },
        sample("descriptor: flag in the directory alone", nil, Entry("a", payload)) { $0.directory.flags = 8 },
        sample("descriptor: zeros", nil, Entry("a", payload, method: 8)) {
            $0 = $0.withDescriptor()
            $0.descriptor = [0x50, 0x4B, 7, 8] + little(0, 12)
        },
    ]

    private static let farSizes = [
        sample("zip64: sizes beside sizes that are not full", "zip-size-mismatch", Entry("a", payload + decoy)) {
            $0.local.extra = ZipSmith.field(1, little(payload.count, 8) + little(payload.count, 8))
        },
        sample("zip64: in the directory alone", "zip-size-mismatch", Entry("a", payload + decoy)) {
            $0.directory.extra = ZipSmith.field(1, little(payload.count, 8) + little(payload.count, 8))
        },
        sample("zip64: two fields", "zip-size-mismatch", Entry("a", payload + decoy)) {
            let real = ZipSmith.field(1, little($0.stored.count, 8) + little($0.stored.count, 8))
            let other = ZipSmith.field(1, little(payload.count, 8) + little(payload.count, 8))
            $0.directory.extra = real + other
            $0.directory.size = 0xFFFF_FFFF
            $0.directory.compressedSize = 0xFFFF_FFFF
        },
        sample("zip64: honest", nil, Entry("a", payload)) {
            $0.local.extra = ZipSmith.field(1, little(payload.count, 8) + little(payload.count, 8))
            $0.local.size = 0xFFFF_FFFF
            $0.local.compressedSize = 0xFFFF_FFFF
        },
    ]

    private static let flags = [
        sample("encryption: flag in the directory alone", "zip-encryption-mismatch", Entry("a", payload)) {
            $0.directory.flags = 1
        },
        sample("encryption: flag in the local header alone", "zip-encryption-mismatch", Entry("a", payload)) {
            $0.local.flags = 1
        },
        sample("checksum: local header says another", "zip-checksum-mismatch", Entry("a", payload)) {
            $0.local.checksum = 1
        },
        sample("checksum: directory says another", "zip-checksum-mismatch", Entry("a", payload, method: 8)) {
            $0.directory.checksum = 1
        },
    ]

    // MARK: B. Names

    private static let names = [
        sample("name: local header has another", "zip-name-mismatch", Entry("a.txt", payload)) {
            $0.local.name = Array("a.exe".utf8)
        },
        sample("name: cut by a NUL", "zip-odd-name", Entry("a.exe\0.txt", payload)) { _ in },
        sample("name: another in Unicode", "zip-odd-name", Entry("a.txt", payload)) {
            let field = ZipSmith.field(
                0x7075, [1] + little(Int(ZipSmith.checksum($0.local.name)), 4) + Array("a.exe".utf8))
            $0.local.extra = field
            $0.directory.extra = field
        },
        sample("name: the same twice", "zip-duplicate-name", Entry("last.txt", payload)) { _ in },
        sample("name: the same but for case", "zip-duplicate-name", Entry("LAST.TXT", payload)) { _ in },
        sample("name: the same to Windows", "zip-duplicate-name", Entry("./last.txt. ", payload)) { _ in },
        sample("name: the other slash", "zip-duplicate-name", Entry("\\last.txt", payload)) { _ in },
        sample("name: none", nil, Entry("", payload)) { _ in },
        sample("name: out of the folder", nil, Entry("../../x", payload)) { _ in },
    ]

    private static let kinds = [
        sample("directory: a slash and content", "zip-directory-with-content", Entry("a/", payload)) { _ in },
        sample("directory: a backslash and content", "zip-directory-with-content", Entry("a\\", payload)) { _ in },
        sample("directory: by an attribute of MS-DOS", "zip-directory-with-content", Entry("a", payload)) {
            $0.directory.attributes = 0x10
        },
        sample("directory: by a mode of Unix", "zip-directory-with-content", Entry("a", payload)) {
            $0.directory.madeBy = 3 << 8
            $0.directory.attributes = 0x4000 << 16
        },
        sample("link: by a mode of Unix", nil, Entry("a", payload)) {
            $0.directory.madeBy = 3 << 8
            $0.directory.attributes = 0xA000 << 16
        },
    ]

    // MARK: C. Where records are sought

    private static func changed(_ entries: [Entry], _ change: (inout ZipSmith) -> Void) -> ZipSmith {
        var smith = ZipSmith(entries)
        change(&smith)
        return smith
    }

    /// A whole zip of its own with the payload, whose positions count from `offset`.
    private static func inner(at offset: Int) -> [UInt8] {
        var smith = ZipSmith([Entry("hidden.exe", payload)])
        smith.prefix = [UInt8](repeating: 0, count: offset)
        return Array(smith.bytes.dropFirst(offset))
    }

    private static let plain = Entry("first.txt", decoy)

    private static let ends = [
        sample(
            "end: two zips, one after the other", "zip-several-ends",
            changed([plain]) { $0.trailing = inner(at: 0) }),
        sample("end: the other zip first", "zip-several-ends", changed([plain]) { $0.prefix = inner(at: 0) }),
        sample("end: a zip in the comment", "zip-several-ends", changed([plain]) { $0.comment = inner(at: 0) }),
        sample(
            "end: a zip in the comment, with right positions", "zip-several-ends",
            changed([plain]) { $0.comment = inner(at: $0.bytes.count) }),
        sample(
            "end: far from the end", "zip-trailing-data",
            changed([Entry("a", payload)]) {
                $0.trailing = [UInt8](repeating: 7, count: 80_000)
            }),
        sample("end: none", nil, changed([Entry("a", payload)]) { $0.hasEnd = false }),
        sample(
            "end: a comment that is cut", nil,
            changed([Entry("a", payload)]) {
                $0.comment = Array("cut".utf8)
                $0.trailing = []
            }),
        sample(
            "count: less than there are", "zip-entry-count",
            changed([plain, Entry("a", payload)]) {
                $0.countShift = -1
            }),
        sample(
            "count: more than there are", "zip-entry-count",
            changed([plain, Entry("a", payload)]) {
                $0.countShift = 1
            }),
        sample("count: none", "zip-entry-count", changed([Entry("a", payload)]) { $0.countShift = -1 }),
        sample("zip64 end: honest", nil, changed([Entry("a", payload)]) { $0.far = .init() }),
        sample(
            "zip64 end: beside a plain one that is not full", nil,
            changed([Entry("a", payload)]) {
                $0.far = .init(isPlainFull: false)
            }),
        sample(
            "zip64 end: fewer entries", "zip-entry-count",
            changed([plain, Entry("a", payload)]) {
                $0.far = .init(countShift: -1)
            }),
    ]

    private static let directories = [
        sample(
            "directory: one that the end's position leads to, another before the end", "zip-directory-place",
            changed([plain]) {
                let hidden = Entry("hidden.exe", payload)
                $0.entries.append(hidden.changed { $0.isListed = false })
                let record = ZipSmith.directoryRecord(hidden.directory, at: $0.places[1])
                $0.beforeDirectory = record
                $0.offsetShift = -record.count
            }),
        sample(
            "directory: a zip64 record leads to another", "zip-directory-place",
            changed([plain]) {
                let hidden = Entry("hidden.exe", payload)
                $0.entries.append(hidden.changed { $0.isListed = false })
                let record = ZipSmith.directoryRecord(hidden.directory, at: $0.places[1])
                $0.far = .init(isPlainFull: false, place: ($0.localsEnd, record.count))
                $0.beforeDirectory = record
            }),
        sample(
            "directory: records behind the size that is declared", "zip-hidden-directory",
            changed([plain]) {
                let hidden = Entry("hidden.exe", payload)
                $0.entries.append(hidden.changed { $0.isListed = false })
                $0.afterDirectory = [0] + ZipSmith.directoryRecord(hidden.directory, at: $0.places[1])
            }),
        sample(
            "directory: in the comment of a record", "zip-hidden-directory",
            changed([plain]) {
                let hidden = Entry("hidden.exe", payload)
                $0.entries.append(hidden.changed { $0.isListed = false })
                $0.entries[0].directory.comment = ZipSmith.directoryRecord(hidden.directory, at: $0.places[1])
            }),
        sample(
            "directory: leads to no local header", "zip-no-local-header",
            changed([plain, Entry("a", payload)]) {
                $0.entries[1].hasLocal = false
                $0.entries[1].gap = [UInt8](repeating: 0, count: 29) + [0] + payload
                $0.entries[1].directory.offset = $0.places[1] - 30 - payload.count
            }),
        sample(
            "directory: two records for one entry", "zip-overlapping-entries",
            changed([Entry("a.txt", payload)]) {
                var again = $0.entries[0]
                again.hasLocal = false
                again.directory.name = Array("b.exe".utf8)
                again.directory.offset = 0
                $0.entries.append(again)
            }),
        sample(
            "prefix: positions that count it, with a decoy where they would lead without", "zip-directory-place",
            changed([Entry("a", payload)]) {
                $0.prefix = Array(ZipSmith([plain]).bytes.prefix(30 + 9 + decoy.count))
                $0.countsPrefix = false
            }),
        sample(
            "prefix: honest, not counted", nil,
            changed([Entry("a", payload)]) {
                $0.prefix = Array("MZ a program".utf8)
                $0.countsPrefix = false
            }),
        sample(
            "prefix: honest, counted", nil, changed([Entry("a", payload)]) { $0.prefix = Array("MZ a program".utf8) }),
    ]

    private static let locals = [
        sample(
            "local: in no directory", "zip-hidden-entry",
            changed([plain, Entry("a", payload)]) {
                $0.entries[1].isListed = false
            }),
        sample(
            "local: in a gap", "zip-hidden-entry",
            changed([plain, Entry("b", decoy)]) {
                $0.entries[1].gap = Array(ZipSmith([Entry("hidden.exe", payload)]).bytes.prefix(40 + payload.count))
            }),
        sample(
            "local: in an extra field", "zip-hidden-entry",
            changed([plain]) {
                let hidden = Array(ZipSmith([Entry("hidden.exe", payload)]).bytes.prefix(40 + payload.count))
                $0.entries[0].local.extra = ZipSmith.field(0x1337, hidden)
            }),
        sample(
            "local: within content that is listed as another", "zip-overlapping-entries",
            changed([plain]) {
                let hidden = Array(ZipSmith([Entry("hidden.exe", payload)]).bytes.prefix(40 + payload.count))
                $0.entries = [Entry("junk", hidden), plain]
                var record = Entry("hidden.exe", payload)
                record.hasLocal = false
                record.directory.offset = 34
                $0.entries.append(record)
            }),
        sample(
            "local: behind the directory", "zip-hidden-entry",
            changed([plain]) {
                $0.afterDirectory = Array(ZipSmith([Entry("hidden.exe", payload)]).bytes.prefix(40 + payload.count))
            }),
    ]
}
