import Diagnostics
import Foundation
import Semantics
import TestSupport
import Testing

/// One wrong token in a good policy is told by at most two diagnostics, wherever it is, never by a list of what follows
/// from it.
@Suite struct TokenMutationTests {
    /// A policy of the repository with one file changed.
    private struct Changed: PolicySources {
        let folder: HousePolicyTests.Folder
        let path: String
        let text: String
        /// Whether the file is the whole policy; any list it names is there.
        var isAlone = false

        var policyFiles: [PolicyFile] {
            if isAlone { return [PolicyFile(path: path, bytes: Array(text.utf8))] }
            return folder.policyFiles.map { $0.path == path ? PolicyFile(path: path, bytes: Array(text.utf8)) : $0 }
        }
        var moduleNames: [String] { folder.moduleNames }
        var publicSuffixes: [UInt8]? { folder.publicSuffixes }
        func module(_ path: [String]) -> PolicyFile? {
            let file = path.joined(separator: "/") + ".lazaret"
            return file == self.path ? PolicyFile(path: file, bytes: Array(text.utf8)) : folder.module(path)
        }
        func list(_ path: String, namedIn file: PolicyFile, atMost most: Int) throws(ListFault) -> [UInt8] {
            isAlone ? Array("*@partner.example\n".utf8) : try folder.list(path, namedIn: file, atMost: most)
        }
    }

    /// The files of the policies, each with its folder; the standard modules with the folder that tests them.
    static let files: [(folder: String, file: PolicyCorpus.File)] = PolicyCorpus.policies.compactMap { file in
        let path = file.path.dropFirst("Policies/".count)
        let folder = path.split(separator: "/").dropLast().joined(separator: "/")
        if HousePolicyTests.folders.contains(folder) { return (folder, file) }
        let name = path.split(separator: "/").last?.dropLast(".lazaret".count) ?? ""
        let tests = "\(folder)/tests/\(name)"
        return HousePolicyTests.folders.contains(tests) ? (tests, file) : nil
    }

    /// How many diagnostics a mutation has, and which.
    private func diagnostics(_ folder: String, _ file: PolicyCorpus.File, _ text: String) -> [Diagnostic] {
        let policy = Changed(
            folder: HousePolicyTests.Folder(name: folder), path: String(file.path.dropFirst("Policies/".count)),
            text: text)
        return Checker(patterns: StubPatternChecker(), suffixes: StubSuffixes()).check(policy).diagnostics
    }

    /// Three faults of a rule are three; where its syntax is broken, two are told, those of syntax first.
    @Test func aBrokenDeclarationTellsTwo() {
        func codes(_ clause: String, most: Int = SemanticsLimits().faultsOfBrokenDeclaration) -> [Int] {
            var limits = SemanticsLimits()
            limits.faultsOfBrokenDeclaration = most
            let rule = "rule a { \(clause) when subject > 2 and tls is 5 and virus contains \"x\" then defer }"
            return check("policy acme { edition 1 }\n\(rule)\nrule b { when subject > 2 then defer }", limits: limits)
                .diagnostics.map(\.code.number)
        }
        #expect(codes("").count == 4)
        #expect(codes("on 5").count == 3)
        #expect(codes("on 5").first.map { $0 < 100 } == true)
        #expect(codes("on 5", most: 3).count == 4)
    }

    private func faults(_ text: String) -> [Int] {
        check("policy acme { edition 1 }\n\(text)").diagnostics.map(\.code.number)
    }

    /// Names behind a module that was not found are not told, those behind a module that nobody imports once.
    @Test func namesOfAnUnknownModuleAreOneMistake() {
        let rules = """
            rule a { when viruses.found and viruses.other then defer }
            rule b { when viruses.third then defer }
            exempt c from viruses.d { when authenticated }

            """
        #expect(faults(rules).count == 1)
        #expect(faults("import wibble\n" + rules).count == 1)
        #expect(faults("import wibble as viruses\n" + rules).count == 1)
        // Facts are in no module: two that are misspelt are two mistakes.
        #expect(faults("rule a { when sender.wibble exists or sender.wobble exists then defer }").count == 2)
    }

    /// What was read of a declaration whose syntax is broken is not held against its uses.
    @Test func usesOfABrokenDeclarationAreSilent() {
        let uses = "rule a { when big then defer }\nrule b { when any file where (big) or big then defer }"
        for broken in ["define big 5 for file = size > 5 MB", "define big for 5 = size > 5 MB"] {
            let found = faults("\(broken)\n\(uses)")
            #expect(!found.isEmpty && found.allSatisfy { $0 < 100 }, "\(found)")
        }
        let setting = "setting most take one {\n    otherwise 20 MB\n    wibble 5\n}\n"
        let found = faults(setting + "rule a { when subject is most then defer }")
        #expect(!found.isEmpty && found.allSatisfy { $0 < 100 }, "\(found)")
    }

    /// Declarations that could not be read at all are no part of the one before them.
    @Test func brokenDeclarationsInARowAreAllTold() {
        let broken = String(repeating: "group 5 { \"a@b.example\" }\n", count: 4)
        let faulty = "rule a { when subject > 2 and tls is 5 and virus contains \"x\" then defer }\n"
        #expect(faults(faulty).count == 3)
        #expect(faults(faulty + broken).count == 7)
    }

    @Test func thereAreFiles() { #expect(Self.files.count > 20) }

    @Test(arguments: files.indices)
    func oneTokenTwoDiagnostics(_ number: Int) {
        let (folder, file) = Self.files[number]
        let mutations = TokenMutations(of: file.text)
        var worst: [String] = []
        for chosen in MutationShare.numbers(below: mutations.count, oneIn: 600, seed: UInt64(number)) {
            let mutation = mutations[chosen]
            let found = diagnostics(folder, file, mutation.text)
            guard found.count > 2 else { continue }
            let told = found.map { "\($0.code.id) \($0.message)" }.joined(separator: "; ")
            worst.append("\(found.count) \(mutation): \(told)")
        }
        #expect(worst.isEmpty, "\(file.path): \(worst.count)\n\(worst.prefix(40).joined(separator: "\n"))")
    }

    /// The same of the language page's examples, but for what is said of the example as it stands: some declare what
    /// they do not use.
    @Test(arguments: PolicyCorpus.examples.indices)
    func examples(_ number: Int) {
        let file = PolicyCorpus.examples[number]
        func told(_ text: String) -> [String] {
            let policy = Changed(
                folder: HousePolicyTests.Folder(name: ""), path: "page.lazaret", text: text, isAlone: true)
            return Checker(patterns: StubPatternChecker(), suffixes: StubSuffixes()).check(policy).diagnostics
                .map(\.message)
        }
        let known = Set(told(file.text))
        let mutations = TokenMutations(of: file.text)
        var worst: [String] = []
        for chosen in MutationShare.numbers(below: mutations.count, oneIn: 60, seed: UInt64(number)) {
            let mutation = mutations[chosen]
            let found = told(mutation.text).filter { !known.contains($0) }
            if found.count > 2 { worst.append("\(found.count) \(mutation): \(found)") }
        }
        #expect(worst.isEmpty, "\(file.path): \(worst.count)\n\(worst.prefix(40).joined(separator: "\n"))")
    }
}
