import Foundation
import Synchronization

/// Writes events, one in a line, as text or JSON. Whoever writes an event gives it no content of mail; what a stranger chose
/// nevertheless (a host's greeting, a reply) can neither end a line nor steer a terminal.
///
/// Purpose: what happened, for people and programs. Takes: a level, a name, fields. Gives: whole lines to the function that
/// it was made with, one after another. Limits: `LogLimits`.
public final class EventLog: Sendable {
    private struct State {
        var settings: LogSettings
        var alarms: [String: UInt64] = [:]
    }

    private let state: Mutex<State>
    private let limits: LogLimits
    private let now: @Sendable () -> Date
    private let output: @Sendable ([UInt8]) -> Void

    /// - Parameters:
    ///   - now: the clock.
    ///   - output: takes a line with its end.
    public init(
        _ settings: LogSettings, limits: LogLimits = LogLimits(), now: @escaping @Sendable () -> Date = { Date() },
        output: @escaping @Sendable ([UInt8]) -> Void
    ) {
        state = Mutex(State(settings: settings))
        self.limits = limits
        self.now = now
        self.output = output
    }

    /// Other settings, from the next event on.
    public func adopt(_ settings: LogSettings) { state.withLock { $0.settings = settings } }

    /// How often each alarm was written, by the event's name; also those that the level leaves out.
    public var alarms: [String: UInt64] { state.withLock { $0.alarms } }

    /// Writes an event, if its level is grave enough.
    ///
    /// - Parameters:
    ///   - event: in a few words, the same for every event of a kind: `message judged`.
    public func write(_ level: LogSettings.Level, _ event: String, _ fields: [(name: String, value: String)] = []) {
        let settings = state.withLock { state in
            if level == .alarm { state.alarms[event, default: 0] += 1 }
            return state.settings
        }
        guard level >= settings.level else { return }
        var kept = Array(fields.prefix(limits.fields))
        if fields.count > kept.count { kept.append(("omitted", String(fields.count - kept.count))) }
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        let time = now().formatted(style)
        let line =
            switch settings.format {
            case .text: text(time, level, event, kept)
            case .json: json(time, level, event, kept)
            }
        // Under the lock, so that lines of two threads are never mixed.
        state.withLock { _ in output(Array((line + "\n").utf8)) }
    }

    private func text(
        _ time: String, _ level: LogSettings.Level, _ event: String, _ fields: [(name: String, value: String)]
    ) -> String {
        var line = "\(time) \(level.rawValue) \(Self.escaped(event))"
        if !fields.isEmpty { line += ":" }
        for (name, value) in fields {
            let shown = cut(value)
            let isPlain =
                !shown.isEmpty
                && shown.unicodeScalars.allSatisfy {
                    $0.value > 0x20 && $0.value < 0x7F && $0 != "\"" && $0 != "=" && $0 != "\\"
                }
            line += " \(Self.escaped(name))=" + (isPlain ? shown : "\"\(Self.escaped(shown))\"")
        }
        return line
    }

    private func json(
        _ time: String, _ level: LogSettings.Level, _ event: String, _ fields: [(name: String, value: String)]
    ) -> String {
        var line = "{\"time\":\"\(time)\",\"level\":\"\(level.rawValue)\",\"event\":\"\(Self.escaped(event))\""
        var names: Set<String> = ["time", "level", "event"]
        for (name, value) in fields {
            // A name twice in an object is read as programs like; each has its own.
            var own = name
            while !names.insert(own).inserted { own += "_" }
            line += ",\"\(Self.escaped(own))\":\"\(Self.escaped(cut(value)))\""
        }
        return line + "}"
    }

    private func cut(_ value: String) -> String {
        guard value.utf8.count > limits.valueBytes else { return value }
        return String(decoding: value.utf8.prefix(limits.valueBytes), as: UTF8.self)
            .trimmingCharacters(in: ["\u{FFFD}"]) + "…"
    }

    /// As JSON has it; also what moves a terminal's cursor or turns the direction of writing.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x22: result += "\\\""
            case 0x5C: result += "\\\\"
            case 0x0A: result += "\\n"
            case 0x0D: result += "\\r"
            case 0x09: result += "\\t"
            case 0..<0x20, 0x7F...0x9F, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
