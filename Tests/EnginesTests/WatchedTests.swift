import Engines
import Foundation
import Synchronization
import Testing
import Vocabulary

@Suite struct YaraTests {
    private static let bounds = EngineBounds(seconds: 5, largest: 1 << 20)

    /// A folder with files of rules, removed at the end of the test.
    private final class Rules {
        let folder: URL

        init(_ files: [String: String]) throws {
            folder = FileManager.default.temporaryDirectory.appendingPathComponent("lazaret-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            for (name, text) in files { try write(name, text) }
        }

        deinit { try? FileManager.default.removeItem(at: folder) }

        func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

        func write(_ name: String, _ text: String) throws {
            try Data(text.utf8).write(to: folder.appendingPathComponent(name), options: .atomic)
        }
    }

    private static let packed = "rule Packed { strings: $a = \"UPX!\" condition: $a }\n"

    @Test func namesTheRulesThatMatch() throws {
        let files = try Rules([
            "a.yar": Self.packed
                + "private rule Hidden { condition: true }\nrule Small { condition: filesize < 10 and Hidden }\n",
            "b.yar": "rule Packed { condition: false }\n",
        ])
        let rules = try YaraRules("house", files: [files.path("a.yar"), files.path("b.yar")], bounds: Self.bounds)
        #expect(rules.ruleNames == ["Packed", "Small"])
        #expect(rules.scan(Array("xUPX!x, and more".utf8)) == .matched(["Packed"]))
        #expect(rules.scan(Array("UPX!".utf8)) == .matched(["Packed", "Small"]))
        #expect(rules.scan([]) == .matched(["Small"]))
        #expect(rules.signatures.count == 4 && rules.signatures.version?.hasPrefix("libyara 4") == true)
    }

    @Test func whatIsOverALimitIsUnknown() throws {
        let files = try Rules(["a.yar": Self.packed])
        let bounds = EngineBounds(seconds: 5, largest: 4)
        let rules = try YaraRules("house", files: [files.path("a.yar")], bounds: bounds)
        #expect(rules.scan(Array("UPX!".utf8)) == .matched(["Packed"]))
        guard case .partly([], .overLimit, _) = rules.scan(Array("UPX!!".utf8)) else {
            Issue.record("a content over the limit got an answer")
            return
        }
        // A loop that never ends is stopped by the time for one content.
        let slow = try Rules([
            "a.yar":
                "rule Slow { condition: for all i in (1..1000000000) : (for all j in (1..1000000000) : (i + j > 0)) }\n"
        ])
        let endless = try YaraRules(
            "slow", files: [slow.path("a.yar")], bounds: EngineBounds(seconds: 1, largest: 1000))
        let start = ContinuousClock.now
        guard case .partly(_, .overLimit, _) = endless.scan(Array("x".utf8)) else {
            Issue.record("an endless rule got an answer")
            return
        }
        #expect(start.duration(to: .now) < .seconds(20))
    }

    @Test func faultsNameFileAndLine() throws {
        let files = try Rules([
            "a.yar": "rule A { condition: true }\nrule B { condition: nonsense }\n", "empty.yar": "",
        ])
        do {
            _ = try YaraRules("house", files: [files.path("a.yar")], bounds: Self.bounds)
            Issue.record("a faulty rule was taken")
        } catch {
            #expect(error.cause.contains("a.yar:2:"), "\(error)")
        }
        #expect(throws: EngineFault.self) {
            try YaraRules("house", files: [files.path("empty.yar")], bounds: Self.bounds)
        }
        #expect(throws: EngineFault.self) { try YaraRules("house", files: ["/nonexistent"], bounds: Self.bounds) }
    }

    /// Under load from several threads, from the first change to the last, the rules answer.
    @Test func rulesAreReloadedWithoutAGap() throws {
        let files = try Rules(["a.yar": Self.packed])
        var limits = EngineLimits()
        limits.reloadCheckSeconds = 0
        let watched = try WatchedYara("house", files: [files.path("a.yar")], bounds: Self.bounds, limits: limits)
        let isOver = Mutex(false)
        let failures = Mutex(0)
        let group = DispatchGroup()
        for _ in 0..<2 {
            DispatchQueue.global().async(group: group) {
                while !isOver.withLock({ $0 }) {
                    guard case .matched(let names) = watched.rules.scan(Array("UPX!".utf8)), names.contains("Packed")
                    else {
                        failures.withLock { $0 += 1 }
                        continue
                    }
                }
            }
        }
        func wait(_ condition: () -> Bool) {
            let end = ContinuousClock.now + .seconds(30)
            while !condition(), ContinuousClock.now < end { usleep(5000) }
            #expect(condition())
        }
        for number in 1...5 {
            try files.write("a.yar", Self.packed + "rule New\(number) { condition: true }\n")
            wait { watched.rules.ruleNames.contains("New\(number)") }
        }
        // What does not compile changes nothing, and is told.
        try files.write("a.yar", "rule Broken {")
        wait { watched.signatures.version?.contains("cannot be loaded") == true }
        #expect(watched.rules.ruleNames == ["Packed", "New5"])
        try files.write("a.yar", Self.packed)
        wait { watched.rules.ruleNames == ["Packed"] && watched.signatures.version?.contains("cannot") == false }
        isOver.withLock { $0 = true }
        group.wait()
        #expect(failures.withLock { $0 } == 0)
    }

    @Test func signaturesOfClamAVAreReloadedWithoutAGap() throws {
        let files = try Rules(["a.hdb": "44d88612fea8a8f36de82e1278abb02f:68:First\n"])
        var limits = EngineLimits()
        limits.reloadCheckSeconds = 0
        let engine = try WatchedClamAV(
            "house", signatures: files.folder.path, clamAV: ClamAVLimits(), limits: limits)
        #expect(engine.scan(RealClamd.eicar, name: nil) == .infected("First.UNOFFICIAL"))
        let mark = engine.signatures.mark
        try files.write("a.hdb", "44d88612fea8a8f36de82e1278abb02f:68:Second\n")
        let end = ContinuousClock.now + .seconds(30)
        var answer = engine.scan(RealClamd.eicar, name: nil)
        while answer != .infected("Second.UNOFFICIAL"), ContinuousClock.now < end {
            #expect(answer == .infected("First.UNOFFICIAL"))
            answer = engine.scan(RealClamd.eicar, name: nil)
        }
        #expect(answer == .infected("Second.UNOFFICIAL"))
        #expect(engine.signatures.mark != mark, "answers of old signatures would be remembered as those of the new")
    }
}
