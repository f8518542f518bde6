/// What stands around volumes: tables of partitions, and the files of virtual machines.
public enum DiskWrapping {
    private static let sector = DiskSmith.sectorBytes

    /// A partition of an MBR, in sectors.
    public struct Partition {
        public var kind: UInt8
        public var start: Int
        public var count: Int

        public init(kind: UInt8 = 0x06, start: Int, count: Int) {
            (self.kind, self.start, self.count) = (kind, start, count)
        }

        var record: [UInt8] {
            [0, 0, 0, 0, kind, 0, 0, 0] + DiskSmith.little(start, 4) + DiskSmith.little(count, 4)
        }
    }

    /// Puts partitions into the table of a sector.
    public static func setTable(_ partitions: [Partition], in disk: inout [UInt8], sector number: Int = 0) {
        let base = number * sector
        let records = partitions.flatMap(\.record)
        disk.replaceSubrange((base + 446)..<(base + 446 + records.count), with: records)
        disk.replaceSubrange((base + 510)..<(base + 512), with: [0x55, 0xAA])
    }

    /// Volumes behind an MBR, each from a whole number of sectors on.
    public static func partitioned(_ volumes: [[UInt8]]) -> [UInt8] {
        var disk = [UInt8](repeating: 0, count: sector)
        var partitions: [Partition] = []
        for volume in volumes {
            partitions.append(Partition(start: disk.count / sector, count: volume.count / sector))
            disk += volume
        }
        setTable(partitions, in: &disk)
        return disk
    }

    /// The second volume is a link of an extended partition's chain.
    public static func chained(_ first: [UInt8], _ second: [UInt8]) -> [UInt8] {
        var disk = [UInt8](repeating: 0, count: sector) + first
        let link = disk.count / sector
        disk += [UInt8](repeating: 0, count: sector) + second
        setTable(
            [
                Partition(start: 1, count: first.count / sector),
                Partition(kind: 0x05, start: link, count: second.count / sector + 1),
            ], in: &disk)
        setTable([Partition(start: 1, count: second.count / sector)], in: &disk, sector: link)
        return disk
    }

    /// A volume in a table by identifiers, with its copy at the end.
    public static func identified(_ volume: [UInt8]) -> [UInt8] {
        let count = volume.count / sector
        let last = 3 + count + 1
        var entry = [UInt8](repeating: 7, count: 32) + DiskSmith.little(3, 8) + DiskSmith.little(2 + count, 8)
        entry += [UInt8](repeating: 0, count: 512 - entry.count)
        func header(table: Int) -> [UInt8] {
            var header = Array("EFI PART".utf8) + [UInt8](repeating: 0, count: 64)
            header += DiskSmith.little(table, 8) + DiskSmith.little(4, 4) + DiskSmith.little(128, 4)
            return header + [UInt8](repeating: 0, count: sector - header.count)
        }
        var disk = [UInt8](repeating: 0, count: sector)
        setTable([Partition(kind: 0xEE, start: 1, count: last)], in: &disk)
        return disk + header(table: 2) + entry + volume + entry + header(table: last - 1)
    }

    // MARK: VHD

    /// The record of a virtual disk: kind 2 is fixed, 3 grows, 4 has a parent.
    public static func record(kind: Int, size: Int, header: Int = -1) -> [UInt8] {
        var record = Array("conectix".utf8) + DiskSmith.big(2, 4) + DiskSmith.big(0x10000, 4)
        record += DiskSmith.big(header, 8) + [UInt8](repeating: 0, count: 16) + DiskSmith.big(size, 8)
        record += DiskSmith.big(size, 8) + [0, 0, 0, 0] + DiskSmith.big(kind, 4)
        return record + [UInt8](repeating: 0, count: 512 - record.count)
    }

    public static func fixed(_ disk: [UInt8]) -> [UInt8] { disk + record(kind: 2, size: disk.count) }

    /// A disk that grows, in blocks of 4 KiB; those of zeros alone stand nowhere.
    ///
    /// - Parameter unlisted: sectors that the bitmaps do not list.
    public static func growing(_ disk: [UInt8], kind: Int = 3, unlisted: Set<Int> = []) -> [UInt8] {
        let block = 4_096
        let count = (disk.count + block - 1) / block
        let tableBytes = (count * 4 + 511) / 512 * 512
        let record = record(kind: kind, size: disk.count, header: 512)
        var header = Array("cxsparse".utf8) + [UInt8](repeating: 0xFF, count: 8) + DiskSmith.big(1_536, 8)
        header += DiskSmith.big(0x10000, 4) + DiskSmith.big(count, 4) + DiskSmith.big(block, 4)
        header += [UInt8](repeating: 0, count: 1_024 - header.count)
        var table: [UInt8] = []
        var blocks: [UInt8] = []
        for index in 0..<count {
            var piece = Array(disk[(index * block)..<min(disk.count, (index + 1) * block)])
            piece += [UInt8](repeating: 0, count: block - piece.count)
            guard piece.contains(where: { $0 != 0 }) else {
                table += [0xFF, 0xFF, 0xFF, 0xFF]
                continue
            }
            table += DiskSmith.big((1_536 + tableBytes + blocks.count) / 512, 4)
            var bitmap = [UInt8](repeating: 0, count: 512)
            for bit in 0..<8 where !unlisted.contains(index * 8 + bit) { bitmap[0] |= 0x80 >> UInt8(bit) }
            blocks += bitmap + piece
        }
        table += [UInt8](repeating: 0xFF, count: tableBytes - table.count)
        return record + header + table + blocks + record
    }
}
