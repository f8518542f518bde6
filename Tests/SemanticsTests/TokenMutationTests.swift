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
        func list(_ path: String, namedIn file: PolicyFile) -> [UInt8]? {
            isAlone ? Array("*@partner.example\n".utf8) : folder.list(path, namedIn: file)
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

    /// The same of the language page's examples.
    @Test(arguments: PolicyCorpus.examples.indices)
    func examples(_ number: Int) {
        let file = PolicyCorpus.examples[number]
        let mutations = TokenMutations(of: file.text)
        var worst: [String] = []
        for chosen in MutationShare.numbers(below: mutations.count, oneIn: 60, seed: UInt64(number)) {
            let mutation = mutations[chosen]
            let policy = Changed(
                folder: HousePolicyTests.Folder(name: ""), path: "page.lazaret", text: mutation.text, isAlone: true)
            let found = Checker(patterns: StubPatternChecker(), suffixes: StubSuffixes()).check(policy).diagnostics
            if found.count > 2 { worst.append("\(found.count) \(mutation): \(found.map(\.message))") }
        }
        #expect(worst.isEmpty, "\(file.path): \(worst.count)\n\(worst.prefix(40).joined(separator: "\n"))")
    }
}
