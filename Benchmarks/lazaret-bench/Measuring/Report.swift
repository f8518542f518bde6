import Foundation

/// One figure: what was measured, ours, what it is held against, and the ratio.
struct Row {
    let name: String
    let ours: Double
    let unit: String
    /// A peer or a physical limit measured in the same run; `nil` where there is none on this machine.
    let peer: (name: String, value: Double)?
    /// What else is to be said of the figure.
    var note: String?

    /// Ours over the peer's, for rates as for times.
    var ratio: Double? { peer.flatMap { $0.value > 0 ? ours / $0.value : nil } }
}

/// The report: a table for people that grows as figures come in, or one JSON object for machines at the end.
struct Report {
    private var figures: [Figure] = []
    private var remarks: [String] = []
    private let isJSON: Bool
    /// What is being measured: the name by which it can be asked for alone.
    var benchmark = ""

    private struct Figure: Encodable {
        let benchmark: String
        let name: String
        let ours: Double
        let unit: String
        let peer: String?
        let peerValue: Double?
        let ratio: Double?
        let note: String?
    }

    private struct Document: Encodable {
        let date: String
        let machine: Machine
        let figures: [Figure]
        let remarks: [String]
    }

    init(isJSON: Bool) {
        self.isJSON = isJSON
        guard !isJSON else { return }
        let machine = Machine()
        print("\(machine.processor), \(machine.cores) cores, load \(Self.short(machine.load)) at the start")
        print("ratio: ours over the peer's; of rates more is better, of times less\n")
        print(Self.columns("measured", "ours", "held against", "ratio"))
    }

    mutating func add(_ row: Row) {
        figures.append(
            Figure(
                benchmark: benchmark, name: row.name, ours: row.ours, unit: row.unit, peer: row.peer?.name,
                peerValue: row.peer?.value, ratio: row.ratio, note: row.note))
        show(line(row))
    }

    /// Says why a figure is not there, or how one came about.
    mutating func remark(_ sentence: String) {
        remarks.append(sentence)
        show("# \(sentence)")
    }

    /// At once, also where nobody sits before a terminal: a run takes minutes.
    private func show(_ line: String) {
        guard !isJSON else { return }
        print(line)
        fflush(nil)
    }

    /// Writes what is written only once everything is known.
    func finish() {
        guard isJSON else { return }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let document = Document(
            date: Date().formatted(.iso8601), machine: Machine(), figures: figures, remarks: remarks)
        if let data = try? encoder.encode(document) { print(String(decoding: data, as: UTF8.self)) }
    }

    private func line(_ row: Row) -> String {
        let peer = row.peer.map { "\($0.name): \(Self.short($0.value)) \(row.unit)" } ?? "–"
        let ratio = row.ratio.map { Self.short($0) + "×" } ?? ""
        let note = row.note.map { "  \($0)" } ?? ""
        return Self.columns(row.name, "\(Self.short(row.ours)) \(row.unit)", peer, ratio) + note
    }

    private static func columns(_ name: String, _ ours: String, _ peer: String, _ ratio: String) -> String {
        pad(name, 46) + pad(ours, 14, right: true) + "  " + pad(peer, 42) + pad(ratio, 8, right: true)
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
