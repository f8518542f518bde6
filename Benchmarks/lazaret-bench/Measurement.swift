/// One row of the report: what was measured, ours, what it is held against, and the ratio.
struct Row {
    let name: String
    let ours: Double
    let unit: String
    /// A peer or a physical limit measured in the same run; `nil` where there is none on this machine.
    let peer: (name: String, value: Double)?

    /// Ours over the peer's, for rates as for times.
    var ratio: Double? { peer.map { ours / $0.value } }
}

/// Timing of repeated work: the median of several rounds.
enum Measurement {
    /// Seconds that the body takes, as the median of `rounds` after one round to warm up.
    static func seconds(rounds: Int = 5, _ body: () -> Void) -> Double {
        body()
        let clock = ContinuousClock()
        let times = (0..<rounds).map { _ in
            let elapsed = clock.measure(body).components
            return Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18
        }.sorted()
        return times[times.count / 2]
    }
}

/// The report as a table for people or JSON lines for machines.
struct Report {
    private(set) var rows: [Row] = []
    let isJSON: Bool

    mutating func add(_ row: Row) {
        rows.append(row)
        print(isJSON ? json(row) : line(row))
    }

    static let head =
        pad("measured", 46) + pad("ours", 16, right: true) + "  " + pad("held against", 34)
        + pad("ratio", 8, right: true)

    private func line(_ row: Row) -> String {
        let ours = "\(Self.short(row.ours)) \(row.unit)"
        let peer = row.peer.map { "\($0.name): \(Self.short($0.value)) \(row.unit)" } ?? "–"
        let ratio = row.ratio.map { Self.short($0) + "×" } ?? ""
        return Self.pad(row.name, 46) + Self.pad(ours, 16, right: true) + "  " + Self.pad(peer, 34)
            + Self.pad(ratio, 8, right: true)
    }

    private func json(_ row: Row) -> String {
        var fields = ["\"name\":\"\(row.name)\"", "\"ours\":\(row.ours)", "\"unit\":\"\(row.unit)\""]
        if let peer = row.peer {
            fields += [
                "\"peer\":\"\(peer.name)\"", "\"peerValue\":\(peer.value)", "\"ratio\":\(row.ours / peer.value)",
            ]
        }
        return "{" + fields.joined(separator: ",") + "}"
    }

    /// Three significant digits.
    private static func short(_ number: Double) -> String {
        if number >= 100 { return String(Int(number.rounded())) }
        let scale: Double = number >= 10 ? 10 : number >= 1 ? 100 : 1000
        return String((number * scale).rounded() / scale)
    }

    private static func pad(_ text: String, _ width: Int, right: Bool = false) -> String {
        let space = String(repeating: " ", count: max(0, width - text.count))
        return right ? space + text : text + space
    }
}
