import TestSupport
import Testing
import Vocabulary

@testable import Inspection

/// Documents that point at one content many times: each pointer costs a few bytes, what it points at must not cost its
/// whole length each time.
@Suite struct SharedContentTests {
    private typealias Smith = ContainerSmith

    private static func files(in bytes: [UInt8]) -> EmbeddedFiles {
        let types = FileType.named("doc").map { [$0] } ?? []
        var found = EmbeddedFiles(count: 1_000, totalBytes: 64 << 20, contentBytes: 64 << 20)
        CompoundFiles.take(from: bytes, types: types, into: &found)
        return found
    }

    /// A project's list with one record too long for the number it should be.
    private static func project(offset: [UInt8]) -> [UInt8] {
        func record(_ identifier: Int, _ value: [UInt8]) -> [UInt8] {
            Smith.little(identifier, 2) + Smith.little(value.count, 4) + value
        }
        let list = record(0x1A, Array("M".utf8)) + record(0x31, offset)
        let packed = stride(from: 0, to: list.count, by: 8).flatMap { [0] + list[$0..<min(list.count, $0 + 8)] }
        return [1] + Smith.little(0xB000 | (packed.count - 1), 2) + packed
    }

    @Test(arguments: [4, 8, 9]) func aModuleIsReadWhereverItsOffsetLeads(_ length: Int) {
        let source = Smith.macroSource("Attribute VB_Name = \"M\"")
        let list = Self.project(offset: [UInt8](repeating: 0xFF, count: length))
        let files = Self.files(in: Smith.compound([("Macros/VBA/dir", list), ("Macros/VBA/M", source)])).files
        #expect(files.map(\.names) == [["VBA/M.bas"]])
    }

    /// As many streams as the file lists, each of them all of its sectors.
    private static func overlapping(streams: Int, bytes: Int) -> [UInt8] {
        let content = [UInt8](repeating: 0x20, count: bytes)
        var file = Smith.compound([("VBA/0", content)] + (1..<streams).map { ("VBA/\($0)", []) })
        // In each entry of the directory stand its name, then where it starts, and its size.
        for place in stride(from: 512, to: file.count - 128, by: 128) where file[place + 66] == 2 {
            file.replaceSubrange((place + 116)..<(place + 124), with: Smith.little(0, 4) + Smith.little(bytes, 4))
        }
        return file
    }

    @Test func streamsThatShareSectorsAreReadUpToALimit() {
        let sound = Self.files(in: Self.overlapping(streams: InspectionLimits.streamReadings, bytes: 64 << 10))
        #expect(sound.missing.isDisjoint(with: .overLimit))
        let hostile = Self.overlapping(streams: 2 * InspectionLimits.streamReadings, bytes: 64 << 10)
        #expect(Self.files(in: hostile).missing.contains(.overLimit))
    }

    @Test func aFileHasSoManyNames() {
        for count in [InspectionLimits.embeddedNames, InspectionLimits.embeddedNames + 1] {
            var found = EmbeddedFiles(count: 10, totalBytes: 10, contentBytes: 10)
            found.add((0..<count).map { "name \($0)" } + [""], [1])
            #expect(found.files.first?.names.count == InspectionLimits.embeddedNames)
            #expect(found.missing.contains(.overLimit) == (count > InspectionLimits.embeddedNames))
        }
        let growth = Effort.growth(2_000) { count in
            let titles = (0..<count).flatMap { Smith.attribute(2, 0x0001_8010, Array("name \($0)\0".utf8)) }
            var found = EmbeddedFiles(count: 10, totalBytes: 1_000, contentBytes: 1_000)
            TransportFiles.take(from: Smith.transport(titles + Smith.attribute(2, 0x0006_800F, [1])), into: &found)
            #expect(found.files.count == 1)
        }
        #expect(growth < Effort.linear)
    }

    /// A Word document of blanks whose pieces are all of it.
    private static func word(pieces: Int, characters: Int) -> [UInt8] {
        var document: [UInt8] = [0xEC, 0xA5, 0xC1, 0] + [UInt8](repeating: 0, count: 0x3FC)
        let positions = (0...pieces).flatMap { Smith.little($0 * characters, 4) }
        let places = (0..<pieces).flatMap { _ in
            Smith.little(0, 2) + Smith.little(0x4000_0000 | 0x400 * 2, 4) + Smith.little(0, 2)
        }
        let table = [2] + Smith.little(positions.count + places.count, 4) + positions + places
        document.replaceSubrange(0x1A2..<0x1AA, with: Smith.little(0, 4) + Smith.little(table.count, 4))
        document += [UInt8](repeating: 0x20, count: characters)
        return Smith.compound([("WordDocument", document), ("0Table", table)])
    }

    @Test func piecesOfAWordDocumentAreDecodedUpToALimit() {
        var limits = InspectionLimits()
        limits.textBytes = 64 << 10
        let sound = WordText.read(Self.word(pieces: 10, characters: 1_000), limits: limits)
        #expect(sound.missing.isEmpty)
        let hostile = Self.word(pieces: 10, characters: 64 << 10)
        #expect(WordText.read(hostile, limits: limits).missing.contains(.overLimit))
    }
}

extension SharedContentTests {
    @Test func lettersThatStandForFourZerosAreCounted() {
        let text = [UInt8](repeating: UInt8(ascii: "z"), count: 1_000)
        let whole = PortableFilter.decoded(text, by: "/A85", limit: 4_000)
        #expect(whole?.bytes.count == 4_000 && whole?.isComplete == true)
        let cut = PortableFilter.decoded(text, by: "/A85", limit: 3_999)
        #expect(cut?.bytes.count == 3_996 && cut?.isComplete == false)
    }
}
