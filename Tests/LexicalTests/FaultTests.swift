import Lexical
import Testing
import Vocabulary

@Suite("What is no pattern")
struct FaultTests {
    private let library = PatternLibrary()

    private func judge(_ source: String, ignoresCase: Bool = false) -> PatternFault? {
        library.fault(of: TextPattern(.regex, Text(source), ignoresCase: ignoresCase))
    }

    @Test(
        "Regular expressions of the regular subset are good",
        arguments: [
            #"\b\d{13,16}\b"#, "projet[ -]x", "(?i)abc", "(?s:a.b)", "(?x) a b  # comment", #"(?<name>a)|b"#,
            #"[[:alpha:]]+@"#, #"\p{Lu}\P{L}x"#, #"[^\]a-z]"#, "[]a]", "[^]a]", "a{2,3}?", "a{,3}", "a{x}", #"\Qa.b\E"#,
            #"\x{202e}"#, #"\x41"#, #"\o{101}"#, #"\N{U+41}"#, #"\0101"#, #"a\Rb"#, "(?#comment)a", "a(?-i)b",
            "(?i-s)a",
            #"(?:a|b)c"#, #"(?P<n>a)"#, "(?'n'a)", "^abc$", #"\Aabc\z"#, #"[\d\-x]"#, #"[\Qa]\E]"#, "é+", "a(?i)b|c",
            #"\cA"#, #"\e"#, "x{1000}", #"\N\h\H\v\V"#, "(a+)+$", #"\$\("#, #"[a\]b]"#, "()a",
        ])
    func good(_ source: String) {
        #expect(judge(source) == nil)
    }

    @Test(
        "What only a backtracking matcher understands is refused where it stands",
        arguments: [
            ("a(?=b)", "look-around", 1), ("a(?!b)", "look-around", 1), ("(?<=a)b", "look-around", 0),
            ("(?<!a)b", "look-around", 0), ("(?*a)b", "look-around", 0), ("(?<*a)b", "look-around", 0),
            (#"(a)\1"#, "back-reference", 3), (#"(a)\k<1>"#, "back-reference", 3), (#"(a)\g1"#, "back-reference", 3),
            ("(?<n>a)(?P=n)", "back-reference", 7), ("a++", "possessive", 2), ("a*+b", "possessive", 2),
            ("a{2}+", "possessive", 4), ("(?x)a+ +", "possessive", 7), ("(?>a)", "atomic", 0),
            ("a(?R)?", "recursion", 1), ("(a)(?1)", "recursion", 3), ("(a)(?-1)", "recursion", 3),
            ("(?<n>a)(?&n)", "recursion", 7), ("(?<n>a)(?P>n)", "recursion", 7), (#"a\Kb"#, #"\K"#, 1),
            ("(a)?(?(1)b)", "conditional", 4), ("a(?C1)", "callout", 1), ("(*UTF)a", "verb", 0),
            ("a(*FAIL)", "verb", 1),
            ("(*atomic:a)", "verb", 0), (#"a\C"#, #"\C"#, 1), (#"\Ga"#, #"\G"#, 0), (#"a\X"#, #"\X"#, 1),
            ("a{1001}", "1000", 1), ("a{1,99999999999999999999}", "1000", 1), ("(?U)a+", "options", 2),
            ("(?^:a)", "options", 2), ("(?xx)a", "xx", 2), ("(?|(a)|(b))", "alternatives", 0),
        ])
    func refused(_ source: String, _ word: String, _ offset: Int) throws {
        let fault = try #require(judge(source))
        #expect(fault.message.contains(word))
        #expect(fault.offset == offset)
    }

    @Test("Nothing hides a refused construct, and nothing harmless looks like one")
    func quoting() {
        #expect(judge(#"\Q(?=\E"#) == nil)
        #expect(judge(#"[(?=a)]"#) == nil)
        #expect(judge(#"\\(?=a)"#)?.offset == 2)
        #expect(judge(#"\Q\\E(?=a)"#)?.offset == 5)
        #expect(judge("(?x)# (?=a)\nb") == nil)
        #expect(judge("[a](?=b)")?.offset == 3)
        #expect(judge("[]](?=b)")?.offset == 3)
        #expect(judge(#"[\]](?=b)"#)?.offset == 4)
        #expect(judge("[[:alpha:]](?=b)")?.offset == 11)
        #expect(judge(#"[\E^](?=b)"#) != nil)
    }

    @Test(
        "A malformed expression has PCRE2's words and place",
        arguments: [("a(b", 3), ("a)", 1), ("[a", 2), ("*a", 0), (#"a\"#, 2), (#"\p{Nonsense}"#, 12), ("[z-a]", 3)])
    func malformed(_ source: String, _ offset: Int) throws {
        let fault = try #require(judge(source))
        #expect(fault.offset == offset)
        #expect(!fault.message.isEmpty)
    }

    @Test(
        "A pattern that would match everywhere is refused",
        arguments: ["a*", "(a|)", "^", "$", #"\b"#, "(?i)", "a?b*", "(?#c)"])
    func empty(_ source: String) {
        #expect(judge(source) != nil)
    }

    @Test(
        "Literals, words and phrases have something in them",
        arguments: [TextPattern.Kind.literal, .exact, .word, .phrase])
    func emptyLiteral(_ kind: TextPattern.Kind) {
        #expect(library.fault(of: TextPattern(kind, "")) != nil)
        #expect(library.fault(of: TextPattern(kind, "a b")) == nil)
        let isBounded = kind == .word || kind == .phrase
        #expect(library.fault(of: TextPattern(kind, Text(utf8: [0x61, 0xff])))?.offset == (isBounded ? 1 : nil))
        #expect((library.fault(of: TextPattern(kind, " \u{3000}")) != nil) == isBounded)
    }

    @Test("A set with a fault makes no scanner")
    func noScanner() {
        #expect(throws: PatternFault.self) { try library.makeScanner([TextPattern(.regex, "(?=a)")]) }
        #expect(throws: PatternFault.self) { try library.makeScanner([TextPattern(.literal, "")]) }
    }

    @Test("Long and deep patterns are refused")
    func bounds() {
        #expect(judge(String(repeating: "a", count: 5_000)) != nil)
        #expect(judge(String(repeating: "(", count: 200) + "a" + String(repeating: ")", count: 200)) != nil)
    }
}
