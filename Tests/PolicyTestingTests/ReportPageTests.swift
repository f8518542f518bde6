import Foundation
import PolicyTesting
import Testing
import Vocabulary

/// Totals over many dry-runs and the page that shows them.
@Suite struct ReportPageTests {
    private func record(
        _ mail: String, _ disposition: String? = "deliver", rule: String? = nil, excerpt: String = "x",
        microseconds: Int = 1000, error: String? = nil
    ) throws -> MailRecord {
        let rules =
            rule.map {
                #"[{"name":"\#($0)","verdict":"fires","unknown":[],"evidence":[{"fact":"subject","part":"1.2","excerpt":"#
                    + #""\#(excerpt)","span":{"file":"p.lazaret","line":3,"column":5,"length":9}}]}]"#
            } ?? "[]"
        func quoted(_ text: String?) -> String { text.map { "\"\($0)\"" } ?? "null" }
        let line =
            #"{"mail":"\#(mail)","recipient":\#(error == nil ? "\"bob@acme.example\"" : "null"),"direction":"inbound","#
            + #""disposition":\#(quoted(disposition)),"quarantine":[],"reason":null,"rules":\#(rules),"exempted":[],"#
            + #""actions":[],"error":\#(quoted(error)),"elapsedMicroseconds":\#(microseconds),"guessed":[]}"#
        return try #require(MailRecord(line: Array(line.utf8)), "\(line)")
    }

    @Test func recordsOfSeveralRunsAddUp() throws {
        var totals = RunTotals()
        totals.add(try record("a", microseconds: 1000))
        totals.add(try record("b", "quarantine", rule: "urgent", microseconds: 3000))
        totals.add(try record("b", "quarantine", rule: "urgent", microseconds: 3000))
        totals.add(try record("c", nil, error: "Permission denied"))
        #expect(totals.mails == 3)
        #expect(totals.decisions == 3)
        #expect(totals.errors == 1)
        #expect(totals.dispositions == ["deliver": 1, "quarantine": 2])
        #expect(totals.rules["urgent"]?.fires == 2)
        #expect(totals.delays.count == 2)
        let text = RunTotalsReport.lines(totals, paint: Paint(isOn: false)).joined(separator: "\n")
        #expect(text.contains("3 mails, 3 decisions"))
        #expect(text.contains("quarantine       2  66.7 %"))
    }

    @Test func noticesLeftOutAreShownWithTheirReasons() throws {
        var page = ReportPage(title: "p", clause: { _ in nil })
        let line =
            #"{"mail":"m","recipient":"bob@acme.example","direction":"inbound","disposition":"deliver","#
            + #""quarantine":[],"reason":null,"rules":[],"exempted":[],"actions":[],"error":null,"elapsedMicroseconds":1,"guessed":[],"#
            + #""withheld":[{"rule":"big","notice":"notify sender","evidence":[{"fact":"list-id","part":null,"#
            + #""excerpt":"weekly","span":{"file":"p.lazaret","line":3,"column":5,"length":9}}]}]}"#
        page.add(try #require(MailRecord(line: Array(line.utf8))))
        #expect(page.text.contains("Left out: notify sender (big), because"))
        #expect(page.text.contains("weekly"))
    }

    @Test func aPercentileIsKnownToAFourthOfItsValue() {
        var delays = DelayHistogram()
        for delay in 1...100_000 { delays.add(delay) }
        for percent in [1, 10, 50, 90, 99, 100] {
            let exact = percent * 1000
            #expect(delays.percentile(percent) >= exact)
            #expect(delays.percentile(percent) <= exact + exact / 4 + 1)
        }
        #expect(delays.longest == 100_000)
        #expect(DelayHistogram().percentile(50) == 0)
        delays.add(.max)
        delays.add(-5)
        #expect(delays.percentile(100) == .max)
    }

    @Test func nothingOfAMailBecomesMarkup() throws {
        var page = ReportPage(title: "<p>", clause: { _ in "a < \"b\"" })
        page.add(
            try record(
                "<script>alert(1)</script>", "quarantine", rule: "r", excerpt: "<img src=x onerror=y>&\\u202e\\u0000"))
        let text = page.text
        #expect(text.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
        #expect(text.contains("&lt;img src=x onerror=y&gt;&amp;\u{FFFD}\u{FFFD}"))
        #expect(text.contains("p.lazaret:3:5  a &lt; &quot;b&quot;"))
        for bad in ["<script", "<img", "<p>\u{3C}", "http://", "https://", "\u{202E}"] { #expect(!text.contains(bad)) }
        for element in ["details", "table", "figure", "div", "main", "svg"] {
            #expect(
                text.components(separatedBy: "<\(element)").count
                    == text.components(separatedBy: "</\(element)>").count,
                "\(element)")
        }
    }

    @Test func beyondTheBoundMailsAreCountedAndSaidToBeLeftOut() throws {
        var limits = ReportLimits()
        limits.mailsOfGroup = 2
        var page = ReportPage(title: "p", limits: limits, clause: { _ in nil })
        for number in 0..<5 { page.add(try record("mail-\(number)", "reject", rule: "r")) }
        page.add(try record("fine"))
        let text = page.text
        #expect(text.contains("mail-1") && !text.contains("mail-2") && !text.contains(">fine<"))
        #expect(text.contains("The first 2 are shown; 3 more are counted in the totals"))
        #expect(text.contains("Refused (5)"))
        #expect(page.totals.mails == 6)
    }

    @Test func aResultOfThisProcessIsTheSameRecordAsItsLine() throws {
        let result = DryRunResult(mail: "x", outcome: .unreadable("Permission denied"), elapsedMicroseconds: 5)
        let records = MailRecord.records(of: result)
        #expect(records.count == 1)
        #expect(records == DryRunJSON.lines(of: result).compactMap { MailRecord(line: Array($0.utf8)) })
        #expect(MailRecord(line: Array("{}".utf8)) == nil)
    }

    /// Lines of blanks are no results, and no fault.
    @Test func linesOfAFileAreReadUpToALength() throws {
        let blanks = String(repeating: " ", count: 10)
        var limits = ReportLimits()
        limits.lineBytes = 10
        for text in [blanks, blanks + "\n", "\n" + blanks + "\n\n"] {
            let scratch = try Scratch(["lines.jsonl": text])
            try RecordFile(scratch.path("lines.jsonl"), limits: limits).read { _ in }
            let longer = try Scratch(["lines.jsonl": text.replacing(blanks, with: blanks + " ")])
            #expect(throws: FileFault.self) {
                try RecordFile(longer.path("lines.jsonl"), limits: limits).read { _ in }
            }
        }
    }
}
