import Archives
import Testing

/// Whatever index a program goes by, what it would take out is found, and the contradiction is named.
@Suite struct ZipDifferenceTests {
    private let reader = ArchiveReader()

    @Test(arguments: ZipDifferences.all) func thePayloadIsFound(sample: ZipDifferences.Sample) throws {
        let contents = reader.contents(of: sample.bytes, as: .zip)
        #expect(
            contents.entries.contains { $0.bytes == ZipDifferences.payload },
            "\(contents.entries.map { ($0.name, $0.bytes.count, $0.unread) }) \(contents.problems)")
    }

    @Test(arguments: ZipDifferences.all) func theDifferenceIsNamed(sample: ZipDifferences.Sample) throws {
        let contents = reader.contents(of: sample.bytes, as: .zip)
        let names = contents.anomalies.map(\.name)
        guard let anomaly = sample.anomaly else {
            #expect(!contents.isAmbiguous, "\(names)")
            return
        }
        #expect(names.contains(anomaly), "\(names)")
        #expect(contents.isAmbiguous || anomaly == "zip-trailing-data")
    }

    @Test(arguments: ZipDifferences.all) func cutAnywhereItNeverLooksWhole(sample: ZipDifferences.Sample) {
        for length in 0..<min(sample.bytes.count, 1_000) {
            let contents = reader.contents(of: Array(sample.bytes.prefix(length)), as: .zip)
            let isSilent = contents.isComplete && !contents.isAmbiguous && contents.anomalies.isEmpty
            let hasPayload = contents.entries.contains { $0.bytes == ZipDifferences.payload }
            // What is cut off may have been a second zip.
            let isOneOfTwo = contents.entries.map(\.bytes) == [ZipDifferences.decoy]
            #expect(!isSilent || hasPayload || isOneOfTwo || length == 0, "cut at \(length)")
        }
    }

    @Test(arguments: ZipDifferences.all) func bentItEndsWithinTheLimits(sample: ZipDifferences.Sample) {
        for place in 0..<min(sample.bytes.count, 1_000) {
            var bent = sample.bytes
            bent[place] = [0, 0xFF, sample.bytes[place] ^ 1][place % 3]
            #expect(reader.contents(of: bent, as: .zip).entries.count < 100)
        }
    }

    @Test func everyNameIsShown() throws {
        let sample = try #require(ZipDifferences.all.first { $0.name == "name: local header has another" })
        let entry = reader.contents(of: sample.bytes, as: .zip).entries[1]
        #expect(entry.allNames == ["a.txt", "a.exe"])
        let cut = try #require(ZipDifferences.all.first { $0.name == "name: cut by a NUL" })
        #expect(reader.contents(of: cut.bytes, as: .zip).entries[1].allNames == ["a.exe\0.txt", "a.exe"])
    }

    @Test func aZipWithinAZipIsNoContradiction() {
        let inner = ZipSmith([.init("a.txt", "alpha"), .init("b.txt", "beta", method: 8)]).bytes
        for entry in [
            ZipSmith.Entry("i.zip", inner), ZipSmith.Entry("i.zip", inner).withDescriptor(),
            ZipSmith.Entry("i.zip", inner).withDescriptor(signature: false),
        ] {
            let contents = reader.contents(of: ZipSmith([entry, .init("c.txt", "gamma")]).bytes, as: .zip)
            #expect(contents.anomalies.isEmpty, "\(contents.anomalies.map(\.name))")
            #expect(contents.entries.map(\.bytes.count) == [inner.count, 5])
        }
        let deflated = ZipSmith.deflated(inner, isHidden: false)
        var entry = ZipSmith.Entry("i.zip", inner)
        entry.stored = deflated
        for change in [
            { (header: inout ZipSmith.Header) in
                header.method = 8
                header.compressedSize = deflated.count
            }
        ] {
            change(&entry.local)
            change(&entry.directory)
        }
        let contents = reader.contents(of: ZipSmith([entry]).bytes, as: .zip)
        #expect(contents.anomalies.isEmpty)
        #expect(contents.entries.map(\.bytes) == [inner])
    }
}

/// Members of gzip files, and bytes behind them.
@Suite struct GzipMemberTests {
    private let reader = ArchiveReader()

    /// One member (RFC 1952, 2.3), stored.
    static func member(_ content: String) -> [UInt8] {
        let content = Array(content.utf8)
        return [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3] + ZipSmith.deflated(content)
            + little(Int(ZipSmith.checksum(content)), 4) + little(content.count, 4)
    }

    @Test func theFirstMemberAloneIsAFileToo() {
        let contents = reader.contents(of: Self.member("alpha") + Self.member("beta"), as: .gzip)
        #expect(contents.entries.map { String(decoding: $0.bytes, as: UTF8.self) } == ["alphabeta", "alpha"])
        #expect(contents.anomalies.map(\.name) == ["gzip-several-members"])
        #expect(contents.isAmbiguous)
    }

    @Test func oneMemberIsNothingOdd() {
        let contents = reader.contents(of: Self.member("alpha") + [0, 0, 0], as: .gzip)
        #expect(contents.entries.map(\.bytes) == [Array("alpha".utf8)])
        #expect(contents.anomalies.isEmpty && contents.isComplete)
    }

    @Test func whatFollowsIsSaid() {
        let contents = reader.contents(of: Self.member("alpha") + [1], as: .gzip)
        #expect(contents.anomalies.map(\.name) == ["archive-trailing-data"])
        #expect(!contents.isAmbiguous)
    }

    @Test func aBrokenSecondMemberIsDamage() {
        let contents = reader.contents(of: Self.member("alpha") + Self.member("beta").dropLast(6), as: .gzip)
        #expect(!contents.isComplete)
        #expect(contents.entries.first?.bytes.starts(with: Array("alpha".utf8)) == true)
    }
}

/// Bombs whose entries share bytes are known by their directory, before they are decoded.
@Suite struct ZipBombTests {
    @Test func entriesThatShareBytesCostASample() {
        // Each entry's stored content runs on over all that follow it, as in the published overlap bombs.
        let kernel = [UInt8](repeating: 7, count: 400_000)
        var entries = (0..<200).map { ZipSmith.Entry("\($0)", []) }
        entries.append(ZipSmith.Entry("kernel", kernel))
        var smith = ZipSmith(entries)
        let places = smith.places
        let end = smith.localsEnd
        for index in smith.entries.indices {
            let name = smith.entries[index].local.name.count
            let size = end - places[index] - 30 - name
            smith.entries[index].local.size = size
            smith.entries[index].local.compressedSize = size
            smith.entries[index].directory.size = size
            smith.entries[index].directory.compressedSize = size
        }
        let contents = ArchiveReader().contents(of: smith.bytes, as: .zip)
        #expect(contents.summary.expandedBytes <= 9 << 20)
        #expect(contents.problems.contains(.overLimit(.totalBytes)))
        #expect(contents.anomalies.map(\.name).contains("zip-overlapping-entries"))
    }

    @Test func whatDeclaresTooMuchIsSampled() {
        var entry = ZipSmith.Entry("a", "alpha")
        entry.local.size = 1 << 31
        entry.directory.size = 1 << 31
        let contents = ArchiveReader().contents(of: ZipSmith([entry]).bytes, as: .zip)
        #expect(!contents.isComplete)
        #expect(contents.summary.expandedBytes < 1 << 10)
    }
}
