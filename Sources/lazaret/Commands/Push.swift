import Acceptance
import ArgumentParser
import Bytecode
import Cryptography
import Foundation
import Lexical
import PolicyTesting

struct Push: ParsableCommand, PrintsJSON {
    static let configuration = CommandConfiguration(
        commandName: "push", abstract: "Send a policy to a relay, which judges mail by it once its tests pass there.",
        discussion: """
            The policy is checked, compiled with its tests, signed and sent. The relay verifies signature and program, \
            runs the tests, and switches between two messages; anything wrong leaves the old policy judging, and the \
            status is 1. A bundle (.lzb) is sent as it is.

            Example: lazaret push acme --relay https://relay.acme.example:8025 --organisation acme --key anna.key
            """)

    /// The environment variable that names the key's file, where none is given.
    private static let keyVariable = "LAZARET_KEY"

    @Argument(help: ArgumentHelp("The policy's folder or file, or a compiled bundle.", valueName: "dir|file.lzb"))
    var path: String

    @OptionGroup var relay: RelayOptions

    @Option(help: "The organisation whose mail it is to judge.")
    var organisation: String

    @Option(help: ArgumentHelp("The private key to sign with; LAZARET_KEY names it when left out.", valueName: "file"))
    var key: String?

    @Flag(help: "It judges live mail beside the active policy; nothing is done of what it says.")
    var shadow = false

    @Option(help: ArgumentHelp("What the history says of this version.", valueName: "text"))
    var message: String?

    @Option(help: ArgumentHelp("Who sends it; the token's name when left out.", valueName: "name"))
    var author: String?

    @Option(help: "text for people, json for programs.")
    var format: RelayFormat = .text

    @OptionGroup var modules: ModuleOptions
    @OptionGroup var colors: ColorOptions

    var printsJSON: Bool { format == .json }

    func run() throws {
        let connection = try relay.connection()
        let bundle = try signed(try unsigned())
        let query = RelayAnswers.query([
            ("mode", shadow ? "shadow" : nil), ("author", author), ("message", message),
        ])
        let answer = try connection.post(
            "/api/v1/organisations/\(RelayAnswers.encoded(organisation))/policies\(query)", bundle)
        try OutcomeReport.show(
            try RelayAnswers.value(PolicyOutcome.self, in: answer), format, paint: colors.paint)
    }

    /// The bundle of a policy with its tests, or one that was compiled before.
    private func unsigned() throws(CommandFailure) -> [UInt8] {
        if path.hasSuffix(".lzb") { return try FileOnDisk.read(path) }
        let build = PolicyBuild(try modules.folder(path), patterns: PatternLibrary())
        let text = build.text(coloured: colors.paint.isOn)
        if !text.isEmpty, format == .text { Output.complain(text) }
        guard let bundle = build.bundle else {
            throw CommandFailure(.faulty, "\(path) has errors; nothing was sent", diagnostics: build.objects)
        }
        return try Compile.adding(try Compile.carriedTests(of: build), to: bundle)
    }

    private func signed(_ bundle: [UInt8]) throws -> [UInt8] {
        let path = key ?? ProcessInfo.processInfo.environment[Self.keyVariable]
        do {
            if let path, !path.isEmpty { return try Bundle.sign(bundle, with: try KeyOnDisk.signing(path)) }
            guard try Bundle.signature(of: bundle) == nil else { return bundle }
        } catch let fault as BundleFault {
            throw CommandFailure(.faulty, "\(self.path): \(fault.reason)")
        } catch let fault as KeyFault {
            throw CommandFailure(.environment, fault.reason)
        }
        throw CommandFailure(
            .usage, "there is no key to sign with; name its file (--key) or set \(Self.keyVariable) to it")
    }
}
