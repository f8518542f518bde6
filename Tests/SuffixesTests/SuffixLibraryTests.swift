import Foundation
import Suffixes
import Testing
import Vocabulary

/// Registrable domains by a small list, by the system's, and by bytes that are none.
@Suite struct SuffixLibraryTests {
    private static let file = """
        // VERSION: 2026-01-01
        // ===BEGIN ICANN DOMAINS===
        uk
        co.uk
        *.ck
        !www.ck
        jp
        *.kawasaki.jp
        !city.kawasaki.jp
        cn
        xn--55qx5d.cn   // company
        // ===BEGIN PRIVATE DOMAINS===
        github.io
        """

    private func suffixes() throws -> any PublicSuffixes {
        try SuffixLibrary().read(PublicSuffixList(parsing: Array(Self.file.utf8)))
    }

    @Test(arguments: [
        ("mail.acme.co.uk", "acme.co.uk"), ("acme.co.uk", "acme.co.uk"), ("ACME.co.UK.", "acme.co.uk"),
        ("co.uk", nil), ("uk", nil), ("", nil), ("acme.example", "acme.example"), ("localhost", nil),
        ("a.b.c.ck", "b.c.ck"), ("b.ck", nil), ("x.www.ck", "www.ck"), ("q.city.kawasaki.jp", "city.kawasaki.jp"),
        ("a.b.公司.cn", "b.公司.cn"), ("a.b.xn--55qx5d.cn", "b.公司.cn"), ("公司.cn", nil),
        ("me.github.io", "me.github.io"), ("github.io", nil),
        ("192.0.2.7", nil), ("[2001:db8::7]", nil), ("a..co.uk", nil), (".co.uk", nil), ("evil.co.uk\0.x", nil),
        (String(repeating: "a.", count: 600) + "co.uk", nil),
    ])
    func tellsWhatWasRegistered(domain: String, registrable: String?) throws {
        #expect(try suffixes().registrable(of: Domain(domain))?.name.string == registrable)
    }

    @Test func aListIsTheSameWhateverItsOrderAndRemarks() throws {
        let list = try PublicSuffixList(parsing: Array("b.example\n// x\n\na.example  // y\nb.example\n".utf8))
        #expect(String(decoding: list.rules, as: UTF8.self) == "a.example\nb.example\n")
        #expect(list.count == 2)
        #expect(try PublicSuffixList(version: "", rules: list.rules) == list)
        #expect(try PublicSuffixList(parsing: Array(Self.file.utf8)).version == "2026-01-01")
    }

    @Test(arguments: [
        "", "a.example", "b\na\n", "a\na\n", "a\n\n", "A\n", ".DAFSA@PSL_0\n", "a b\n", "!\n", "*.\n", "a*\n", "a..b\n",
        "// x\n", String(repeating: "a", count: PublicSuffixLimits.ruleBytes + 1) + "\n",
    ])
    func whatIsNoListInOrderNeverReachesTheLibrary(rules: String) {
        #expect(throws: PublicSuffixFault.self) { try PublicSuffixList(version: "", rules: Array(rules.utf8)) }
    }

    @Test func listsAndRulesHaveAGreatestLength() throws {
        let rule = String(repeating: "a", count: PublicSuffixLimits.ruleBytes) + "\n"
        _ = try PublicSuffixList(version: "", rules: Array(rule.utf8))
        // A comment is none of the rules that a list comes down to, and counts all the same.
        let comment = "//" + String(repeating: "x", count: PublicSuffixLimits.bytes - 5) + "\na\n"
        _ = try PublicSuffixList(parsing: Array(comment.utf8))
        #expect(throws: PublicSuffixFault.self) { try PublicSuffixList(parsing: Array(("/" + comment).utf8)) }
    }

    @Test func bytesThatAreNoTextAreNoList() {
        #expect(throws: PublicSuffixFault.self) { try PublicSuffixList(version: "", rules: [0xFF, 0x0A]) }
        #expect(throws: PublicSuffixFault.self) { try PublicSuffixList(parsing: Array(".DAFSA@PSL_0 x".utf8)) }
        #expect(throws: PublicSuffixFault(line: 2)) { try PublicSuffixList(parsing: Array("uk\nco..uk".utf8)) }
    }

    private static let system = "/usr/share/publicsuffix/public_suffix_list.dat"

    @Test(.enabled(if: FileManager.default.fileExists(atPath: system)))
    func theSystemsListIsRead() throws {
        let list = try PublicSuffixList(parsing: Array(FileManager.default.contents(atPath: Self.system) ?? Data()))
        #expect(list.count > 5_000)
        let suffixes = try SuffixLibrary().read(list)
        #expect(suffixes.registrable(of: Domain("www.bbc.co.uk")) == Domain("bbc.co.uk"))
        #expect(suffixes.registrable(of: Domain("co.uk")) == nil)
    }
}
