import Foundation
import Message
import Vocabulary

@testable import Inspection

extension FuzzTarget {
    /// The whole inspection, with every library in it.
    static let wholes = [
        FuzzTarget("part", most: 6 << 10, seeds: ["document", "archive", "text", "cryptographic"], WholeTargets.part),
        FuzzTarget("message", most: 4 << 10, seeds: ["eml"], WholeTargets.message),
    ]
}

enum WholeTargets {
    private static let typer = Result { try FileTyper() }

    /// One file, opened by what it is.
    static func part(_ input: [UInt8], _ answer: inout Answer) throws {
        try message(mail(around: input), &answer)
    }

    /// Everything that inspection tells of a message, as a worker would send it.
    static func message(_ input: [UInt8], _ answer: inout Answer) throws {
        let message = try inspected(input)
        let report = message.report(withText: true)
        let limits = InspectionLimits.forFuzzing
        let nodes = message.tree.nodes
        try promise(nodes.count <= limits.nodes, "nodes are opened up to their limit")
        try promise(nodes.allSatisfy { $0.depth <= limits.depth }, "containers are opened up to their depth")
        try promise(nodes.allSatisfy { $0.bytes.count <= limits.contentBytes }, "contents are kept up to a limit")
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        let sent = try encoder.encode(report)
        try promise(try JSONDecoder().decode(InspectionReport.self, from: sent) == report, "a report arrives as it was")
        answer.add(Array(sent))
        for fact in Fact.allCases where FactCatalogue.row(fact).scope == .message {
            answer.add(String(describing: message.value(of: fact, argument: "subject", subject: .message)))
        }
    }

    static func inspected(_ input: [UInt8]) throws -> InspectedMessage {
        let settings = InspectionSettings(limits: .forFuzzing)
        return InspectedMessage(input, envelope: SampleMail.envelope, settings: settings, typer: try typer.get())
    }

    /// A mail that has the file as its one attachment.
    static func mail(around file: [UInt8]) -> [UInt8] {
        let head = """
            MIME-Version: 1.0
            Content-Type: application/octet-stream
            Content-Disposition: attachment
            Content-Transfer-Encoding: binary


            """
        return Array(head.utf8) + file
    }
}
