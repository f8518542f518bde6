import TestSupport
import Testing

@testable import Archives

/// Disks in files: volumes with FAT, with partitions and without, raw and in virtual disks.
@Suite struct DiskImageTests {
    private static let payload = Array("MZ this is the payload".utf8)
    private static let long = (0..<2_000).map { UInt8($0 % 251) }
    private static let files = [
        DiskSmith.File("PAYLOAD.EXE", payload), DiskSmith.File("sub/deeper/a long näme.text.pdf", long),
        DiskSmith.File("EMPTY.TXT", []),
    ]
    private static let volume = DiskSmith(files).volume()

    private static func contents(_ bytes: [UInt8], _ limits: ArchiveLimits = .standard) -> ArchiveContents {
        ArchiveReader(limits: limits).contents(of: bytes, as: ArchiveFormat.detect(bytes) ?? .ace)
    }

    private static func names(_ contents: ArchiveContents) -> [String] {
        contents.entries.filter { $0.kind == .file }.compactMap(\.name).sorted()
    }

    private static func file(_ name: String, of contents: ArchiveContents) -> [UInt8]? {
        contents.entries.first { $0.name?.hasSuffix(name) == true }?.bytes
    }

    @Test(arguments: [12, 16, 32]) func filesAreEntriesByEveryWidthOfTheTable(bits: Int) {
        let image = DiskSmith(Self.files, bits: bits).volume()
        #expect(ArchiveFormat.all(in: image) == [.img])
        let contents = Self.contents(image)
        #expect(Self.names(contents) == ["EMPTY.TXT", "PAYLOAD.EXE", "sub/deeper/a long näme.text.pdf"])
        #expect(Self.file("PAYLOAD.EXE", of: contents) == Self.payload)
        #expect(Self.file(".pdf", of: contents) == Self.long)
        #expect(contents.isComplete && contents.anomalies.isEmpty)
    }

    // MARK: Whatever some system mounts

    @Test func neitherTheJumpNorTheClosingMarkIsNeeded() {
        for range in [0..<3, 3..<11, 510..<512] {
            var image = Self.volume
            for place in range { image[place] = 0 }
            #expect(Self.file("PAYLOAD.EXE", of: Self.contents(image)) == Self.payload, "\(range)")
        }
    }

    @Test func theReserveOfTheFirstSectorIsTakenWhereThatIsBroken() {
        var image = DiskSmith(Self.files, bits: 32).volume()
        for place in 0..<512 { image[place] = 0 }
        #expect(ArchiveFormat.all(in: image) == [.img])
        #expect(Self.file("PAYLOAD.EXE", of: Self.contents(image)) == Self.payload)
    }

