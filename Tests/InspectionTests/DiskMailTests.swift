import Inspection
import TestSupport
import Testing
import Vocabulary

/// Disks in mails: told by content, whatever else the file may be, and opened or unknown.
@Suite struct DiskMailTests {
    private static let payload = Array("MZ this is the payload".utf8)
    private static let volume = DiskSmith([.init("PAYLOAD.EXE", payload)]).volume()

    private func inspect(_ bytes: [UInt8], name: String = "a.bin") throws -> InspectedMessage {
        InspectedMessage(
            Samples.mail(attachments: [(name, "application/octet-stream", bytes)]), envelope: Envelope(),
            settings: InspectionSettings(), typer: try FileTyper())
    }

    private func types(_ bytes: [UInt8]) throws -> [String] {
        try FileTyper().types(of: bytes).map(\.name).sorted()
    }

    private func paths(_ message: InspectedMessage) -> [String] {
        message.elements(of: .files).elements.map(message.path(ofPart:))
    }

    private func isAmbiguous(_ message: InspectedMessage) -> Bool {
        message.value(of: .messageAmbiguous, argument: nil, subject: .message) == .known(.bool(true))
    }

    @Test(arguments: ["a.img", "a.ima", "a.bin", "a.txt", "a"]) func aRawDiskIsOneByItsContent(name: String) throws {
        #expect(try types(Self.volume) == ["img"])
        let message = try inspect(Self.volume, name: name)
        #expect(paths(message) == ["1.2", "1.2/PAYLOAD.EXE"])
        #expect(message.elements(of: .files).missing.isEmpty)
    }

    @Test func virtualDisksAreOpened() throws {
        for disk in [DiskWrapping.fixed(Self.volume), DiskWrapping.growing(Self.volume)] {
            #expect(try types(disk) == ["vhd"])
            #expect(paths(try inspect(disk)) == ["1.2", "1.2/PAYLOAD.EXE"])
        }
    }

    /// A disk whose file system is not read may hold anything.
    @Test(arguments: [("-FVE-FS-", 3), ("ReFS\0\0\0\0", 3), ("H+\0\u{4}", 1_024), ("NXSB", 32)])
    func otherFileSystemsAreUnsupported(mark: String, place: Int) throws {
        var disk = [UInt8](repeating: 0, count: 8_192)
        disk.replaceSubrange(place..<(place + mark.utf8.count), with: mark.utf8)
        for (image, type) in [(disk, "img"), (DiskWrapping.fixed(disk), "vhd")] {
            #expect(try types(image) == [type])
            #expect(try inspect(image).elements(of: .files).missing == .unsupported)
        }
    }

    /// The first 32 KiB of an optical disk are free: what stands there is read, too.
    @Test func aDiskBehindAnotherFileIsBoth() throws {
        func disk(_ head: [UInt8]) -> [UInt8] {
            head + [UInt8](repeating: 0, count: 32_769 - head.count) + Array("CD001".utf8)
                + [UInt8](repeating: 0, count: 4_096)
        }
        let zip = Samples.zip([("inner.txt", Array("inner".utf8))])
        let page = Array("<html><body>words of the page</body></html>".utf8)
        #expect(try types(disk([])) == ["iso"])
        #expect(try types(disk(zip)) == ["iso", "zip"])
        #expect(try types(disk(Array("%PDF-1.7\n".utf8))) == ["iso", "pdf"])
        #expect(try types(disk(page)).contains("iso"))
        let message = try inspect(disk(zip))
        #expect(paths(message).contains("1.2/inner.txt"))
        #expect(isAmbiguous(message))
        #expect(message.elements(of: .files).missing.contains(.damaged))
        // A page of which browsers read all, with the mark in the middle of its text.
        let text = page + [UInt8](repeating: 0x20, count: 32_769 - page.count) + Array("CD001 and so on".utf8)
        #expect(try types(text) == ["html", "iso"])
        let words = try inspect(text).value(of: .messageText, argument: nil, subject: .message)
        #expect(words.values.contains { $0.searchableText?.string.contains("words of the page") == true })
    }

    @Test func sectorsWithWhatTheDriveReadsAroundThemAreAnOpticalDisk() throws {
        let plain = [UInt8](repeating: 0, count: 16 * 2_352)
        var disk = plain + [UInt8](repeating: 0, count: 2_352)
        disk.replaceSubrange((plain.count + 17)..<(plain.count + 22), with: "CD001".utf8)
        #expect(try types(disk) == ["iso"])
        #expect(try inspect(disk).elements(of: .files).missing == .damaged)
    }

    @Test func textIsNoDisk() throws {
        let line = Array("From the desk of BD, H+ and the NTFS people: 0123456789 U\n".utf8)
        let text = (0..<2_000).flatMap { _ in line }
        for shift in 0..<line.count { #expect(try types(Array(text.dropFirst(shift))) == ["plain"]) }
    }
}
