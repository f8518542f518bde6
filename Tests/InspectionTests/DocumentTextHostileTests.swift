import Inspection
import Testing
import Vocabulary

/// Documents cut and with bytes changed: they yield texts or reasons, never a crash, and never a silent nothing.
@Suite struct DocumentTextHostileTests {
    private static let samples: [(String, [UInt8])] = [
        ("a.docx", DocumentTextTests.word("<w:p><w:r><w:t>word</w:t></w:r></w:p>")),
        (
            "a.rtf",
            Array(#"{\rtf1\ansicpg1251{\fonttbl{\f0\fcharset128 A;}}\f0 \'83\u1088?{\*\x y}\bin2 ab word\par}"#.utf8)
        ),
        ("a.pdf", DocumentTextTests.pdf("BT /F 12 Tf 20 200 Td (word) Tj ET")),
    ]

    @Test(arguments: 0..<3)
    func cutAtEveryOffset(_ number: Int) throws {
        let (name, bytes) = Self.samples[number]
        for end in 8..<bytes.count {
            let value = try DocumentTextTests.value(name, Array(bytes[..<end]))
            // What is cut is told, or the file is read as what is left of it.
            if value.values.isEmpty, name == "a.rtf" { #expect(value.missing != [], "cut at \(end)") }
        }
    }

    @Test(arguments: 0..<3)
    func changedBytes(_ number: Int) throws {
        let (name, bytes) = Self.samples[number]
        var state: UInt64 = 88_172_645_463_325_252
        for place in stride(from: 5, to: bytes.count, by: 2) {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            var changed = bytes
            changed[place] = UInt8(truncatingIfNeeded: state)
            _ = try DocumentTextTests.value(name, changed)
        }
    }

    @Test(
        .enabled(if: Corpus.isThere),
        arguments: [
            ("office/oletools/msodde/harmless-clean.doc", "Test\nThis is a harmless test document."),
            ("office/msoffcrypto/outputs/example.docx", "Lorem ipsum"),
            ("office/msoffcrypto/outputs/example.xlsx", "lorem\nipsum"),
            (
                "office/oletools/oleobj/embedded-simple-2007.pptx",
                "Embedded Objects\nThis slide contains an embedded object"
            ),
            ("office/msoffcrypto/outputs/rc4cryptoapi_password_plain.doc", "lorem ipsum"),
            ("office/qpdf/qpdf/form-filled-by-acrobat.pdf", "Where’s my form?\nText Field\nOther stuff."),
        ])
    func realDocumentsHaveTheirText(path: String, expected: String) throws {
        let value = try DocumentTextTests.value("x", Corpus.bytes(path))
        let text = value.values.compactMap { $0.searchableText?.string }.joined(separator: "|")
        #expect(value.missing == [])
        #expect(text.hasPrefix(expected))
    }
}
