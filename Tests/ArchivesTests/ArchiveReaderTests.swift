import Archives
import Foundation
import Testing

/// What a reading of sound, locked, cut and bent containers says.
@Suite struct ArchiveReaderTests {
    let reader = ArchiveReader()

    @Test func zipGivesItsEntries() throws {
        let zip = SampleArchives.zip([.init("a.txt", "alpha"), .init("dir/", ""), .init("dir/b.txt", "beta")])
        let contents = try #require(reader.contents(of: zip))
        #expect(contents.summary.format == .zip)
        #expect(contents.entries.map(\.name) == ["a.txt", "dir/", "dir/b.txt"])
        #expect(contents.entries.map(\.kind) == [.file, .directory, .file])
        #expect(contents.entries.map { String(decoding: $0.bytes, as: UTF8.self) } == ["alpha", "", "beta"])
        #expect(contents.isComplete)
    }

    @Test func zipBehindAnotherFileIsFound() throws {
        let zip = Array("MZ not really a program".utf8) + SampleArchives.zip([.init("a.txt", "alpha")])
        #expect(ArchiveFormat.detect(zip) == nil)
        let contents = try #require(reader.contents(of: zip))
        #expect(contents.entries.map(\.name) == ["a.txt"])
    }

    @Test func encryptedZipEntryIsNamedAndNotRead() throws {
        let zip = SampleArchives.zip([.init("open.txt", "alpha"), .init("locked.txt", "beta", flags: 1)])
        let contents = reader.contents(of: zip, as: .zip)
        #expect(contents.entries.map(\.isEncrypted) == [false, true])
        #expect(contents.entries.map(\.unread) == [nil, .encrypted])
        #expect(contents.summary.hasEncryption)
        #expect(!contents.hasEncryptedNames)
    }

    @Test func zipWithoutItsEndIsReadByLocalHeadersAndSaysSo() {
        let zip = SampleArchives.zip([.init("a.txt", "alpha"), .init("b.txt", "beta")])
        let contents = reader.contents(of: Array(zip.dropLast(10)), as: .zip)
        #expect(contents.entries.map(\.name) == ["a.txt", "b.txt"])
        #expect(!contents.isComplete)
    }

    @Test func zipThatDeclaresMoreEntriesThanItHasIsDamaged() {
        let zip = SampleArchives.zip([.init("a.txt", "alpha")], declaredCount: 2)
        #expect(!reader.contents(of: zip, as: .zip).isComplete)
    }

    @Test func declaredSizeIsOnlyCompared() {
        let zip = SampleArchives.zip([.init("a.txt", "alpha", declaredSize: 1 << 30)])
        let contents = reader.contents(of: zip, as: .zip)
        #expect(!contents.isComplete)
        #expect(contents.entries.allSatisfy { $0.bytes.count < 100 })
    }

    @Test func tarGivesItsEntriesAndNeedsItsEndMark() {
        let entries = [(name: "a.txt", content: "alpha"), (name: "b.txt", content: "beta")]
        let whole = reader.contents(of: SampleArchives.tar(entries), as: .tar)
        #expect(whole.entries.map(\.name) == ["a.txt", "b.txt"])
        #expect(whole.isComplete)
        let unmarked = reader.contents(of: SampleArchives.tar(entries, endMark: false), as: .tar)
        #expect(unmarked.entries.count == 2)
        #expect(unmarked.problems == [.damaged("the tar has no end mark")])
    }

    @Test func nameInAnUnknownCharsetHasEveryReading() throws {
        var entry = SampleArchives.ZipEntry("x", "alpha")
        entry.name = [0x82, 0x74, 0x82]
        let contents = reader.contents(of: SampleArchives.zip([entry]), as: .zip)
        let names = try #require(contents.entries.first).allNames
        #expect(names.first == "été")
        #expect(names.contains("\u{82}t\u{82}"))
    }

    @Test func memoryFailuresOfThePastDoNotEndTheProcess() {
        var entry = SampleArchives.ZipEntry("x", "alpha")
        entry.name = [0xFF, 0xFE, 0x82]
        errno = ENOMEM
        let contents = reader.contents(of: SampleArchives.zip([entry]), as: .zip)
        #expect(contents.entries.count == 1)
    }

    @Test func visitorCanStop() {
        let zip = SampleArchives.zip([.init("a.txt", "alpha"), .init("b.txt", "beta")])
        var seen = 0
        let summary = reader.read(zip, as: .zip) { _ in
            seen += 1
            return .stop
        }
        #expect(seen == 1)
        #expect(summary.wasStopped)
    }

    @Test(arguments: [
        (ArchiveFormat.gzip, "H4sIAAAAAAAAAwMAAAAAAAAAAAA="), (.bzip2, "QlpoORdyRThQkAAAAAA="),
        (.xz, "/Td6WFoAAATm1rRGAAAAABzfRCEftvN9AQAAAAAEWVo="),
    ])
    func emptyStreamsAreEmptyAndCutOnesAreDamaged(format: ArchiveFormat, base64: String) {
        let stream = SampleArchives.decoded(base64)
        let contents = reader.contents(of: stream, as: format)
        #expect(contents.entries.map(\.bytes) == [[]])
        #expect(contents.isComplete)
        #expect(!reader.contents(of: Array(stream.dropLast(1)), as: format).isComplete)
    }

    @Test func formatsNotReadHereSaySo() {
        let contents = reader.contents(of: [0x60, 0xEA, 0, 0], as: .arj)
        #expect(contents.problems == [.unsupported("arj files can't be opened here")])
    }

    @Test(arguments: [("report.pdf.gz", "report.pdf"), ("a.TGZ", "a.tar"), ("x.txz", "x.tar")])
    func streamsNameTheirContent(outer: String, inner: String) {
        #expect(ArchiveFormat.gzip.innerName(ofStreamNamed: outer) == inner)
        #expect(ArchiveFormat.zip.innerName(ofStreamNamed: outer) == nil)
    }

    @Test(arguments: ["hello, this is text\n", "070 not a cpio", "PK", "", "LZIP is a word too"])
    func textIsNoContainer(text: String) {
        #expect(ArchiveFormat.detect(Array(text.utf8)) == nil)
    }
}
