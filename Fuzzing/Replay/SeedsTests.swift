import Foundation
import Testing
import Vocabulary

/// The first inputs that the fuzzer takes out of files at hand.
@Suite struct SeedsTests {
    @Test func filesInMailsGoToTheTargetsOfTheirTypes() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("seeds-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let emptyZip = Data([0x50, 0x4B, 5, 6] + [UInt8](repeating: 0, count: 18))
        let mail = folder.appendingPathComponent("a.eml")
        try Data(
            """
            From: a@b.example\r
            Content-Type: application/zip\r
            Content-Transfer-Encoding: base64\r
            \r
            \(emptyZip.base64EncodedString())\r

            """.utf8
        ).write(to: mail)
        let policy = folder.appendingPathComponent("a.lazaret")
        try Data("policy p { edition 1 domains \"b.example\" admin \"a@b.example\" }\n".utf8).write(to: policy)

        #expect(Seeds(into: folder.path).gather([mail.path, policy.path]) == 0)

        for target in ["mime", "message", "header", "zip", "policy", "bundle"] {
            let found = try? FileManager.default.contentsOfDirectory(atPath: folder.appendingPathComponent(target).path)
            #expect(found?.isEmpty == false, "\(target) got nothing")
        }
    }

    /// A misspelt type would be one that no content is of.
    @Test func seedsAreTypesOrEndings() {
        for target in FuzzTarget.all {
            for seed in target.seeds where !seed.hasPrefix(".") {
                #expect(FileType.named(seed) != nil, "\(seed) of \(target.name)")
            }
        }
    }
}
