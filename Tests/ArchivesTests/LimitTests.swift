import Archives
import Foundation
import TestSupport
import Testing

/// Both sides of each limit, and that a bomb costs no more than the limit.
@Suite struct LimitTests {
    let three = SampleArchives.zip([.init("a.txt", "alpha"), .init("b.txt", "beta!"), .init("c.txt", "gamma")])

    private func contents(_ limits: ArchiveLimits) -> ArchiveContents {
        ArchiveReader(limits: limits).contents(of: three, as: .zip)
    }

    @Test func entries() {
        #expect(contents(.init(entries: 3)).isComplete)
        let less = contents(.init(entries: 2))
        #expect(less.entries.count == 2)
        #expect(less.problems == [.overLimit(.entries)])
    }

    @Test func bytesPerEntry() {
        #expect(contents(.init(bytesPerEntry: 5)).isComplete)
        let less = contents(.init(bytesPerEntry: 4))
        #expect(less.entries.map(\.unread) == Array(repeating: .overLimit(.bytesPerEntry), count: 3))
        #expect(less.entries.map(\.bytes.count) == [4, 4, 4])
        #expect(less.problems.isEmpty)
    }

    @Test func totalBytes() {
        #expect(contents(.init(totalBytes: 15)).isComplete)
        let less = contents(.init(totalBytes: 14))
        #expect(less.problems == [.overLimit(.totalBytes)])
        #expect(less.entries.last?.unread == .overLimit(.totalBytes))
    }

    @Test func nameBytes() {
        #expect(contents(.init(nameBytes: 5)).isComplete)
        let less = contents(.init(nameBytes: 4))
        #expect(less.problems == [.overLimit(.nameBytes)])
        #expect(less.entries.first?.name == "a.tx")
        #expect(less.entries.first?.rawName == Array("a.tx".utf8))
    }

    @Test func nameBytesOfGzip() {
        // An empty stream with the name `a.txt` in its header.
        let named: [UInt8] = [0x1F, 0x8B, 8, 8, 0, 0, 0, 0, 0, 3] + Array("a.txt\0".utf8)
        let stream = named + [3, 0, 0, 0, 0, 0, 0, 0, 0, 0]
        let whole = ArchiveReader(limits: .init(nameBytes: 5)).contents(of: stream, as: .gzip)
        #expect(whole.isComplete && whole.entries.first?.name == "a.txt")
        let less = ArchiveReader(limits: .init(nameBytes: 4)).contents(of: stream, as: .gzip)
        #expect(less.problems == [.overLimit(.nameBytes)])
        #expect(less.entries.first?.rawName == Array("a.tx".utf8))
    }

    @Test func deadline() {
        let late = contents(.init(deadline: .now))
        #expect(late.problems == [.overLimit(.time)])
        #expect(contents(.init(deadline: .now + .seconds(3600))).isComplete)
    }

    @Test func ratioStopsABombEarly() {
        let bomb = SampleArchives.decoded(BombSamples.bzip2)
        let contents = ArchiveReader().contents(of: bomb, as: .bzip2)
        #expect(contents.entries.first?.unread == .overLimit(.ratio))
        #expect(contents.summary.expandedBytes < 9 << 20)
    }

    @Test func bombInAZipStopsAtItsLimitAndTheRestIsStillRead() {
        let bomb = SampleArchives.decoded(BombSamples.zip)
        let limits = ArchiveLimits(bytesPerEntry: 1 << 20, ratio: .max)
        var contents: ArchiveContents?
        let elapsed = Effort.seconds { contents = ArchiveReader(limits: limits).contents(of: bomb, as: .zip) }
        #expect(contents?.entries.map(\.unread) == [.overLimit(.bytesPerEntry), nil])
        #expect(contents?.entries.last?.bytes == Array("behind the bomb".utf8))
        #expect(elapsed < 5)
    }
}
