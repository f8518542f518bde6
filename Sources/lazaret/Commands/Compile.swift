import ArgumentParser
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

    @OptionGroup var modules: ModuleOptions
    @OptionGroup var colors: ColorOptions

    func run() throws {
        let paint = colors.paint
        let build = PolicyBuild(try modules.folder(path), patterns: PatternLibrary())
        let text = build.text(coloured: paint.isOn)
        if !text.isEmpty { Output.complain(text) }
        guard let bundle = build.bundle else {
            throw CommandFailure(.faulty, "\(path) has errors; no bundle was written")
        }
        try Output.write(bundle, replacing: output)

        let width = build.rules.map(\.name.count).max() ?? 0
        for rule in build.rules {
            let name = rule.name + String(repeating: " ", count: width - rule.name.count)
            Output.standard.line("  \(name)  at most \(Self.grouped(rule.worstCost)) steps")
        }
        Output.standard.line(
            "\(output): \(Count.of(build.rules.count, "rule")), \(ByteCount(Int64(bundle.count)))"
                + (build.worstCost.map { ", at most \(Self.grouped($0)) steps for a message" } ?? ""))
    }

    /// `1,234,567`.
    static func grouped(_ number: Int) -> String {
        var digits = Array(String(number))
        var place = digits.count - 3
        while place > (number < 0 ? 1 : 0) {
            digits.insert(",", at: place)
            place -= 3
        }
        return String(digits)
    }
}
