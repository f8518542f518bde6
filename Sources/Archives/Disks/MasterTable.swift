/// The master file table of an NTFS volume: a record for each file and directory, read by its number.
struct MasterTable {
    let disk: DiskSource
    let clusterBytes: Int
    let recordBytes: Int
    private(set) var count = 0
    /// Whether all of it is known: of a table in many pieces, further records tell where the rest lies.
    private(set) var isWhole = true
    private var pieces: [DiskPiece] = []

    /// Nil where the first sector, or its copy at the end, or the table's own record, can't be read.
    init?(_ disk: DiskSource) {
        let end = disk.count / 512 * 512 - 512
        guard let base = [0, end].first(where: { disk.holds(Array("NTFS    ".utf8), at: $0 + 3) }) else { return nil }
        let sectorBytes = disk.little(at: base + 11, bytes: 2)
        let perCluster = Int(Int8(bitPattern: disk.byte(at: base + 13)))
        let perRecord = Int(Int8(bitPattern: disk.byte(at: base + 64)))
        let first = disk.little(at: base + 48, bytes: 8)
        guard [512, 1_024, 2_048, 4_096].contains(sectorBytes), perCluster != 0, perCluster >= -31, perRecord >= -16
        else { return nil }
        self.disk = disk
        clusterBytes = perCluster > 0 ? perCluster * sectorBytes : sectorBytes << -perCluster
        recordBytes = perRecord > 0 ? perRecord * clusterBytes : 1 << -perRecord
        guard (512...4_096).contains(recordBytes), clusterBytes <= 2 << 20, first < disk.count / clusterBytes
        else { return nil }
        pieces = [DiskPiece(place: first * clusterBytes, count: recordBytes)]
        count = 1
        guard let own = record(0), let data = own.attributes.first(where: { $0.kind == .data && $0.name.isEmpty })
        else { return nil }
        pieces = data.pieces(clusterBytes: clusterBytes)
        count = min(data.size, DiskPiece.bytes(pieces)) / recordBytes
        isWhole = data.size <= DiskPiece.bytes(pieces)
    }

    /// A record with its last bytes of each sector put back; nil for none.
    func record(_ number: Int) -> MasterRecord? {
        var offset = number * recordBytes
        for piece in pieces {
            if offset < piece.count {
                guard let place = piece.place else { return nil }
                return MasterRecord(disk.read(place + offset, count: recordBytes))
            }
            offset -= piece.count
        }
        return nil
    }
}

/// A record of the table: what it is of, and its attributes.
struct MasterRecord {
    let isInUse: Bool
    let isDirectory: Bool
    /// How often the record was used.
    let sequence: Int
    /// The record that this one continues; nil for one of its own.
    let base: Int?
    let attributes: [Attribute]

    enum Kind: Int {
        case name = 0x30
        case data = 0x80
        case indexRoot = 0x90
        case index = 0xA0
    }

    struct Attribute {
        let kind: Kind
        let name: String
        let flags: Int
        /// The content of one that stands in the record, else nil.
        let resident: [UInt8]?
        let firstCluster: Int
        let size: Int
        let written: Int
        let runs: [UInt8]

        var isCompressed: Bool { flags & 0xFF != 0 && resident == nil }
        var isEncrypted: Bool { flags & 0x4000 != 0 }

        /// The stretches by the list of runs: a length, and where the run starts as a distance from the one before.
        func pieces(clusterBytes: Int) -> [DiskPiece] {
            var found: [DiskPiece] = []
            var cluster = 0
            var index = 0
            while index < runs.count, runs[index] != 0 {
                let (lengthBytes, placeBytes) = (Int(runs[index] & 15), Int(runs[index] >> 4))
                guard (1...6).contains(lengthBytes), placeBytes <= 6,
                    index + lengthBytes + placeBytes < runs.count
                else { break }
                let length = Self.number(runs, index + 1, lengthBytes)
                guard length < 1 << 40 else { break }
                if placeBytes > 0 {
                    let shift = 64 - placeBytes * 8
                    cluster += (Self.number(runs, index + 1 + lengthBytes, placeBytes) << shift) >> shift
                }
                guard cluster >= 0, cluster < 1 << 40 else { break }
                found.append(
                    DiskPiece(place: placeBytes > 0 ? cluster * clusterBytes : nil, count: length * clusterBytes))
                index += 1 + lengthBytes + placeBytes
            }
            return found
        }

        static func number(_ bytes: [UInt8], _ place: Int, _ count: Int) -> Int {
            guard place >= 0, place + count <= bytes.count else { return 0 }
            return Int(
                truncatingIfNeeded: (0..<count).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64(bytes[place + $1]) })
        }
    }

    /// Bytes of a record or a block of an index with the last ones of each sector put back; nil where they were not taken
    /// out as it is said.
    static func mended(_ stored: [UInt8]) -> [UInt8]? {
        var bytes = stored
        let fixes = Attribute.number(stored, 4, 2)
        for sector in 1..<max(1, Attribute.number(stored, 6, 2)) {
            let (end, fix) = (sector * 512 - 2, fixes + sector * 2)
            guard end + 2 <= bytes.count, fix + 2 <= bytes.count,
                bytes[end] == stored[fixes], bytes[end + 1] == stored[fixes + 1]
            else { return nil }
            (bytes[end], bytes[end + 1]) = (stored[fix], stored[fix + 1])
        }
        return bytes
    }

    init?(_ stored: [UInt8]) {
        guard stored.starts(with: Array("FILE".utf8)), stored.count >= 512, let bytes = Self.mended(stored) else {
            return nil
        }
        func number(_ place: Int, _ count: Int) -> Int { Attribute.number(stored, place, count) }
        sequence = number(16, 2)
        isInUse = number(22, 2) & 1 != 0
        isDirectory = number(22, 2) & 2 != 0
        let owner = number(32, 6)
        base = owner == 0 ? nil : owner
        var found: [Attribute] = []
        var place = number(20, 2)
        while place + 24 <= bytes.count {
            let length = Attribute.number(bytes, place + 4, 4)
            guard length >= 24, length <= bytes.count - place else { break }
            let piece = Array(bytes[place..<(place + length)])
            if let kind = Kind(rawValue: Attribute.number(piece, 0, 4)) { found.append(Attribute(kind, piece)) }
            place += length
        }
        attributes = found
    }
}

extension MasterRecord.Attribute {
    fileprivate init(_ kind: MasterRecord.Kind, _ bytes: [UInt8]) {
        func number(_ place: Int, _ count: Int) -> Int { Self.number(bytes, place, count) }
        let isResident = bytes[8] == 0
        let nameStart = number(10, 2)
        let units = (0..<Int(bytes[9])).map { UInt16(truncatingIfNeeded: number(nameStart + $0 * 2, 2)) }
        self.kind = kind
        name = String(decoding: units, as: UTF16.self)
        flags = number(12, 2)
        let content = bytes.dropFirst(number(isResident ? 20 : 32, 2))
        resident = isResident ? Array(content.prefix(number(16, 4))) : nil
        firstCluster = isResident ? 0 : max(0, number(16, 8))
        size = isResident ? number(16, 4) : max(0, number(48, 8))
        written = isResident ? size : max(0, number(56, 8))
        runs = isResident ? [] : Array(content)
    }
}
