import Engines
import Foundation
import Testing
import Vocabulary

@Suite struct ClamAVEngineTests {
    private static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Policies/signatures").path

    /// The EICAR test file, put together here so that no scanner takes this source for it.
    private static let eicar = Array(
        (#"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR"# + "-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*").utf8)

    @Test func findsWhatItsSignaturesKnow() throws {
        let engine = try ClamAVEngine(signatures: Self.folder)
        #expect(engine.scan(Self.eicar, name: "eicar.com") == .infected("Lazaret.Test.Eicar.UNOFFICIAL"))
        #expect(engine.scan(Array("good morning".utf8), name: nil) == .clean)
        #expect(engine.scan([], name: nil) == .clean)
        #expect(engine.signatures.count == 2)
        #expect((engine.signatures.newest ?? 0) > 0)
    }

    @Test func whatIsLargerThanTheLimitIsUnknownNeverClean() throws {
        var limits = ClamAVLimits()
        limits.contentBytes = 100
        let engine = try ClamAVEngine(signatures: Self.folder, limits: limits)
        #expect(engine.scan(Array(repeating: 65, count: 100), name: nil) == .clean)
        guard case .unknown(let reasons, _) = engine.scan(Array(repeating: 65, count: 101), name: nil) else {
            Issue.record("a content over the limit got an answer")
            return
        }
        #expect(reasons == .overLimit)
    }

    @Test func aMissingOrEmptyFolderIsAFaultWithACure() throws {
        #expect(throws: EngineFault.self) { try ClamAVEngine(signatures: "/nonexistent/signatures") }
        let empty = FileManager.default.temporaryDirectory.appendingPathComponent("lazaret-empty-\(UUID())")
        try FileManager.default.createDirectory(at: empty, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: empty) }
        #expect(throws: EngineFault.self) { try ClamAVEngine(signatures: empty.path) }
    }

    @Test func scansOnManyThreadsAtOnce() async throws {
        let engine = try ClamAVEngine(signatures: Self.folder)
        let answers = await withTaskGroup(of: EngineAnswer.self) { group in
            for number in 0..<200 {
                group.addTask { engine.scan(number % 2 == 0 ? Self.eicar : Array("text \(number)".utf8), name: nil) }
            }
            return await group.reduce(into: [EngineAnswer]()) { $0.append($1) }
        }
        #expect(answers.count { $0 == .clean } == 100)
    }
}
