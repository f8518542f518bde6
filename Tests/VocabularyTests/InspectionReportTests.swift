import Foundation
import Testing
import Vocabulary

@Suite struct InspectionReportTests {
    private func report(_ root: InspectionNode) -> InspectionReport {
        InspectionReport(encrypted: nil, signed: true, malformed: false, ambiguous: true, root: root)
    }

    private func returned(_ report: InspectionReport) throws -> InspectionReport {
        try JSONDecoder().decode(InspectionReport.self, from: JSONEncoder().encode(report))
    }

    @Test func comesBackWithItsBranchesInOrder() throws {
        let root = InspectionNode(
            path: "1",
            children: [
                InspectionNode(path: "1.1", children: [InspectionNode(path: "1.1/a"), InspectionNode(path: "1.1/b")]),
                InspectionNode(path: "1.2"),
                InspectionNode(path: "1.3", children: [InspectionNode(path: "1.3/c")]),
            ])
        let report = report(root)
        #expect(try returned(report) == report)
    }

    /// Nodes within nodes were refused by the JSON reader from 256 levels on: a mail of 19 KB hid itself so.
    @Test func comesBackHoweverDeepAMailNests() throws {
        var node = InspectionNode(path: "leaf")
        for level in 1..<600 { node = InspectionNode(path: "\(level)", children: [node]) }
        let report = report(node)
        #expect(try returned(report) == report)
    }

    @Test(arguments: ["[]", "[1]", "[0,0]", "[0,2]", "[0,1,3]", "[0,-1]"])
    func rowsThatAreNoTreeAreRefused(_ levels: String) throws {
        let numbers = try JSONDecoder().decode([Int].self, from: Data(levels.utf8))
        let node = try String(decoding: JSONEncoder().encode(InspectionNode(path: "x")), as: UTF8.self)
        let rows = numbers.map { #"{"level":\#($0),"node":\#(node)}"# }.joined(separator: ",")
        let text = #"{"malformed":false,"ambiguous":false,"rows":[\#(rows)]}"#
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(InspectionReport.self, from: Data(text.utf8)) }
    }

    @Test func aTreeDeeperThanAnyMailIsRefused() throws {
        var node = InspectionNode(path: "leaf")
        for _ in 0..<InspectionReport.levels { node = InspectionNode(path: "x", children: [node]) }
        let report = report(node)
        #expect(throws: DecodingError.self) { try returned(report) }
    }
}
