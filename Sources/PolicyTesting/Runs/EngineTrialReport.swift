import Vocabulary

/// How engines stood a trial, for people and for programs.
public enum EngineTrialReport {
    /// A few lines for each engine.
    public static func lines(_ engines: [TriedEngine], now: Int64, paint: Paint) -> [String] {
        let width = engines.map { $0.name.count }.max() ?? 0
        return engines.flatMap { engine in
            let state = engine.state
            let name = engine.name + String(repeating: " ", count: width - engine.name.count)
            var words = [
                engine.works ? paint("works", .green) : paint("fails", .red), paint(name, .bold), engine.kind,
            ]
            if let address = engine.address { words.append(Shown.text(address)) }
            words.append(paint("\(engine.elapsedMicroseconds / 1000) ms", .faint))
            var lines = [words.joined(separator: "  ")]
            func note(_ text: String, _ tone: Paint.Tone) {
                lines.append("       " + paint(Shown.text(text), tone))
            }
            if let fault = state.fault { note(fault, .red) }
            if let version = state.version { note(version, .faint) }
            if let count = state.count { note("\(count) \(count == 1 ? "signature" : "signatures")", .faint) }
            if let newest = state.newest {
                let age =
                    "signatures \(SignatureState.age(of: newest, at: now)): \(CivilTime(secondsSince1970: newest))"
                note(state.isStale(at: now) ? "old " + age : age, state.isStale(at: now) ? .yellow : .faint)
            }
            for remark in engine.remarks { note(remark, .yellow) }
            return lines
        }
    }

    /// One list of objects.
    public static func json(_ engines: [TriedEngine], now: Int64) -> OrderedJSON {
        .list(
            engines.map { engine in
                .object([
                    ("name", .string(engine.name)),
                    ("kind", .string(engine.kind)),
                    ("address", .optional(engine.address)),
                    ("works", .bool(engine.works)),
                    ("fault", .optional(engine.state.fault)),
                    ("version", .optional(engine.state.version)),
                    ("signatures", .optional(engine.state.count)),
                    ("signaturesNewest", .optional(engine.state.newest.map { Int($0) })),
                    ("signaturesStale", .optional(engine.state.newest.map { _ in engine.state.isStale(at: now) })),
                    ("remarks", .strings(engine.remarks)),
                    ("elapsedMicroseconds", .number(engine.elapsedMicroseconds)),
                ])
            })
    }
}
