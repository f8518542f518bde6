import Compiler
import Evaluation
import Foundation
import Lexical
import TestSupport
import Testing
import Vocabulary

/// Mail to decision: programs in disks and help files that systems open by a double click.
@Suite struct ContainerMailTests {
    private static let policy = """
        policy acme {
            edition 1
            domains "acme.example"
            networks "192.0.2.0/24"
        }
        uninspectable {
            if unsupported then quarantine unsupported
            if encrypted, damaged, ambiguous, over-limit then quarantine unreadable
            if engine-down then defer
        }
        rule programs { when any file where (name ends with ".exe") then quarantine programs }
        """
    private static let program = Array("MZ this is the payload".utf8)
    private static let volume = DiskSmith([.init("PAYLOAD.exe", program)]).volume()
    private static let harmless = DiskSmith([.init("NOTE.TXT", Array("hello".utf8))]).volume()

    private func areas(_ name: String, _ bytes: [UInt8]) throws -> [String] {
        let result = PolicyCompiler(patterns: PatternLibrary()).compile(PolicyInMemory(Self.policy))
        let bundle = try #require(result.bundle, "\(result.diagnostics.map(\.message))")
        let judge = try MessageJudge(bundle: bundle, signatures: nil)
        let mail = """
            From: Eve <eve@partner.example>\r
            To: bob@acme.example\r
            Subject: Hello\r
            MIME-Version: 1.0\r
            Content-Type: application/octet-stream; name="\(name)"\r
            Content-Disposition: attachment; filename="\(name)"\r
            Content-Transfer-Encoding: base64\r
            \r
            \(Data(bytes).base64EncodedString(options: [.lineLength76Characters, .endLineWithCarriageReturn, .endLineWithLineFeed]))\r

            """
        let envelope = Envelope(
            sender: Address("eve@partner.example"), recipients: [Address("bob@acme.example")],
            clientIP: IPAddress("198.51.100.1"))
        return try #require(judge.decide(Array(mail.utf8), envelope: envelope).decisions.first).areas
    }

    @Test func programsInDisksAreFound() throws {
        for disk in [
            Self.volume, DiskWrapping.partitioned([Self.harmless, Self.volume]), DiskWrapping.fixed(Self.volume),
            DiskWrapping.growing(DiskWrapping.identified(Self.volume)),
        ] {
            #expect(try areas("scan.bin", disk) == ["programs"])
        }
        #expect(try areas("scan.img", Self.harmless) == [])
    }

    @Test func programsInUniversalDisksAreFound() throws {
        let packed = Data(base64Encoded: UniversalDiskSample.packed, options: .ignoreUnknownCharacters) ?? Data()
        #expect(try areas("disk.iso.xz", Array(packed)) == ["programs"])
    }

    @Test func programsInCompiledHelpAreFound() throws {
        let help = HelpSmith.file([("/", []), ("/index.htm", Array("hello".utf8)), ("/payload.exe", Self.program)])
        #expect(try areas("manual.chm", help) == ["programs"])
        // Its own text is not read, its pages are files with text.
        #expect(try areas("manual.chm", HelpSmith.file([("/", []), ("/index.htm", Array("hello".utf8))])) == [])
    }

    @Test func disksThatCannotBeReadAreUnsupported() throws {
        var locked = [UInt8](repeating: 0, count: 8_192)
        locked.replaceSubrange(3..<11, with: "-FVE-FS-".utf8)
        for disk in [locked, DiskWrapping.fixed(locked), DiskWrapping.growing(Self.harmless, kind: 4)] {
            #expect(try areas("scan.bin", disk) == ["unsupported"])
        }
    }
}
