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

    /// Its own bounds stand above ours; where one is met all the same, it says so and it is heard.
    @Test func whatIsBeyondItsOwnBoundsIsUnknownNeverClean() throws {
        func reasons(_ content: [UInt8], _ change: (inout ClamAVLimits) -> Void) throws -> Reasons {
            var limits = ClamAVLimits()
            change(&limits)
            switch try ClamAVEngine(signatures: Self.folder, limits: limits).scan(content, name: nil) {
            case .clean: return []
            case .infected(let name):
                Issue.record("\(name)")
                return []
            case .unknown(let reasons, _): return reasons
            }
        }
        let text = Array(String(repeating: "harmless ", count: 400).utf8)
        let nested = (0..<4).reduce(text) { Self.tar($0, number: $1) }
        #expect(try reasons(nested) { _ in } == [])
        #expect(try reasons(nested) { $0.recursion = 3 } == .overLimit)
        #expect(try reasons(nested) { $0.scanBytes = 2_000 } == .overLimit)
        // The text within, and the four around it.
        #expect(try reasons(nested) { $0.files = 5 } == [])
        #expect(try reasons(nested) { $0.files = 4 } == .overLimit)
        let much = (0..<40).reduce(text) { content, _ in Self.tar(content + text, number: 0) }
        #expect(try reasons(much) { $0.recursion = 50 } == [])
        #expect(
            try reasons(much) { limits in
                limits.recursion = 50
                limits.milliseconds = 1
            } == .overLimit)
    }

    /// A tar of one file (POSIX ustar).
    private static func tar(_ content: [UInt8], number: Int) -> [UInt8] {
        var header = [UInt8](repeating: 0, count: 512)
        func put(_ text: String, at offset: Int) {
            header.replaceSubrange(offset..<(offset + text.utf8.count), with: text.utf8)
        }
        func octal(_ value: Int, _ count: Int) -> String {
            let digits = String(value, radix: 8)
            return String(repeating: "0", count: count - digits.count) + digits
        }
        for (text, offset) in [
            ("\(number).tar", 0), ("0000644", 100), ("0000000", 108), ("0000000", 116), (octal(content.count, 11), 124),
            ("00000000000", 136), ("        ", 148), ("0", 156), ("ustar", 257), ("00", 263),
        ] { put(text, at: offset) }
        put(octal(header.reduce(0) { $0 + Int($1) }, 6) + "\0 ", at: 148)
        let filling = [UInt8](repeating: 0, count: (512 - content.count % 512) % 512 + 1_024)
        return header + content + filling
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
