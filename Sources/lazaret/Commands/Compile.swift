import ArgumentParser
import Bytecode
import Cryptography
import Lexical
import PolicyTesting
import Vocabulary

struct Compile: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compile", abstract: "Compile a policy into a bundle.",
        discussion: """
            The same sources give the same bytes on any machine. A policy with errors leaves the bundle as it was.

            Example: lazaret compile my-policy -o my-policy.lzb
            """)

    @Argument(help: ArgumentHelp("The policy's folder or file.", valueName: "dir"))
    var path: String

    @Option(name: [.short, .long], help: ArgumentHelp("The bundle to write.", valueName: "file.lzb"))
    var output: String

    @Option(help: ArgumentHelp("Sign the bundle with this private key.", valueName: "key"))
    var sign: String?

    @Flag(help: "Put the policy's tests into the bundle, with their mails: a relay runs them before it takes it.")
    var withTests = false

    @OptionGroup var modules: ModuleOptions
    @OptionGroup var colors: ColorOptions

    func run() throws {
        let paint = colors.paint
        let key = try sign.map { path throws(CommandFailure) in try KeyOnDisk.signing(path) }
        let build = PolicyBuild(try modules.folder(path), patterns: PatternLibrary())
        let text = build.text(coloured: paint.isOn)
        if !text.isEmpty { Output.complain(text) }
        guard var bundle = build.bundle, let summary = build.summary else {
            throw CommandFailure(.faulty, "\(path) has errors; no bundle was written")
        }
        let tests = withTests ? try Self.carriedTests(of: build) : CarriedTests()
        if withTests { bundle = try Self.adding(tests, to: bundle) }
        if let key { bundle = try Bundle.sign(bundle, with: key) }
        try Output.write(bundle, replacing: output)

        let width = summary.rules.map(\.name.count).max() ?? 0
        for rule in summary.rules {
            let name = rule.name + String(repeating: " ", count: width - rule.name.count)
            let each = rule.isForEachRecipient ? " for each recipient" : ""
            Output.standard.line("  \(name)  at most \(Self.grouped(rule.cost)) steps\(each)")
        }
        for source in try Self.unaccelerated(bundle) {
            Output.standard.line("  /\(source)/ is too large for the scan of all expressions: it is run over each text")
        }
        Output.standard.line(
            "\(output): \(Shown.count(summary.rules.count, "rule")), \(ByteCount(Int64(bundle.count))), "
                + "at most \(Self.grouped(summary.worstCaseCost)) steps for a message")
        if withTests { Output.standard.line("  carries \(Shown.count(tests.tests.count, "test"))") }
        if let key { Output.standard.line("  signed with the key \(key.verifying.id)") }
    }

    /// - Throws: `CommandFailure` when a mail cannot be read.
    static func carriedTests(of build: PolicyBuild) throws(CommandFailure) -> CarriedTests {
        do throws(FileFault) {
            return try build.carriedTests()
        } catch {
            throw CommandFailure(error, status: .faulty)
        }
    }

    /// - Throws: `CommandFailure` when the tests are more than a bundle carries.
    static func adding(_ tests: CarriedTests, to bundle: [UInt8]) throws(CommandFailure) -> [UInt8] {
        do throws(BundleFault) {
            return try Bundle.adding(tests, to: bundle)
        } catch {
            throw CommandFailure(.faulty, "the tests cannot be put into the bundle: \(error.reason)")
        }
    }

    /// The expressions that PCRE2 runs over every text, whatever the scan of all says.
    private static func unaccelerated(_ bundle: [UInt8]) throws -> [String] {
        var sources: Set<String> = []
        for group in try Bundle.read(bundle).patternGroups {
            let expressions = group.patterns.filter { $0.kind == .regex }
            for index in try PatternLibrary().unaccelerated(expressions) {
                sources.insert(expressions[index].source.string)
            }
        }
        return sources.sorted()
    }

    /// `1,234,567`.
    private static func grouped(_ number: UInt64) -> String {
        var text = ""
        for (index, digit) in String(number).reversed().enumerated() {
            if index > 0, index % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return String(text.reversed())
    }
}
