import Foundation

/// Measures Lazaret against peers and physical limits in the same run.
///
/// Absolute figures drift with the machine; the ratios are what is compared from one version to the next. Runs in the
/// folder of the package: policies, sample mails and the peers' scripts are found there.
@main
struct LazaretBench {
    private static let benchmarks: [(name: String, run: @Sendable (inout Report) -> Void)] = [
        ("walk", WalkBenchmark.run), ("stages", StageBenchmark.run), ("scan", ScanBenchmark.run),
        ("policy", PolicyBenchmark.run), ("diff", DiffBenchmark.run),
    ]

    static func main() {
        guard let request = Request(CommandLine.arguments.dropFirst()) else {
            let names = benchmarks.map(\.name).joined(separator: "|")
            FileHandle.standardError.write(Data("usage: lazaret-bench [--format text|json] [\(names)]…\n".utf8))
            exit(2)
        }
        var report = Report(isJSON: request.isJSON)
        for benchmark in benchmarks where request.names.isEmpty || request.names.contains(benchmark.name) {
            report.benchmark = benchmark.name
            benchmark.run(&report)
        }
        report.finish()
    }

    /// What the arguments ask for; `nil` where they make no sense.
    private struct Request {
        var isJSON = false
        var names: Set<String> = []

        init?(_ arguments: ArraySlice<String>) {
            var rest = arguments
            while let argument = rest.popFirst() {
                switch argument {
                case "--format":
                    guard let format = rest.popFirst(), ["text", "json"].contains(format) else { return nil }
                    isJSON = format == "json"
                case let name where benchmarks.contains { $0.name == name }: names.insert(name)
                default: return nil
                }
            }
        }
    }
}
