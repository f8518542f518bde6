import ArgumentParser
import Lexical
import PolicyTesting

struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Check policies and show what is wrong with them.",
        discussion: """
            A folder is one policy of all its .lazaret files; a folder of policies checks each.

            Example: lazaret check my-policy
            """)

    @Argument(help: ArgumentHelp("Policy folders or files.", valueName: "path"))
    var paths: [String]

    @Option(help: "text for people, json for programs.")
    var format: TextOrJSON = .text

    @OptionGroup var modules: ModuleOptions
    @OptionGroup var colors: ColorOptions

    func run() throws {
        let paint = colors.paint
        var objects: [String] = []
        var errors = 0
        for path in paths {
            for policy in try Self.policies(at: path) {
                let build = PolicyBuild(try modules.folder(policy), patterns: PatternLibrary())
                errors += build.errors
                switch format {
                case .json: objects += build.objects
                case .text:
                    let text = build.text(coloured: paint.isOn)
                    if !text.isEmpty { Output.standard.line(text) }
                    Output.standard.line(Self.summary(build, of: policy, paint))
                }
            }
        }
        if format == .json { Output.standard.line("[" + objects.joined(separator: ",\n ") + "]") }
        if errors > 0 { throw CommandFailure(.faulty) }
    }

    static func policies(at path: String) throws(CommandFailure) -> [String] {
        do throws(FileFault) {
            return try PolicyFolder.policies(at: path)
        } catch {
            throw CommandFailure(error, status: .faulty)
        }
    }

    private static func summary(_ build: PolicyBuild, of policy: String, _ paint: Paint) -> String {
        var counts: [String] = []
        if build.errors > 0 { counts.append(paint(Count.of(build.errors, "error"), .red)) }
        if build.warnings > 0 { counts.append(paint(Count.of(build.warnings, "warning"), .yellow)) }
        if build.errors == 0 { counts.append(paint("good", .green)) }
        return "\(policy): \(counts.joined(separator: ", ")) (\(Count.of(build.summary?.rules.count ?? 0, "rule")), "
            + "\(Count.of(build.tests.count, "test")))"
    }
}

/// Numbers with their nouns.
enum Count {
    static func of(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
}
