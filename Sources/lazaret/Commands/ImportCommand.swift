import ArgumentParser
import Compiler
import Diagnostics
import Foundation
import Lexical
import PolicyTesting
import SieveImport
import Suffixes
import Syntax

struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Make a policy of another tool's rules.", subcommands: [ImportSieve.self])
}

struct ImportSieve: ParsableCommand, PrintsJSON {
    static let configuration = CommandConfiguration(
        commandName: "sieve", abstract: "Make a policy of a Sieve script.",
        discussion: """
            Translated are tests, comparators, match types, relations, envelope, body and MIME tests, and the actions \
            reject, discard, redirect, fileinto, addheader, deleteheader and notify. What order does in Sieve is \
            written out as excuses. What has no meaning in a policy is listed with its line, on standard error and at \
            the policy's end; with --strict that gives status 1.

            Example: lazaret import sieve global.sieve -o policy.lazaret
            """)

    @ArgumentParser.Argument(help: ArgumentHelp("A Sieve script, or - for standard input.", valueName: "file"))
    var script: String

    @Option(name: .shortAndLong, help: ArgumentHelp("Where to write the policy.", valueName: "file"))
    var output: String?

    @Option(help: "The policy's name; that of the script when left out.")
    var name: String?

    @Option(help: ArgumentHelp("The administrator of the policy's header.", valueName: "address"))
    var admin = "postmaster@example.org"

    @Option(help: "text: the policy; json: one object with policy, rules and untranslated.")
    var format: TextOrJSON = .text

    @Flag(help: "End with status 1 if something could not be translated.")
    var strict = false

    mutating func validate() throws {
        guard DomainSyntax.address(admin) != nil else {
            throw ValidationError("\(admin) is not a mail address such as postmaster@acme.example")
        }
    }

    var printsJSON: Bool { format == .json && output == nil }

    func run() throws {
        let bytes =
            script == "-" ? Array(FileHandle.standardInput.readDataToEndOfFile()) : try FileOnDisk.read(script)
        let imported: ImportedPolicy
        do throws(SieveFault) {
            imported = try ImportedPolicy(
                bytes, name: name ?? stem, administrator: admin, canBeName: LanguageWords.canBeName,
                isAddress: { DomainSyntax.address($0) != nil }, refusals: Self.refusals)
        } catch {
            throw CommandFailure(.faulty, "\(script):\(error.line): \(error.reason)")
        }
        let policy = canonical(imported.policy)
        let result = format == .json ? object(imported, policy) + "\n" : policy
        if let output {
            try Output.write(Array(result.utf8), replacing: output)
        } else {
            Output.standard.write(Array(result.utf8))
        }
        if format == .text { tell(imported) }
        if strict, !imported.remarks.isEmpty { throw CommandFailure(.faulty) }
    }

    /// What the compiler says against a policy.
    private static func refusals(_ policy: String) -> [ImportedPolicy.Refusal] {
        let compiler = PolicyCompiler(patterns: PatternLibrary(), suffixes: SuffixLibrary())
        let result = compiler.check(PolicyInMemory(policy))
        return result.diagnostics.filter { $0.severity == .error }.map { diagnostic in
            let line = result.sources[diagnostic.primary.span.file]?.lineIndex(of: diagnostic.primary.span.start)
            return ImportedPolicy.Refusal(line: (line ?? 0) + 1, reason: diagnostic.message)
        }
    }

    /// The script's name without folder and ending.
    private var stem: String {
        script == "-" ? "imported" : URL(fileURLWithPath: script).deletingPathExtension().lastPathComponent
    }

    private func canonical(_ text: String) -> String {
        guard case .formatted(let bytes) = PolicyFormatter.format(SourceFile(path: "", text: text)) else { return text }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func tell(_ imported: ImportedPolicy) {
        for remark in imported.remarks {
            Output.complain("\(script):\(remark.line): not translated: \(remark.what): \(remark.why)")
        }
        Output.complain(
            "\(Shown.count(imported.ruleCount, "rule")), \(Shown.count(imported.remarks.count, "thing")) not translated"
        )
    }

    private func object(_ imported: ImportedPolicy, _ policy: String) -> String {
        let remarks = imported.remarks.map {
            "{\"line\": \($0.line), \"what\": \(JSONText.quoted($0.what)), \"why\": \(JSONText.quoted($0.why))}"
        }
        return "{\"policy\": \(JSONText.quoted(policy)), \"rules\": \(imported.ruleCount), "
            + "\"untranslated\": [\(remarks.joined(separator: ", "))]}"
    }
}
