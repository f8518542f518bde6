import Foundation

/// Measures Lazaret against peers and physical limits in the same process and the same run.
///
/// Absolute figures drift with the machine; the ratios are what is compared from one version to the next.
@main
struct LazaretBench {
    static func main() {
        let arguments = CommandLine.arguments.dropFirst()
        var report = Report(isJSON: arguments.contains("--json"))
        let wanted = arguments.filter { !$0.hasPrefix("--") }
        let benchmarks: [(name: String, run: (inout Report) -> Void)] = [
            ("walk", WalkBenchmark.run), ("scan", ScanBenchmark.run), ("policy", PolicyBenchmark.run),
            ("diff", DiffBenchmark.run),
        ]
        if !report.isJSON { print(Report.head) }
        for benchmark in benchmarks where wanted.isEmpty || wanted.contains(benchmark.name) {
            benchmark.run(&report)
        }
    }
}
