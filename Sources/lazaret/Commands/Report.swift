import ArgumentParser
import PolicyTesting

enum ReportFormat: String, ExpressibleByArgument, CaseIterable {
    case table
    case html
    case json
}

struct Report: ParsableCommand, PrintsJSON {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Merge the results of dry-runs into one report.",
        discussion: """
            Dry-runs over a large archive may run on several machines, each writing --format jsonl; what they wrote adds \
            up here as if it had been one run.

            Example: lazaret report --format html -o report.html monday.jsonl tuesday.jsonl
            """)

    @Argument(help: ArgumentHelp("Results of dry-run --format jsonl.", valueName: "file.jsonl"))
    var files: [String]

    @Option(help: "table for people, html for a page, json for programs.")
    var format: ReportFormat = .table

    @Option(name: [.short, .long], help: ArgumentHelp("Write the report there instead.", valueName: "file"))
    var output: String?

    @OptionGroup var colors: ColorOptions

    var printsJSON: Bool { format == .json && output == nil }

    func run() throws {
        let paint = output == nil ? colors.paint : Paint(isOn: colors.color == .always)
        var page = ReportPage(title: files.joined(separator: ", "), clause: { _ in nil })
        for file in files {
            do throws(FileFault) {
                try RecordFile(file).read { page.add($0) }
            } catch {
                throw CommandFailure(error, status: .faulty)
            }
        }
        let target = try output.map { path throws(CommandFailure) in try Output(replacing: path) } ?? Output.standard
        switch format {
        case .table: target.lines(RunTotalsReport.lines(page.totals, paint: paint))
        case .json: target.line(RunTotalsReport.object(page.totals).pretty)
        case .html: target.write(Array(page.text.utf8))
        }
        target.finish()
    }
}
