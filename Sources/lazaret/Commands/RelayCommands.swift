import Acceptance
import ArgumentParser
import PolicyTesting

struct StatusCommand: ParsableCommand, PrintsJSON {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Tell which policies judge mail in a relay.",
        discussion: """
            Example: lazaret status --relay https://relay.acme.example:8025
            """)

    @OptionGroup var relay: RelayOptions

    @Option(help: "text for people, json for programs.")
    var format: RelayFormat = .text

    @OptionGroup var colors: ColorOptions

    var printsJSON: Bool { format == .json }

    func run() throws {
        let answer = try relay.connection().get("/api/v1/status")
        let status = try RelayAnswers.value(PoliciesInForce.self, in: answer)
        switch format {
        case .text: Output.standard.lines(StatusReport.lines(status, paint: colors.paint))
        case .json: Output.standard.line(StatusReport.object(status).pretty)
        }
    }
}

struct Rollback: ParsableCommand, PrintsJSON {
    static let configuration = CommandConfiguration(
        commandName: "rollback", abstract: "Have an earlier version of a policy judge mail again.",
        discussion: """
            Example: lazaret rollback --relay https://relay.acme.example:8025 --organisation acme --to 6
            """)

    @OptionGroup var relay: RelayOptions

    @Option(help: "The organisation.")
    var organisation: String

    @Option(help: ArgumentHelp("The version; the one that judged before when left out.", valueName: "number"))
    var to: Int?

    @Option(help: ArgumentHelp("What the history says of it.", valueName: "text"))
    var message: String?

    @Option(help: ArgumentHelp("Who asks for it; the token's name when left out.", valueName: "name"))
    var author: String?

    @Option(help: "text for people, json for programs.")
    var format: RelayFormat = .text

    @OptionGroup var colors: ColorOptions

    var printsJSON: Bool { format == .json }

    mutating func validate() throws {
        if let to, to < 1 { throw ValidationError("--to takes a version's number, from 1") }
    }

    func run() throws {
        let query = RelayAnswers.query([("to", to.map(String.init)), ("author", author), ("message", message)])
        let answer = try relay.connection().post(
            "/api/v1/organisations/\(RelayAnswers.encoded(organisation))/policies/rollback\(query)", [])
        try OutcomeReport.show(
            try RelayAnswers.value(PolicyOutcome.self, in: answer), format, paint: colors.paint)
    }
}
