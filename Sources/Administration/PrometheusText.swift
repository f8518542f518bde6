/// Writes the text format of Prometheus, version 0.0.4.
///
/// No name or value of a label can leave its place: quotes, backslashes and ends of lines are escaped as the format says,
/// other control characters are left out.
struct PrometheusText {
    /// What a metric's values do.
    enum Kind: String {
        case counter
        case gauge
        case histogram
    }

    static let mediaType = "text/plain; version=0.0.4; charset=utf-8"

    private(set) var text = ""
    /// Lines that were left out, by metric.
    private(set) var omitted: [(name: String, count: Int)] = []
    private let series: Int

    init(series: Int) { self.series = series }

    /// One metric with a line for each sample, in the order given; none where there is no sample.
    mutating func metric(
        _ name: String, _ kind: Kind, _ help: String, _ samples: [(labels: [(String, String)], value: Double)]
    ) {
        guard !samples.isEmpty else { return }
        header(name, kind, help)
        for sample in samples.prefix(series) { line(name, sample.labels, sample.value) }
        if samples.count > series { omitted.append((name, samples.count - series)) }
    }

    /// A histogram for each set of labels.
    mutating func histogram(
        _ name: String, _ help: String, bounds: [Double],
        _ samples: [(labels: [(String, String)], counts: [UInt64], sum: Double)]
    ) {
        guard !samples.isEmpty else { return }
        header(name, .histogram, help)
        let most = max(1, series / (bounds.count + 3))
        for sample in samples.prefix(most) {
            var total: UInt64 = 0
            for (index, count) in sample.counts.enumerated() {
                total += count
                let bound = index < bounds.count ? Self.number(bounds[index]) : "+Inf"
                line(name + "_bucket", sample.labels + [("le", bound)], Double(total))
            }
            line(name + "_sum", sample.labels, sample.sum)
            line(name + "_count", sample.labels, Double(total))
        }
        if samples.count > most { omitted.append((name, samples.count - most)) }
    }

    private mutating func header(_ name: String, _ kind: Kind, _ help: String) {
        text += "# HELP \(name) \(Self.escaped(help, quotes: false))\n# TYPE \(name) \(kind.rawValue)\n"
    }

    private mutating func line(_ name: String, _ labels: [(String, String)], _ value: Double) {
        text += name
        if !labels.isEmpty {
            text += "{" + labels.map { "\($0)=\"\(Self.escaped($1, quotes: true))\"" }.joined(separator: ",") + "}"
        }
        text += " \(Self.number(value))\n"
    }

    static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        return value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value)
    }

    static func escaped(_ text: String, quotes: Bool) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": result += #"\\"#
            case "\n": result += #"\n"#
            case "\"" where quotes: result += #"\""#
            case _ where scalar.value < 0x20 || scalar.value == 0x7F: break
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
