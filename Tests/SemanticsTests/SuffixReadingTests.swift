import Semantics
import Testing

/// The list of public suffixes is read only for policies that can need it.
@Suite struct SuffixReadingTests {
    private final class Sources: PolicySources {
        let text: String
        private(set) var readings = 0

        init(_ text: String) { self.text = text }

        var policyFiles: [PolicyFile] { [PolicyFile(path: "policy.lazaret", bytes: Array(text.utf8))] }
        var moduleNames: [String] { ["m"] }
        var publicSuffixes: [UInt8]? {
            readings += 1
            return Array("example\n".utf8)
        }

        func module(_ path: [String]) -> PolicyFile? {
            PolicyFile(
                path: "m.lazaret",
                bytes: Array("define own = from.domain.registrable is \"acme.example\"".utf8))
        }

        func list(_ path: String, namedIn file: PolicyFile, atMost most: Int) throws(ListFault) -> [UInt8] {
            throw .missing
        }
    }

    @Test(arguments: [
        ("policy p { edition 1 }", 0),
        ("policy p { edition 1 } define own = from.domain is \"acme.example\"", 0),
        ("policy p { edition 1 } define own = from.domain.registrable is \"acme.example\"", 1),
        ("policy p { edition 1 } import m", 1),
    ])
    func isReadWhereItIsAskedFor(text: String, readings: Int) {
        let sources = Sources(text)
        let loaded = PolicyLoader.load(sources)
        #expect(sources.readings == readings)
        #expect((loaded.publicSuffixes != nil) == (readings > 0))
    }
}
