import Testing
import Vocabulary

@testable import Inspection

@Suite struct MacroTests {
    /// The fact of the first attachment, or of the file that ends so.
    private func macros(_ bytes: [UInt8], named name: String, file: String? = nil) throws -> FactValue {
        let message = InspectedMessage(
            Samples.mail(attachments: [(name, "application/octet-stream", bytes)]), envelope: Envelope(),
            settings: InspectionSettings(), typer: try FileTyper())
        let files = message.elements(of: .files).elements
        let part = try #require(files.first { message.path(ofPart: $0).hasSuffix(file ?? "1.2") })
        return message.value(of: .macros, argument: nil, subject: .part(part))
    }

    private static let yes = FactValue.known(.bool(true))
    private static let no = FactValue.known(.bool(false))

    /// A package with these parts beside its declarations.
    private func package(_ declarations: String, _ parts: String...) -> [UInt8] {
        let main =
            #"<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument."#
            + #"wordprocessingml.document.main+xml"/>"#
        return Samples.zip(
            [("[Content_Types].xml", Array("<Types>\(main)\(declarations)</Types>".utf8))]
                + (["word/document.xml"] + parts).map { ($0, Array("x".utf8)) })
    }

    @Test func packagesTellMacrosByNameOrByDeclaration() throws {
        #expect(try macros(package(""), named: "a.docx") == Self.no)
        #expect(try macros(package("", "word/vbaProject.bin"), named: "a.docx") == Self.yes)
        #expect(try macros(package("", "xl/macrosheets/sheet1.xml"), named: "a.xlsx") == Self.yes)
        let declared = #"<Override PartName="/word/x.bin" ContentType="application/vnd.ms-office.vbaProject"/>"#
        #expect(try macros(package(declared, "word/x.bin"), named: "a.docx") == Self.yes)
        #expect(
            try macros(package(declared, "word/x.bin"), named: "a.docx", file: "[Content_Types].xml") == Self.no)
        let disguised = #"<Override PartName="/word/x.bin" ContentType="application/vnd.ms-office.vba&#80;roject"/>"#
        #expect(try macros(package(disguised, "word/x.bin"), named: "a.docx") == .unknown(.ambiguous))
    }

    @Test func openDocumentsTellMacrosByTheirFolders() throws {
        func document(_ parts: String...) -> [UInt8] {
            Samples.zip(
                [("mimetype", Array("application/vnd.oasis.opendocument.text".utf8))]
                    + parts.map { ($0, Array("x".utf8)) })
        }
        #expect(try macros(document("content.xml"), named: "a.odt") == Self.no)
        #expect(try macros(document("content.xml", "Basic/Standard/Module1.xml"), named: "a.odt") == Self.yes)
        #expect(try macros(document("Scripts/python/a.py"), named: "a.odt") == Self.yes)
    }

    @Test func documentsInOneFileOfMarkUp() throws {
        func word(_ content: String) -> [UInt8] {
            Array(#"<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument \#(content)>"#.utf8)
        }
        #expect(try macros(word(""), named: "a.xml") == Self.no)
        #expect(try macros(word(#"w:macrosPresent="yes""#), named: "a.xml") == Self.yes)
        #expect(try macros(word(#"w:macrosPresent="no""#), named: "a.xml") == Self.no)
        #expect(try macros(word(#"a="pkg:binaryData" b="&#97;""#), named: "a.xml") == .unknown(.ambiguous))
        #expect(try macros(Array("ActiveMime\u{0}\u{0}\u{1}".utf8), named: "editdata.mso") == Self.yes)
        #expect(try macros(Array("ID;PWXL;N;E\r\nO;E\r\nC;Y1;X1\r\nE\r\n".utf8), named: "a.slk") == Self.yes)
        #expect(try macros(Array("ID;PWXL;N;E\r\nC;Y1;X1\r\nE\r\n".utf8), named: "a.slk") == Self.no)
    }

    @Test func whatIsNoDocumentHasNone() throws {
        #expect(try macros(Array("Just words.".utf8), named: "a.txt") == Self.no)
        #expect(try macros(Samples.zip([("vbaProject.bin", [1])]), named: "a.zip") == Self.no)
    }

    @Test func aLockedOrCutDocumentIsUnknown() throws {
        let locked = Samples.zip([("a.docm", Array(repeating: 7, count: 40))], encrypted: true)
        #expect(try macros(locked, named: "l.zip", file: "a.docm") == .unknown(.encryptedArchive))
        let cut = try macros(Array(package("").prefix(260)), named: "a.docx")
        #expect(!cut.missing.isEmpty)
    }

    /// Files of the corpus and whether they have macros; nil where they are locked.
    private static let files: [(path: String, hasMacros: Bool?)] = [
        ("office/oletools/olevba/sample_with_vba.ppt", true),
        ("office/oletools/excel4-macros/excel4_sample_macro_excel5_format.xls", true),
        ("office/oletools/excel4-macros/excel4_sample_macro.xlsb", true),
        ("office/oletools/excel4-macros/excel4_sample_macro.xlsm", true),
        ("office/msoffcrypto/inputs/plain.doc", false), ("office/msoffcrypto/inputs/plain.xls", false),
        ("office/msoffcrypto/inputs/plain.ppt", false), ("office/msoffcrypto/outputs/example.docx", false),
        ("office/msoffcrypto/outputs/example.xlsx", false), ("office/oletools/msodde/harmless-clean.doc", false),
        ("office/oletools/ooxml/harmless-clean-2003.xml", false),
        ("office/oletools/encrypted/encrypted.docm", nil), ("office/oletools/encrypted/encrypted.ppt", nil),
        ("office/msoffcrypto/inputs/rc4cryptoapi_password.xls", nil),
    ]

    @Test(.enabled(if: Corpus.isThere), arguments: files)
    func realDocuments(path: String, hasMacros: Bool?) throws {
        let value = try macros(Corpus.bytes(path), named: path.split(separator: "/").last.map(String.init) ?? path)
        if let hasMacros {
            #expect(value == .known(.bool(hasMacros)))
        } else {
            #expect(value == .unknown(.encryptedOffice))
        }
    }

    /// No prefix, and no byte changed, makes a document with macros one that surely has none.
    @Test(.enabled(if: Corpus.isThere), arguments: Self.files.filter { $0.hasMacros == true }.map(\.path))
    func aBrokenDocumentIsNeverSurelyClean(path: String) throws {
        let bytes = Corpus.bytes(path)
        for length in stride(from: 600, to: bytes.count, by: max(600, bytes.count / 12)) {
            let value = try macros(Array(bytes.prefix(length)), named: "cut.bin")
            #expect(value != Self.no, "the first \(length) bytes")
        }
    }
}
