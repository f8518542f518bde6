import Testing

@testable import Archives

/// Both sides of each bound within a format: just within it everything is read, just beyond it the reader says so.
@Suite struct InnerLimitTests {
    private static let reader = ArchiveReader()
    private static let payload = Array("the payload".utf8)

    struct Sample: CustomStringConvertible, Sendable {
        let limit: String
        let format: ArchiveFormat
        let count: Int
        /// What is said beyond the bound.
        let problem: ArchiveProblem
        /// A file with so many of what is bounded.
        let file: @Sendable (Int) -> [UInt8]

        var description: String { limit }
    }

    static let samples: [Sample] = [
        Sample(
            limit: "zipSignatures", format: .zip, count: ArchiveLimits.zipSignatures, problem: .overLimit(.entries)
        ) { count in
            var zip = ZipSmith([.init("a.txt", payload)])
            zip.beforeDirectory = [UInt8](repeating: 0, count: 4 * count)
            for place in 0..<count { zip.beforeDirectory.replaceSubrange((4 * place)..<(4 * place + 4), with: mark) }
            return zip.bytes
        },
        // The zip's own end counts apart.
        Sample(limit: "zipEnds", format: .zip, count: ArchiveLimits.zipEnds, problem: .overLimit(.entries)) { count in
            var zip = ZipSmith([.init("a.txt", payload)])
            for _ in 0..<count { zip.beforeDirectory += ZipSmith.end(count: 0, size: 0, offset: 0) }
            return zip.bytes
        },
        Sample(limit: "zipClaims", format: .zip, count: ArchiveLimits.zipClaims, problem: .overLimit(.entries)) {
            count in
            let entry = ZipSmith.Entry("a.txt", payload)
            let other = entry.changed { entry in
                entry.hasLocal = false
                entry.directory.offset = 0
            }
            return ZipSmith([entry] + [ZipSmith.Entry](repeating: other, count: count - 1)).bytes
        },
        Sample(
            limit: "zipClaims of descriptors", format: .zip, count: ArchiveLimits.zipClaims,
            problem: .overLimit(.entries), file: described),
        Sample(
            limit: "zipExtraFields", format: .zip, count: ArchiveLimits.zipExtraFields,
            problem: .damaged("an entry has too many extra fields")
        ) { count in
            let entry = ZipSmith.Entry("a.txt", payload).changed { entry in
                for _ in 0..<count { entry.directory.extra += ZipSmith.field(0x9999, [1]) }
            }
            return ZipSmith([entry]).bytes
        },
        Sample(
            limit: "zipCopies", format: .zip, count: ArchiveLimits.zipCopies, problem: .overLimit(.totalBytes),
            file: overlapping),
        Sample(
            limit: "gzipMembers", format: .gzip, count: ArchiveLimits.gzipMembers, problem: .overLimit(.entries)
        ) { count in
            Array([[UInt8]](repeating: member([0x41]), count: count - 1).joined()) + member(payload)
        },
    ]

    private static let mark: [UInt8] = [0x50, 0x4B, 7, 8]

    private static func member(_ content: [UInt8]) -> [UInt8] {
        [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3] + ZipSmith.deflated(content, isHidden: false)
            + little(Int(ZipSmith.checksum(content)), 4) + little(content.count, 4)
    }

    /// A stored content in which so many descriptors stand where one must.
    @Sendable private static func described(_ count: Int) -> [UInt8] {
        var content = payload
        for _ in 1..<count { content += mark + little(0, 4) + little(content.count, 4) + little(content.count, 4) }
        return ZipSmith([ZipSmith.Entry("a.txt", content).withDescriptor()]).bytes
    }

    /// Entries of a method that is decoded from a copy, each of which claims all that follows.
    @Sendable private static func overlapping(_ count: Int) -> [UInt8] {
        let entries = (0..<count).map { number in
            ZipSmith.Entry("\(number).txt", payload).changed { entry in
                for header in [\ZipSmith.Entry.local, \.directory] {
                    entry[keyPath: header].method = 12
                    entry[keyPath: header].compressedSize = 50_000
                }
            }
        }
        var zip = ZipSmith(entries)
        zip.beforeDirectory = [UInt8](repeating: 7, count: 50_000)
        return zip.bytes
    }

    private static func problems(_ sample: Sample, _ count: Int) -> [ArchiveProblem] {
        let contents = reader.contents(of: sample.file(count), as: sample.format)
        return contents.problems + contents.entries.compactMap(\.unread)
    }

