import TestSupport
import Testing

@testable import Archives

/// Compiled help (CHM): its pages, and the programs that it may carry.
@Suite struct HelpTests {
    private static let payload = Array("this is the payload".utf8)
    private static let help = HelpSmith.file([
        ("/", []), ("/index.htm", Array("<html>hello</html>".utf8)), ("/sub/payload.exe", payload),
        ("::DataSpace/NameList", [1, 2]), ("::Hidden", Array("more".utf8)),
    ])

    private static func contents(_ bytes: [UInt8], _ limits: ArchiveLimits = .standard) -> ArchiveContents {
        ArchiveReader(limits: limits).contents(of: bytes, as: .chm)
    }

    @Test func itsFilesAreEntries() {
        #expect(ArchiveFormat.detect(Self.help) == .chm)
        let contents = Self.contents(Self.help)
        #expect(contents.entries.map(\.name) == ["index.htm", "sub/payload.exe", "::Hidden"])
        #expect(contents.entries[1].bytes == Self.payload)
        #expect(contents.isComplete)
    }

    @Test func limitsHold() {
        func problems(_ limits: ArchiveLimits) -> [ArchiveProblem] {
            let contents = Self.contents(Self.help, limits)
            return contents.problems + contents.entries.compactMap(\.unread)
        }
        #expect(problems(ArchiveLimits(entries: 3)).isEmpty)
        #expect(problems(ArchiveLimits(entries: 2)) == [.overLimit(.entries)])
        #expect(problems(ArchiveLimits(bytesPerEntry: 19)).isEmpty)
        #expect(problems(ArchiveLimits(bytesPerEntry: 18)) == [.overLimit(.bytesPerEntry)])
        #expect(problems(ArchiveLimits(totalBytes: 41)).isEmpty)
        #expect(problems(ArchiveLimits(totalBytes: 40)).contains(.overLimit(.totalBytes)))
    }

    /// Files that share their bytes cost no more than the bound on what is read.
    @Test func filesThatShareBytesAreBounded() {
        let content = [UInt8](repeating: 0x61, count: 4_096)
        func contents(_ count: Int) -> ArchiveContents {
            Self.contents(HelpSmith.file((0..<count).map { ("/\($0)", content) }, isShared: true))
        }
        let size = HelpSmith.file([("/0", content)]).count
        let most = size * ArchiveLimits.helpReads / content.count
        #expect(contents(most).isComplete)
        #expect(contents(most + 1).problems == [.overLimit(.totalBytes)])
    }

    @Test func cutOrBentItIsNeverTakenForWhole() {
        for place in 0..<Self.help.count {
            let cut = Self.contents(Array(Self.help.prefix(place)))
            #expect(!cut.isComplete || cut.entries.map(\.bytes).contains(Self.payload), "cut at \(place)")
            var bent = Self.help
            bent[place] ^= 0x81
            #expect(Self.contents(bent).entries.count < 100)
        }
        #expect(!Self.contents(HelpSmith.file([])).isComplete)
    }
}
