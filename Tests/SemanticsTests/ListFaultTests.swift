import Semantics
import Testing

/// A list that cannot be had is told with the reason, and the policy does not compile.
@Suite struct ListFaultTests {
    private struct Sources: PolicySources {
        let fault: ListFault

        var policyFiles: [PolicyFile] {
            let text = """
                policy p { edition 1 }
                uninspectable { if unknown then defer }
                group g from file "g.txt"
                rule r { when from in g then defer }
                """
            return [PolicyFile(path: "policy.lazaret", bytes: Array(text.utf8))]
        }
        var moduleNames: [String] { [] }

        func module(_ path: [String]) -> PolicyFile? { nil }

        func list(_ path: String, namedIn file: PolicyFile, atMost most: Int) throws(ListFault) -> [UInt8] {
            #expect(most == SemanticsLimits().listBytes)
            throw fault
        }
    }

    @Test(arguments: [
        (ListFault.missing, 305, "there is no file `g.txt`"),
        (.unreadable("Permission denied"), 305, "note: Permission denied"),
        (.tooLarge, 307, "a list holds at most 67108864 bytes"),
    ])
    func theReasonIsTold(_ fault: ListFault, _ code: Int, _ words: String) throws {
        let result = Checker(patterns: StubPatternChecker()).check(Sources(fault: fault))
        #expect(result.policy == nil)
        #expect(result.diagnostics.map(\.code.number) == [code])
        #expect(rendered(result).contains(words), "\(rendered(result))")
    }
}
