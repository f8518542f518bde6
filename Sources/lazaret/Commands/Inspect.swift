import ArgumentParser
import Foundation
import PolicyTesting
import Synchronization
import Vocabulary
import Workers

enum TreeOrJSON: String, ExpressibleByArgument, CaseIterable {
    case tree
    case json
}

struct Inspect: ParsableCommand, PrintsJSON {
    static let configuration = CommandConfiguration(
        commandName: "inspect", abstract: "Show what is in a mail: parts, files at any depth, types, what is odd.",
        discussion: """
            One mail as JSON is one object; several are one object a line.

            Example: lazaret inspect --text suspicious.eml
            """)

    @OptionGroup var mails: MailOptions

    @Flag(help: "Also show the extracted text.")
    var text = false

    @Option(help: "tree for people, json for programs.")
    var format: TreeOrJSON = .tree

    @OptionGroup var workers: WorkerOptions
    @OptionGroup var colors: ColorOptions

    private enum Result: Sendable {
        case report(InspectionReport)
        case fault(String)
        case stopped(WorkerError)
    }

    var printsJSON: Bool { format == .json }

    func run() throws {
        let pool = try workers.pool(bundle: nil)
        do throws(WorkerError) {
            try pool.warmUp()
        } catch {
            throw CommandFailure(error)
        }
        workers.tellEngines(of: pool, isForPeople: format == .tree)
        let withText = text
        var walk = mails.walk
        let skipped = walk.skipped
        let work = OrderedWork<MailItem, (String, Result)>(
            window: pool.size * 4, next: { walk.next() },
            work: { item in (item.name, Self.inspect(item, pool, withText: withText)) })
        let isEndedEarly = Mutex(false)
        let interruption = Interruption {
            isEndedEarly.withLock { $0 = true }
            work.cancel()
            pool.stop()
        }
        defer { withExtendedLifetime(interruption) { pool.stop() } }
        var printer = ReportPrinter(format: format, withText: withText, paint: colors.paint)
        var failure: CommandFailure?
        work.run(jobs: pool.size) { name, result in
            switch result {
            case .report(let report): printer.add(report, mail: name)
            case .fault(let reason):
                printer.add(fault: reason, mail: name)
                failure = failure ?? CommandFailure(.faulty)
            case .stopped(let error):
                if error.code != .cancelled { failure = CommandFailure(error) }
                work.cancel()
            }
        }
        printer.finish()
        if let sentence = skipped.sentence { Output.complain(sentence) }
        if let failure { throw failure }
        if isEndedEarly.withLock({ $0 }) { throw CommandFailure.endedEarly }
    }

    private static func inspect(_ item: MailItem, _ pool: WorkerPool, withText: Bool) -> Result {
        switch item {
        case .unreadable(let fault): return .fault(fault.reason)
        case .mail(let mail):
            do {
                return .report(try pool.inspect(try mail.read(), withText: withText))
            } catch let fault as FileFault {
                return .fault(fault.reason)
            } catch let error as WorkerError where error.code != .unprocessable {
                return .stopped(error)
            } catch {
                return .fault("\(error)")
            }
        }
    }
}

/// Prints reports as they come. A single mail's JSON is spread over lines, so the first waits for the second.
private struct ReportPrinter {
    let format: TreeOrJSON
    let withText: Bool
    let paint: Paint
    private var first: OrderedJSON?
    private var count = 0

    init(format: TreeOrJSON, withText: Bool, paint: Paint) {
        self.format = format
        self.withText = withText
        self.paint = paint
    }

    mutating func add(_ report: InspectionReport, mail: String) {
        switch format {
        case .tree: Output.standard.lines(InspectionTree.lines(report, mail: mail, paint: paint))
        case .json: add(InspectionJSON.object(report, mail: mail, withText: withText))
        }
    }

    mutating func add(fault: String, mail: String) {
        switch format {
        case .tree: Output.standard.line(paint("error", .red) + "  " + Shown.text("\(mail): \(fault)"))
        case .json: add(.object([("mail", .string(mail)), ("error", .string(fault))]))
        }
    }

    private mutating func add(_ object: OrderedJSON) {
        count += 1
        if count == 1 {
            first = object
            return
        }
        if let first { Output.standard.line(first.compact) }
        first = nil
        Output.standard.line(object.compact)
    }

    mutating func finish() {
        if let first { Output.standard.line(first.pretty) }
        first = nil
    }
}