    @Test(arguments: samples) func withinTheBoundNothingIsMissed(sample: Sample) {
        let problems = Self.problems(sample, sample.count)
        #expect(!problems.contains { $0.isLimit || $0 == sample.problem }, "\(problems)")
    }

    @Test(arguments: samples) func beyondTheBoundItIsSaid(sample: Sample) {
        let problems = Self.problems(sample, sample.count + 1)
        #expect(problems.contains(sample.problem), "\(problems)")
    }

    /// Blocks whose checksum is wrong, one after another and between good ones.
    @Test func headersThatCannotBeReadArePassedOverUpToACountInARow() {
        func bad(_ count: Int) -> [UInt8] { [UInt8](repeating: 0x41, count: 512 * count) }
        func names(_ pieces: [[UInt8]]) -> [String?] {
            let file = SampleArchives.tar([("a.txt", "")], endMark: false) + pieces.flatMap { $0 }
            let contents = Self.reader.contents(of: file, as: .tar)
            #expect(contents.problems.contains { if case .damaged = $0 { true } else { false } })
            return contents.entries.map(\.name)
        }
        let (next, last) = (SampleArchives.tar([("b.txt", "")], endMark: false), SampleArchives.tar([("c.txt", "")]))
        let most = ArchiveLimits.badHeaders
        #expect(names([bad(most), next, bad(most), last]) == ["a.txt", "b.txt", "c.txt"])
        #expect(names([bad(most + 1), next, last]) == ["a.txt"])
    }

    // MARK: Bounds beyond which another way of reading takes over

    @Test(arguments: [0, 1]) func theEndOfAZipIsFoundHoweverFarItLies(beyond: Int) {
        var zip = ZipSmith([.init("a.txt", Self.payload)])
        zip.trailing = [UInt8](repeating: 0x20, count: ArchiveLimits.zipEndDistance - 22 + beyond)
        let contents = Self.reader.contents(of: zip.bytes, as: .zip)
        #expect(contents.entries.map(\.bytes) == [Self.payload])
        #expect(contents.anomalies.map(\.name) == ["zip-trailing-data"])
    }

    @Test func archivesBehindOtherBytesAreLookedForUpToADistance() {
        let rar: [UInt8] = [0x52, 0x61, 0x72, 0x21, 0x1A, 7, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0]
        func found(at distance: Int) -> [Int] {
            EmbeddedArchive.all(in: [UInt8](repeating: 0x20, count: distance) + rar).map(\.offset)
        }
        #expect(found(at: ArchiveLimits.embeddedDistance) == [ArchiveLimits.embeddedDistance])
        #expect(found(at: ArchiveLimits.embeddedDistance + 8).isEmpty)
    }

    /// Behind the bound the walk claims nothing, and libarchive is held to what it decodes.
    @Test func blocksOfARarAreWalkedUpToACount() {
        let start: [UInt8] = [0x52, 0x61, 0x72, 0x21, 0x1A, 7, 1, 0]
        func isLocked(behind count: Int) -> Bool {
            let blocks = [[UInt8]](repeating: [0, 0, 0, 0, 2, 3, 0], count: count).joined()
            let bytes = start + blocks + [0, 0, 0, 0, 2, 4, 0]
            return bytes.withUnsafeBytes { RarOutline($0, format: .rar5).headersAreEncrypted }
        }
        #expect(isLocked(behind: ArchiveLimits.rarBlocks - 1))
        #expect(!isLocked(behind: ArchiveLimits.rarBlocks))
    }

    @Test func contentsOfSeveralPiecesAreReadWhole() {
        for size in [ArchiveLimits.pieceBytes, ArchiveLimits.pieceBytes + 1] {
            let content = [UInt8](repeating: 0x61, count: size)
            let tar = SampleArchives.tar([("a.txt", String(decoding: content, as: UTF8.self))])
            #expect(Self.reader.contents(of: tar, as: .tar).entries.map(\.bytes) == [content])
        }
    }

    @Test func smallContainersMayExpandMuch() {
        let zeros = [UInt8](repeating: 0, count: ArchiveLimits.standard.ratioFloor)
        let limits = ArchiveLimits(ratio: 1, ratioFloor: zeros.count)
        #expect(limits.met(entryBytes: 1, expandedBytes: zeros.count, of: 1) == nil)
        #expect(limits.met(entryBytes: 1, expandedBytes: zeros.count + 1, of: 1) == .ratio)
    }
}
