import Foundation
import Operation
import Synchronization
import Testing

@Suite struct EventLogTests {
    /// Gathers lines.
    private final class Lines: Sendable {
        private let gathered = Mutex<[String]>([])
        var all: [String] { gathered.withLock { $0 } }
        func add(_ bytes: [UInt8]) { gathered.withLock { $0.append(String(decoding: bytes, as: UTF8.self)) } }
    }

    private static func log(
        _ format: LogSettings.Format, level: LogSettings.Level = .info, limits: LogLimits = LogLimits()
    ) -> (EventLog, Lines) {
        let lines = Lines()
        let log = EventLog(
            LogSettings(level: level, format: format), limits: limits,
            now: { Date(timeIntervalSince1970: 1_764_000_000.25) }, output: { lines.add($0) })
        return (log, lines)
    }

    @Test func anEventIsALineForPeople() {
        let (log, lines) = Self.log(.text)
        log.write(.info, "listening")
        log.write(
            .warning, "hop refused", [("hop", "127.0.0.1:10026"), ("reply", "450 4.1.1 \"no\" = no"), ("id", "")])
        #expect(
            lines.all == [
                "2025-11-24T16:00:00.250Z info listening\n",
                #"2025-11-24T16:00:00.250Z warning hop refused: hop=127.0.0.1:10026 reply="450 4.1.1 \"no\" = no" id="""#
                    + "\n",
            ])
    }

    @Test func anEventIsAnObjectForPrograms() throws {
        let (log, lines) = Self.log(.json)
        log.write(.alarm, "store failed", [("event", "a"), ("event", "b"), ("reason", "é\u{0}\n\"\\")])
        let line = try #require(lines.all.first)
        #expect(line.hasSuffix("}\n") && line.filter { $0.isNewline }.count == 1)
        let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String])
        #expect(
            object == [
                "time": "2025-11-24T16:00:00.250Z", "level": "alarm", "event": "store failed", "event_": "a",
                "event__": "b", "reason": "é\u{0}\n\"\\",
            ])
    }

    /// A stranger's words end no line, forge no field and steer no terminal.
    @Test(arguments: LogSettings.Format.allCases)
    func nothingLeavesItsField(_ format: LogSettings.Format) {
        let (log, lines) = Self.log(format)
        log.write(.info, "greeted", [("name", "a\r\nb\u{1B}[2J\u{9B}31m\u{202E}x\u{2028}\" level=alarm")])
        let line = lines.all.first ?? ""
        #expect(lines.all.count == 1)
        #expect(line.unicodeScalars.filter { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) }.map(\.value) == [10])
        #expect(!line.contains("\u{202E}") && !line.contains("\u{2028}"))
        #expect(line.contains(#"\" level=alarm""#))
    }

    @Test func levelsLeaveOutAndAlarmsAreCounted() {
        let (log, lines) = Self.log(.text, level: .warning)
        log.write(.info, "a")
        log.write(.warning, "b")
        log.write(.alarm, "c")
        log.adopt(LogSettings(level: .debug, format: .json))
        log.write(.debug, "d")
        log.write(.alarm, "c")
        #expect(lines.all.count == 4)
        #expect(log.alarms == ["c": 2])
    }

    @Test func valuesAndFieldsAreBounded() {
        var limits = LogLimits()
        limits.valueBytes = 5
        limits.fields = 2
        let (log, lines) = Self.log(.json, limits: limits)
        log.write(.info, "a", [("b", "12345"), ("c", "1234éé"), ("d", "x"), ("e", "y")])
        #expect(lines.all.first?.contains(#""b":"12345","c":"1234…","omitted":"2"}"#) == true, "\(lines.all)")
    }

    @Test func linesOfManyThreadsAreWhole() async {
        let (log, lines) = Self.log(.text)
        await withTaskGroup(of: Void.self) { group in
            for index in 0..<200 { group.addTask { log.write(.info, "a", [("index", String(index))]) } }
        }
        #expect(Set(lines.all).count == 200)
        #expect(lines.all.allSatisfy { $0.hasSuffix("\n") && $0.hasPrefix("2025-11-24T16:00:00.250Z info a: index=") })
    }
}
