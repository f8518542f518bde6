import Foundation
import Operation
import Testing

@testable import Administration

@Suite struct MetricsPageTests {
    private static var figures: RelayFigures {
        var figures = RelayFigures()
        figures.messages[.init(organisation: "acme", direction: "inbound", disposition: "deliver")] = 7
        figures.messages[.init(organisation: "acme", direction: "inbound", disposition: "reject")] = 1
        figures.rules[["acme", "media.clips"]] = 3
        figures.sessions["proxy"] = 2
        figures.acceptedSessions["proxy"] = 12
        figures.refusedSessions = 1
        figures.memoryBytes = 4096
        figures.queues["pending"] = .init(length: 4, oldestSeconds: 61)
        figures.queues["notices"] = .init(length: 0)
        var delays = DelayHistogram()
        for _ in 0..<99 { delays.record(seconds: 0.003) }
        delays.record(seconds: 500)
        figures.stages["judge"] = delays
        figures.workers["acme"] = .init(busy: 1, size: 4, replaced: 2, program: "3f")
        figures.engines["clamd"] = .init(isUp: true, signatureSeconds: 7200)
        figures.engines["rspamd"] = .init(isUp: false)
        figures.held[.init(organisation: "acme", name: "suspect")] = 9
        figures.alarms["store failed"] = 1
        figures.startedAt = 1_700_000_000
        return figures
    }

    @Test(arguments: [
        #"lazaret_recipients_total{organisation="acme",direction="inbound",disposition="deliver"} 7"#,
        #"lazaret_recipients_total{organisation="acme",direction="inbound",disposition="reject"} 1"#,
        #"lazaret_rule_fired_total{organisation="acme",rule="media.clips"} 3"#,
        #"lazaret_sessions{listener="proxy"} 2"#,
        #"lazaret_sessions_total{listener="proxy"} 12"#,
        "lazaret_sessions_refused_total 1",
        "lazaret_message_memory_bytes 4096",
        #"lazaret_queue_length{queue="pending"} 4"#,
        #"lazaret_queue_oldest_seconds{queue="pending"} 61"#,
        #"lazaret_queue_oldest_seconds{queue="notices"} 0"#,
        #"lazaret_stage_seconds_bucket{stage="judge",le="0.002"} 0"#,
        #"lazaret_stage_seconds_bucket{stage="judge",le="0.004"} 99"#,
        #"lazaret_stage_seconds_bucket{stage="judge",le="128"} 99"#,
        #"lazaret_stage_seconds_bucket{stage="judge",le="+Inf"} 100"#,
        #"lazaret_stage_seconds_count{stage="judge"} 100"#,
        #"lazaret_workers{organisation="acme",state="busy"} 1"#,
        #"lazaret_workers{organisation="acme",state="idle"} 3"#,
        #"lazaret_workers_replaced_total{organisation="acme"} 2"#,
        #"lazaret_program_info{organisation="acme",digest="3f"} 1"#,
        #"lazaret_engine_up{engine="rspamd"} 0"#,
        #"lazaret_engine_signature_age_seconds{engine="clamd"} 7200"#,
        #"lazaret_held{organisation="acme",area="suspect"} 9"#,
        #"lazaret_alarms_total{event="store failed"} 1"#,
        "lazaret_start_time_seconds 1700000000",
    ])
    func everyFigureIsThere(_ line: String) {
        let page = MetricsPage.text(Self.figures, checks: [], series: 1000)
        #expect(page.split(separator: "\n").contains { $0 == line }, "\(page)")
    }

    /// What the format asks for, line by line: each metric described once, above all its samples.
    @Test func everyLineIsOfTheFormat() throws {
        let page = MetricsPage.text(Self.figures, checks: [ReadinessCheck("store")], series: 1000)
        #expect(page.hasSuffix("\n"))
        var described: Set<String> = []
        var current = ""
        for line in page.split(separator: "\n") {
            if let match = line.wholeMatch(of: /# (HELP|TYPE) ([a-z_]+) (.+)/) {
                current = String(match.output.2)
                if match.output.1 == "HELP" { #expect(described.insert(current).inserted, "\(current) twice") }
                continue
            }
            let sample = #/([a-z_]+)(\{([a-z]+="(?:[^"\\]|\\["n\\])*",?)+\})? (-?[0-9.e+-]+|NaN|[+-]Inf)/#
            let match = try #require(line.wholeMatch(of: sample), "\(line)")
            let name = String(match.output.1)
            #expect(name == current || name.hasPrefix(current + "_"), "\(line) stands under \(current)")
        }
        #expect(described.count > 15)
    }

    @Test func theOperatorsPageTellsOfEveryMetric() throws {
        let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let manual = try String(contentsOf: package.appendingPathComponent("docs/operating.md"), encoding: .utf8)
        var figures = Self.figures
        for index in 0..<3 { figures.alarms["event \(index)"] = 1 }
        let page = MetricsPage.text(figures, checks: [ReadinessCheck("store")], series: 2)
        let names = page.split(separator: "\n").compactMap { line in
            line.hasPrefix("# TYPE ") ? line.split(separator: " ")[2] : nil
        }
        #expect(names.count >= 20)
        for name in names { #expect(manual.contains("`\(name)`"), "docs/operating.md lacks \(name)") }
    }

    @Test func nothingLeavesItsLabel() {
        var figures = RelayFigures()
        figures.sessions["a\"} 1\nforged{b=\"\\\u{0}"] = 1
        let page = MetricsPage.text(figures, checks: [], series: 10)
        #expect(page.contains(#"lazaret_sessions{listener="a\"} 1\nforged{b=\"\\"} 1"#))
        #expect(!page.split(separator: "\n").contains { $0.hasPrefix("forged") })
        #expect(PrometheusText.escaped("a\\\nb\"", quotes: false) == #"a\\\nb""#)
    }

    @Test func numbersAreWrittenAsTheFormatReadsThem() {
        #expect(PrometheusText.number(.infinity) == "+Inf")
        #expect(PrometheusText.number(-.infinity) == "-Inf")
        #expect(PrometheusText.number(.nan) == "NaN")
        #expect(PrometheusText.number(3) == "3")
        #expect(PrometheusText.number(0.0005) == "0.0005")
        #expect(PrometheusText.number(1e300) == "1e+300")
    }
}
