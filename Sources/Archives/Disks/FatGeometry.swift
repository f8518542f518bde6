/// Where things lie on a volume with FAT, by its first sector ("Microsoft FAT Specification", 3.1).
struct FatGeometry: Hashable {
    let sectorBytes: Int
    let clusterBytes: Int
    /// Where the first copy of the table starts, how long each is, and how many there are.
    let tableStart: Int
    let tableBytes: Int
    let copies: Int
    /// The directory of FAT12 and FAT16 that lies before all clusters.
    let rootStart: Int
    let rootBytes: Int
    /// The first cluster of the uppermost directory of FAT32.
    let rootCluster: Int
    let dataStart: Int
    let clusterCount: Int
    /// The copy that counts: the first, unless FAT32 names another.
    let activeCopy: Int
    /// Bits of an entry of the table: 12, 16 or 32.
    let bits: Int

    /// Where FAT32 keeps a copy of its first sector.
    static let reserveSector = 6

    /// Nil where no system would take the first sector for one of FAT.
    init?(_ disk: DiskSource) {
        sectorBytes = disk.little(at: 11, bytes: 2)
        let perCluster = Int(disk.byte(at: 13))
        let reserved = disk.little(at: 14, bytes: 2)
        copies = Int(disk.byte(at: 16))
        let rootEntries = disk.little(at: 17, bytes: 2)
        let media = disk.byte(at: 21)
        guard [128, 256, 512, 1_024, 2_048, 4_096].contains(sectorBytes), perCluster.nonzeroBitCount == 1,
            reserved > 0, copies > 0, media == 0xF0 || media >= 0xF8
        else { return nil }
        let (short, wide) = (disk.little(at: 19, bytes: 2), disk.little(at: 32, bytes: 4))
        let total = short == 0 ? wide : short
        let shortTable = disk.little(at: 22, bytes: 2)
        let isWide = shortTable == 0
        let table = isWide ? disk.little(at: 36, bytes: 4) : shortTable
        guard total > 0, table > 0, rootEntries > 0 || isWide else { return nil }
        clusterBytes = perCluster * sectorBytes
        tableStart = reserved * sectorBytes
        tableBytes = table * sectorBytes
        rootStart = tableStart + copies * tableBytes
        rootBytes = rootEntries * 32
        dataStart = rootStart + (rootBytes + sectorBytes - 1) / sectorBytes * sectorBytes
        guard dataStart / sectorBytes < total else { return nil }
        clusterCount = (total - dataStart / sectorBytes) / perCluster
        bits = isWide ? 32 : clusterCount < 4_085 ? 12 : 16
        rootCluster = isWide ? disk.little(at: 44, bytes: 4) : 0
        let flags = disk.little(at: 40, bytes: 2)
        activeCopy = isWide && flags & 0x80 != 0 && flags & 0xF < copies ? flags & 0xF : 0
    }

    private init(_ other: FatGeometry, bits: Int, copy: Int) {
        (sectorBytes, clusterBytes, tableStart) = (other.sectorBytes, other.clusterBytes, other.tableStart)
        (tableBytes, copies, rootStart) = (other.tableBytes, other.copies, other.rootStart)
        (rootBytes, rootCluster, dataStart) = (other.rootBytes, other.rootCluster, other.dataStart)
        (clusterCount, activeCopy, self.bits) = (other.clusterCount, copy, bits)
    }

    /// How else the volume could be read: by copies of the table that differ, and, where systems count clusters
    /// differently, with entries of another width. The second value says that a bound kept copies from being compared.
    func otherReadings(of disk: DiskSource) -> (found: [FatGeometry], isBounded: Bool) {
        var found: [FatGeometry] = []
        let used = min(tableBytes, ((clusterCount + 2) * bits + 7) / 8)
        let isBounded = copies > 1 && used > ArchiveLimits.diskTableBytes
        // The first two entries are marks, in which copies may differ.
        let head = min(used, 2 * bits / 8)
        func table(_ copy: Int) -> [UInt8] {
            disk.read(tableStart + copy * tableBytes + head, count: min(used, ArchiveLimits.diskTableBytes) - head)
        }
        let active = copies > 1 ? table(activeCopy) : []
        for copy in 0..<min(copies, ArchiveLimits.diskTables) where copy != activeCopy && table(copy) != active {
            found.append(FatGeometry(self, bits: bits, copy: copy))
        }
        if bits != 32, (4_080...4_096).contains(clusterCount) {
            found.append(FatGeometry(self, bits: bits == 12 ? 16 : 12, copy: activeCopy))
        }
        return (found, isBounded || copies > ArchiveLimits.diskTables)
    }

    /// Where a cluster lies; nil for numbers that are no cluster's.
    func place(of cluster: Int) -> Int? {
        cluster >= 2 && cluster < clusterCount + 2 ? dataStart + (cluster - 2) * clusterBytes : nil
    }

    /// The cluster after another one in its chain; nil at the end, and where the chain is broken.
    func next(after cluster: Int, of disk: DiskSource) -> Int? {
        let table = tableStart + activeCopy * tableBytes
        let entry: Int
        switch bits {
        case 12:
            let pair = disk.little(at: table + cluster * 3 / 2, bytes: 2)
            entry = cluster % 2 == 0 ? pair & 0xFFF : pair >> 4
        case 16: entry = disk.little(at: table + cluster * 2, bytes: 2)
        default: entry = disk.little(at: table + cluster * 4, bytes: 4) & 0x0FFF_FFFF
        }
        return place(of: entry) == nil ? nil : entry
    }
}
