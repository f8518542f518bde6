import TestSupport
import Testing

@testable import Archives

/// Both sides of each bound on disks.
@Suite struct DiskLimitTests {
    private static let files = [DiskSmith.File("A.TXT", Array("first".utf8)), .init("SUB/B.TXT", [1, 2, 3])]

    private func problems(_ image: [UInt8], _ limits: ArchiveLimits = .standard) -> [ArchiveProblem] {
        let contents = ArchiveReader(limits: limits).contents(of: image, as: .img)
        return contents.problems + contents.entries.compactMap(\.unread)
    }

    @Test func boundsOfAllContainersHold() {
        let image = DiskSmith(Self.files).volume()
        #expect(problems(image, ArchiveLimits(entries: 3)).isEmpty)
        #expect(problems(image, ArchiveLimits(entries: 2)) == [.overLimit(.entries)])
        #expect(problems(image, ArchiveLimits(bytesPerEntry: 5)).isEmpty)
        #expect(problems(image, ArchiveLimits(bytesPerEntry: 4)) == [.overLimit(.bytesPerEntry)])
        #expect(problems(image, ArchiveLimits(totalBytes: 8)).isEmpty)
        #expect(problems(image, ArchiveLimits(totalBytes: 7)).contains(.overLimit(.totalBytes)))
        #expect(problems(image, ArchiveLimits(nameBytes: 9)).isEmpty)
        #expect(problems(image, ArchiveLimits(nameBytes: 8)) == [.overLimit(.nameBytes)])
        #expect(problems(image, ArchiveLimits(deadline: .now)).contains(.overLimit(.time)))
    }

    /// A growing disk costs its sender nothing for zeros.
    @Test func zerosThatStandNowhereAreBounded() {
        let smith = DiskSmith(
            [.init("ZEROS.BIN", [UInt8](repeating: 0, count: 4 << 20))], bits: 16, clusterCount: 9_000)
        let image = DiskWrapping.growing(smith.volume())
        #expect(image.count < 80 << 10)
        func problems(_ ratio: Int) -> [ArchiveProblem] {
            ArchiveReader(limits: ArchiveLimits(ratio: ratio, ratioFloor: 1 << 20)).contents(of: image, as: .vhd)
                .problems
        }
        #expect(problems(1_000).isEmpty)
        #expect(problems(20) == [.overLimit(.ratio)])
    }

    @Test func partitionsAreBounded() {
        func disk(links: Int) -> [UInt8] {
            var disk = [UInt8](repeating: 0, count: 512 * (links + 2))
            for link in 0...links {
                // The first link is counted from the disk's start, the others from the first link.
                DiskWrapping.setTable(
                    [.init(kind: 0x05, start: max(1, link), count: 1)], in: &disk, sector: link)
            }
            return disk
        }
        #expect(!problems(disk(links: ArchiveLimits.diskPartitions - 1)).contains(.overLimit(.entries)))
        #expect(problems(disk(links: ArchiveLimits.diskPartitions + 1)).contains(.overLimit(.entries)))
    }

    @Test func copiesOfTheTableAreBounded() {
        func image(_ copies: Int) -> [UInt8] {
            var smith = DiskSmith(Self.files)
            smith.copies = copies
            return smith.volume()
        }
        #expect(problems(image(ArchiveLimits.diskTables)).isEmpty)
        #expect(problems(image(ArchiveLimits.diskTables + 1)) == [.overLimit(.totalBytes)])
    }

    @Test func whatIsComparedOfTheCopiesIsBounded() throws {
        func isBounded(_ tableBytes: Int) throws -> Bool {
            var sector = DiskSmith([], bits: 32).volume()
            let clusters = tableBytes / 4 - 2
            sector.replaceSubrange(36..<40, with: DiskSmith.little(tableBytes / 512 + 1, 4))
            sector.replaceSubrange(32..<36, with: DiskSmith.little(clusters + 8 + 2 * (tableBytes / 512 + 1), 4))
            return try sector.withUnsafeBytes { bytes in
                let disk = DiskSource(bytes)
                let geometry = try #require(FatGeometry(disk))
                #expect(geometry.clusterCount == clusters)
                return geometry.otherReadings(of: disk).isBounded
            }
        }
        #expect(try !isBounded(ArchiveLimits.diskTableBytes))
        #expect(try isBounded(ArchiveLimits.diskTableBytes + 4))
    }

    @Test func directoriesAreBounded() {
        func image(_ bytes: Int) -> [UInt8] {
            let smith = DiskSmith(
                [.init("DIR", [UInt8](repeating: 0, count: bytes))], bits: 16, clusterCount: 9_000)
            var image = smith.volume()
            image[smith.rootStart + 11] = 0x10
            return image
        }
        let most = ArchiveLimits.diskDirectoryBytes
        #expect(problems(image(most - 512)).isEmpty)
        #expect(problems(image(most)) == [.overLimit(.entries)])
    }

    /// Files that share their clusters cost no more than the bound on what is read.
    @Test func filesThatShareClustersAreBounded() {
        func image(_ count: Int) -> [UInt8] {
            var smith = DiskSmith([.init("F", [UInt8](repeating: 7, count: 32 << 10))])
            smith.rootEntries = 512
            var image = smith.volume()
            let first = Array(image[smith.rootStart..<(smith.rootStart + 32)])
            for number in 1..<count {
                let place = smith.rootStart + number * 32
                image.replaceSubrange(place..<(place + 32), with: first)
                image.replaceSubrange(place..<(place + 4), with: String(1_000 + number).utf8)
            }
            return image
        }
        let limits = ArchiveLimits(ratioFloor: 0)
        let size = image(1).count
        let most = (size * ArchiveLimits.diskReadings - 512 * 32) / (32 << 10)
        #expect(problems(image(most), limits).isEmpty)
        #expect(problems(image(most + 1), limits).contains(.overLimit(.totalBytes)))
    }

    @Test func directoriesInOneAnotherAreBounded() {
        func image(_ depth: Int) -> [UInt8] {
            DiskSmith([.init(String(repeating: "D/", count: depth) + "A.TXT", [1])]).volume()
        }
        #expect(problems(image(ArchiveLimits.directoryDepth - 1)).isEmpty)
        #expect(problems(image(ArchiveLimits.directoryDepth)) == [.overLimit(.entries)])
    }
}
