import Foundation
import Semantics
import Testing

@testable import LanguageServer

/// What the editor's helper reads of a disk.
@Suite struct DeskFilesTests {
    @Test func aListIsBoundedAsTheCheckerAsksAndATextByItself() throws {
        let place = FileManager.default.temporaryDirectory.appendingPathComponent("lazaret-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: place) }
        let path = place.appendingPathComponent("g.txt").path
        try Data("12345".utf8).write(to: URL(fileURLWithPath: path))
        #expect(DiskFiles(fileBytes: 5).read(path)?.count == 5)
        #expect(DiskFiles(fileBytes: 4).read(path) == nil)
        #expect(try DiskFiles(fileBytes: 4).list(path, atMost: 5).count == 5)
        #expect(throws: ListFault.tooLarge) { try DiskFiles().list(path, atMost: 4) }
        #expect(throws: ListFault.missing) { try DiskFiles().list(path + "x", atMost: 5) }
        #expect(throws: ListFault.unreadable("not a plain file")) { try DiskFiles().list(place.path, atMost: 5) }
    }
}