    @Test func partitionsAreReadByEveryTable() {
        let other = DiskSmith([.init("OTHER.TXT", [7])]).volume()
        let two = Self.contents(DiskWrapping.partitioned([Self.volume, other]))
        #expect(Self.file("1/PAYLOAD.EXE", of: two) == Self.payload)
        #expect(Self.file("2/OTHER.TXT", of: two) == [7])
        let chained = Self.contents(DiskWrapping.chained(other, Self.volume))
        #expect(Self.file("1/OTHER.TXT", of: chained) == [7])
        #expect(Self.file("2/PAYLOAD.EXE", of: chained) == Self.payload)
        var identified = DiskWrapping.identified(Self.volume)
        #expect(Self.file("PAYLOAD.EXE", of: Self.contents(identified)) == Self.payload)
        // By the copy at the end, too.
        for place in 0..<1_536 { identified[place] = 0 }
        #expect(Self.file("PAYLOAD.EXE", of: Self.contents(identified)) == Self.payload)
        for contents in [two, chained] { #expect(contents.isComplete && contents.anomalies.isEmpty) }
    }

    @Test func aChainOfPartitionsThatLeadsBackEnds() {
        var disk = DiskWrapping.chained(DiskSmith([.init("OTHER.TXT", [7])]).volume(), Self.volume)
        let link = (disk.count - Self.volume.count) / 512 - 1
        DiskWrapping.setTable(
            [.init(start: 1, count: 100), .init(kind: 0x05, start: 0, count: 100)], in: &disk, sector: link)
        #expect(Self.names(Self.contents(disk)).count == 4)
    }

    @Test func everyNextLinkOfAChainIsFollowed() {
        var disk = DiskWrapping.chained(DiskSmith([.init("OTHER.TXT", [7])]).volume(), [])
        let link = disk.count / 512 - 1
        var links: [DiskWrapping.Partition] = []
        for _ in 0..<2 {
            let place = disk.count / 512
            disk += [UInt8](repeating: 0, count: 512) + Self.volume
            DiskWrapping.setTable([.init(start: 1, count: Self.volume.count / 512)], in: &disk, sector: place)
            links.append(.init(kind: 0x05, start: place - link, count: Self.volume.count / 512 + 1))
        }
        DiskWrapping.setTable(
            [.init(start: 1, count: link - 1), .init(kind: 0x05, start: link, count: disk.count / 512 - link)],
            in: &disk)
        DiskWrapping.setTable(links, in: &disk, sector: link)
        let contents = Self.contents(disk)
        #expect(Self.names(contents).filter { $0.hasSuffix("PAYLOAD.EXE") }.count == 2)
        #expect(contents.isAmbiguous)
    }

    @Test func tablesThatContradictEachOtherAreAllFollowed() {
        let hidden = DiskSmith([.init("HIDDEN.EXE", Self.payload)]).volume()
        var disk = Self.volume + hidden
        DiskWrapping.setTable([.init(start: Self.volume.count / 512, count: hidden.count / 512)], in: &disk)
        let contents = Self.contents(disk)
        #expect(Self.names(contents).contains("1/PAYLOAD.EXE") && Self.names(contents).contains("2/HIDDEN.EXE"))
        #expect(contents.anomalies.map(\.name) == ["disk-several-tables"])
        #expect(contents.isAmbiguous)
    }

    @Test func whatCannotBeReadIsUnsupported() {
        let blank = [UInt8](repeating: 0, count: 8_192)
        func marked(_ text: String, at place: Int) -> [UInt8] {
            var volume = blank
            volume.replaceSubrange(place..<(place + text.utf8.count), with: text.utf8)
            return volume
        }
        let strange = DiskWrapping.partitioned([Self.volume, marked("a file system of my own", at: 0)])
        for image in [
            marked("-FVE-FS-", at: 3), marked("H+\0\u{4}", at: 1_024), marked("ReFS\0\0\0\0", at: 3), strange,
        ] {
            #expect(ArchiveFormat.detect(image) == .img)
            let problems = Self.contents(image).problems
            #expect(problems.contains { if case .unsupported = $0 { true } else { false } }, "\(problems)")
        }
        #expect(Self.contents(DiskWrapping.partitioned([Self.volume, blank])).isComplete)
        #expect(ArchiveFormat.detect(blank) == nil)
    }

    // MARK: Tricks within FAT

    @Test func copiesOfTheTableThatDifferAreBothRead() {
        let smith = DiskSmith([.init("A.TXT", Self.long), .init("B.TXT", Self.payload)])
        var image = smith.volume()
        #expect(Self.names(Self.contents(image)) == ["A.TXT", "B.TXT"])
        // By the second copy the fourth and last cluster of the first file is that of the second file.
        let entry = smith.tableStart(1) + 4 * 3 / 2
        #expect(image[entry] == 5)
        image[entry] = 6
        let contents = Self.contents(image)
        #expect(Self.names(contents) == ["A.TXT", "A.TXT", "B.TXT"])
        #expect(contents.entries.last?.bytes.dropFirst(1_536).starts(with: Self.payload) == true)
        #expect(contents.anomalies.map(\.name) == ["disk-tables-differ"])
        #expect(contents.isAmbiguous)
    }

    @Test func chainsAndDirectoriesThatLeadBackEnd() {
        let looped = DiskSmith([.init("A.TXT", Self.long), .init("B.TXT", Self.payload)]).volume { $0[3] = 2 }
        let contents = Self.contents(looped)
        #expect(Self.names(contents) == ["A.TXT", "B.TXT"])
        #expect(contents.entries.first?.unread == .damaged("the chain of a file's clusters breaks off"))
        #expect(contents.entries.last?.isComplete == true)
        // A directory whose record leads to itself.
        let smith = DiskSmith([.init("SUB/IN/A.TXT", Self.payload)])
        var image = smith.volume()
        let inner = smith.dataStart + 512
        let outer = image[inner...].firstRange(of: Array("IN".utf8))?.lowerBound ?? 0
        image[outer + 26] = UInt8((outer - smith.dataStart) / 512 + 2)
        #expect(!Self.contents(image).isComplete)
        #expect(Self.contents(image).entries.count == 2)
    }

    @Test func deletedFilesAreNotedAndHiddenOnesAreFiles() {
        var deleted = DiskSmith.File("GONE.EXE", Self.payload)
        deleted.isDeleted = true
        var contents = Self.contents(DiskSmith([deleted, .init("A.TXT", [1])]).volume())
        #expect(Self.names(contents) == ["A.TXT"])
        #expect(contents.anomalies == [.diskDeletedFiles])
        #expect(!contents.isAmbiguous && contents.anomalies.allSatisfy { !$0.isMalformed })
        var hidden = DiskSmith.File("HIDDEN.EXE", Self.payload)
        hidden.isBehindEnd = true
        contents = Self.contents(DiskSmith([.init("A.TXT", [1]), hidden]).volume())
        #expect(Self.names(contents) == ["A.TXT", "HIDDEN.EXE"])
        #expect(contents.isAmbiguous)
    }

    @Test func everyNameThatAFileHasCounts() {
        func names(_ file: DiskSmith.File) -> [String]? {
            Self.contents(DiskSmith([file]).volume()).entries.first?.allNames
        }
        #expect(names(.init("invoice of may.docx", [1])) == ["invoice of may.docx"])
        #expect(names(.init("invoice.pdf", [1], shortName: "SETUP   EXE")) == ["invoice.pdf", "SETUP.EXE"])
        var misfit = DiskSmith.File("invoice.pdf", [1], shortName: "SETUP   EXE")
        misfit.isMisfit = true
        #expect(names(misfit) == ["SETUP.EXE", "invoice.pdf"])
        #expect(names(.init("", [1], shortName: ".EVIL   EXE")) == [".EVIL.EXE"])
        #expect(names(.init("", [1], shortName: "CAF\u{7F}    TXT"))?.first == "CAF\u{7F}.TXT")
    }

    // MARK: Virtual disks

    @Test func virtualDisksAreReadByTheirBlocks() {
        let disk = DiskWrapping.partitioned([Self.volume])
        for image in [DiskWrapping.fixed(disk), DiskWrapping.growing(disk), DiskWrapping.growing(Self.volume)] {
            #expect(ArchiveFormat.all(in: image) == [.vhd])
            let contents = Self.contents(image)
            #expect(Self.file("PAYLOAD.EXE", of: contents) == Self.payload)
            #expect(contents.isComplete && contents.anomalies.isEmpty)
        }
        #expect(DiskWrapping.growing(disk).count < disk.count)
        let child = Self.contents(DiskWrapping.growing(disk, kind: 4))
        #expect(child.problems == [.unsupported("the virtual disk tells only how it differs from another one")])
    }

    @Test func recordsThatDifferAreAllFollowed() {
        let other = DiskWrapping.growing(DiskSmith([.init("OTHER.EXE", Self.payload)]).volume())
        // At the end the disk is a fixed one, at the start one that grows.
        let image = other[..<(other.count - 512)] + DiskWrapping.record(kind: 2, size: 9)
        let contents = Self.contents(Array(image))
        #expect(Self.names(contents) == ["OTHER.EXE"])
        #expect(contents.isAmbiguous)
    }

    @Test func sectorsThatNoBitmapListsAreReadBothWays() {
        let smith = DiskSmith([.init("A.TXT", Self.payload)])
        let sector = smith.dataStart / 512
        let contents = Self.contents(DiskWrapping.growing(smith.volume(), unlisted: [sector]))
        let zeros = [UInt8](repeating: 0, count: Self.payload.count)
        #expect(contents.entries.map(\.bytes) == [Self.payload, zeros])
        #expect(contents.anomalies.map(\.name) == ["disk-several-records"])
        // Sectors of zeros alone say nothing.
        let empty = Self.contents(DiskWrapping.growing(smith.volume(), unlisted: [sector + 1]))
        #expect(empty.anomalies.isEmpty)
    }

    @Test func cutOrBentNothingIsTakenForWhole() {
        let smith = DiskSmith(Self.files, clusterCount: 20)
        for image in [smith.volume(), DiskWrapping.growing(DiskWrapping.partitioned([smith.volume()]))] {
            for place in stride(from: 1, to: image.count, by: 211) {
                let cut = Array(image.prefix(place))
                guard let format = ArchiveFormat.detect(cut) else { continue }
                let contents = ArchiveReader().contents(of: cut, as: format)
                #expect(!contents.isComplete || Self.file("PAYLOAD.EXE", of: contents) == Self.payload, "\(place)")
            }
            for place in stride(from: 0, to: image.count, by: 61) {
                var bent = image
                bent[place] ^= 0x81
                if let format = ArchiveFormat.detect(bent) {
                    #expect(ArchiveReader().contents(of: bent, as: format).entries.count < 500)
                }
            }
        }
    }
}
