import Inspection
import Testing
import Vocabulary

/// Texts of documents, read through the facts of a message, as a policy sees them.
@Suite struct DocumentTextTests {
    static func value(_ name: String, _ bytes: [UInt8]) throws -> FactValue {
        let mail = Samples.mail(attachments: [(name, "application/octet-stream", bytes)])
        let message = InspectedMessage(
            mail, envelope: Envelope(), settings: InspectionSettings(), typer: try FileTyper())
        let part = try #require(message.elements(of: .attachments).elements.first)
        return message.value(of: .text, argument: nil, subject: .part(part))
    }

    private func text(_ name: String, _ bytes: [UInt8]) throws -> String {
        try Self.value(name, bytes).values.compactMap { $0.searchableText?.string }.joined(separator: "|")
    }

    static func word(_ body: String, prologue: String = "", styles: String = "") -> [UInt8] {
        let parts =
            styles.isEmpty ? [] : [("word/styles.xml", Array("<w:styles xmlns:w=\"w\">\(styles)</w:styles>".utf8))]
        return Samples.zip(
            parts + [
                (
                    "[Content_Types].xml",
                    Array(
                        """
                        <?xml version="1.0"?><Types><Override PartName="/word/document.xml" ContentType="application/vnd.\
                        openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>
                        """.utf8)
                ),
                (
                    "word/document.xml",
                    Array(
                        """
                        <?xml version="1.0"?>\(prologue)<w:document xmlns:w="w"><w:body>\(body)</w:body></w:document>
                        """.utf8)
                ),
            ])
    }

    /// What stands in a document for programs that know more or less is read as each shows it, and none of it is hidden.
    @Test(arguments: [
        ("<mc:Choice Requires=\"w\">y</mc:Choice><mc:Fallback>x</mc:Fallback>", "y", "x"),
        ("<mc:Choice Requires=\"z\">y</mc:Choice><mc:Fallback>x</mc:Fallback>", "x", "x"),
        (
            "<mc:Choice Requires=\"z\">y</mc:Choice><mc:Choice Requires=\"w\">u</mc:Choice><mc:Fallback>x</mc:Fallback>",
            "u", "x"
        ),
        ("<mc:Choice Requires=\"w\">y</mc:Choice>", "y", ""), ("<mc:Fallback>x</mc:Fallback>", "x", "x"),
    ])
    func contentForSeveralProgramsIsReadAsEachShowsIt(content: String, office: String, fallback: String) throws {
        let spaces = "xmlns:w=\"http://schemas.openxmlformats.org/x\" xmlns:z=\"urn:z\""
        let runs = content.replacing(/>([a-z])</) { "><w:r><w:t>\($0.1)</w:t></w:r><" }
        let document = Self.word(
            "<w:p \(spaces)><w:r><w:t>a</w:t></w:r><mc:AlternateContent>\(runs)</mc:AlternateContent>"
                + "<w:r><w:t>b</w:t></w:r></w:p>")
        let mail = Samples.mail(attachments: [("a.docx", "application/octet-stream", document)])
        let message = InspectedMessage(
            mail, envelope: Envelope(), settings: InspectionSettings(), typer: try FileTyper())
        let texts = message.value(of: .messageText, argument: nil, subject: .message).values
            .compactMap { $0.searchableText?.string }
        #expect(texts.contains("a\(office)b") && texts.contains("a\(fallback)b"), "\(texts)")
        #expect(message.value(of: .bodyHiddenText, argument: nil, subject: .message).values.isEmpty)
    }

    private static func between(_ runs: String) -> String {
        "<w:p><w:r><w:t>vi</w:t></w:r>\(runs)<w:r><w:t>agra</w:t></w:r></w:p>"
    }

    @Test(arguments: [
        ("<w:p><w:r><w:t>confi</w:t></w:r>\n<w:r><w:t>dential</w:t></w:r></w:p><w:p>\n</w:p>", "confidential"),
        ("<w:p><w:r><w:t>a</w:t></w:r></w:p><w:p><w:r><w:t>b</w:t><w:tab/><w:t>c</w:t></w:r></w:p>", "a\nb c"),
        ("<w:p><w:r><w:t xml:space=\"preserve\">a </w:t></w:r><w:r><w:t>b &amp; é</w:t></w:r></w:p>", "a b & é"),
        ("<w:p><w:r><w:delText>old</w:delText></w:r></w:p>", "old"),
        (
            """
            <w:p><w:r><w:t>vi</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>xx</w:t></w:r><w:r><w:t>agra</w:t>\
            </w:r></w:p>
            """, "viagra|vixxagra"
        ),
        (Self.between("<w:del><w:r><w:delText>xx</w:delText></w:r></w:del>"), "viagra|vixxagra"),
        (Self.between("<w:r><w:instrText>xx</w:instrText></w:r>"), "viagra|vixxagra"),
        (Self.between("<w:moveFrom><w:r><w:t>xx</w:t></w:r></w:moveFrom>"), "viagra|vixxagra"),
        (Self.between("<w:r><w:drawing><wp:docPr descr='xx'/></w:drawing></w:r>"), "viagra|vi\nxx\nagra"),
        ("<w:p><w:r><w:t>v</w:t><w:sym w:char='F069'/><w:sym w:char='0061'/><w:t>gra</w:t></w:r></w:p>", "viagra"),
    ])
    func aWordDocumentIsReadAsItIsShown(body: String, expected: String) throws {
        let value = try Self.value("a.docx", Self.word(body))
        #expect(value.missing == [])
        #expect(try text("a.docx", Self.word(body)) == expected)
    }

    @Test func aDocumentUnderAnyNameIsRead() throws {
        #expect(try text("a.bin", Self.word("<w:p><w:r><w:t>secret</w:t></w:r></w:p>")) == "secret")
    }

    @Test func entitiesAreAmbiguousAndBrokenPartsDamaged() throws {
        let entity = Self.word("<w:p><w:r><w:t>a&x;</w:t></w:r></w:p>", prologue: "<!DOCTYPE d [<!ENTITY x \"y\">]>")
        #expect(try Self.value("a.docx", entity).missing.isSuperset(of: .ambiguous))
        let broken = try Self.value("a.docx", Self.word("<w:p><w:r><w:t>found</w:r></w:q>"))
        #expect(broken.missing.isSuperset(of: .damaged))
        #expect(broken.values.first?.searchableText?.string.contains("found") == true)
    }

    @Test func cellsOfASheetAreWordsAndNumbersOfSharedStringsAreNone() throws {
        let types =
            "<Types><Override ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/></Types>"
        let sheet = Samples.zip([
            ("[Content_Types].xml", Array(types.utf8)),
            (
                "xl/sharedStrings.xml",
                Array("<sst><si><r><t>top</t></r><r><t>ic</t></r></si><si><t>x</t></si></sst>".utf8)
            ),
            (
                "xl/worksheets/sheet1.xml",
                Array("<s><row><c t=\"s\"><v>0</v></c><c><v>4111</v></c><c><v>1.5</v></c></row></s>".utf8)
            ),
        ])
        #expect(try text("a.xlsx", sheet) == "topic\nx\n4111 1.5")
    }

    @Test func openDocumentsAreReadAndLockedOnesAreEncrypted() throws {
        let type = Array("application/vnd.oasis.opendocument.text".utf8)
        let content = "<o:c xmlns:o='o' xmlns:t='t'><t:p>con<t:span>fid</t:span>ential<t:s/>now</t:p><t:h>H</t:h></o:c>"
        let plain = Samples.zip([("mimetype", type), ("content.xml", Array(content.utf8))])
        #expect(try text("a.odt", plain) == "confidential now\nH")
        let locked = Samples.zip([
            ("mimetype", type), ("content.xml", [1, 2, 3, 4, 5, 6, 7, 8]),
            ("META-INF/manifest.xml", Array("<m:manifest><m:encryption-data/></m:manifest>".utf8)),
        ])
        #expect(try Self.value("a.odt", locked).missing.isSuperset(of: EncryptionKind.office.reason))
    }

    @Test(arguments: [
        (#"{\rtf1\ansi con{\b fid}ential\par next}"#, "confidential\nnext"),
        (#"{\rtf1{\fonttbl{\f0\fcharset204 Arial;}{\f1 B;}}\f0 \'ef\'f0\'e8 \f1 caf\'e9}"#, "при café"),
        (#"{\rtf1\ansicpg1251 \'ef\u1088?\u-10179?\u-8704?}"#, "пр😀"),
        (#"{\rtf1 a{\*\unknown b}{\pict 0102}c{\*\shpinst{\shptxt box}}}"#, "ac\nbox"),
        (#"{\rtf1 soft\-hyphen \{x\}\~y\emdash z}"#, "softhyphen {x} y—z"),
        (#"{\rtf1 vi{\v xx}agra}"#, "viagra|vixxagra"),
        (#"{\rtf1 a\bin3 }{}b}"#, "ab"),
    ])
    func richTextIsReadAsItIsShown(rtf: String, expected: String) throws {
        #expect(try text("a.rtf", Array(rtf.utf8)) == expected)
        #expect(try Self.value("a.rtf", Array(rtf.utf8)).missing == [])
    }

    @Test func deepGroupsOfRichTextEndAtTheLimit() throws {
        func nested(_ depth: Int) -> [UInt8] {
            let groups = depth - 1
            return Array(
                (#"{\rtf1 "# + String(repeating: "{", count: groups) + "x" + String(repeating: "}", count: groups + 1))
                    .utf8)
        }
        #expect(try Self.value("a.rtf", nested(511)).missing == [])
        #expect(try Self.value("a.rtf", nested(512)).missing == .overLimit)
        #expect(try Self.value("a.rtf", nested(100_000)).missing == .overLimit)
        #expect(try Self.value("a.rtf", Array(#"{\rtf1 cut"#.utf8)).missing == .damaged)
    }

    /// One page whose content stream is given.
    static func pdf(_ content: String, annotation: String = "") -> [UInt8] {
        Array(
            """
            %PDF-1.4
            1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
            2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
            3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Annots[\(annotation)]\
            /Resources<</Font<</F 5 0 R>>>>>>endobj
            4 0 obj<</Length \(content.utf8.count)>>stream
            \(content)
            endstream endobj
            5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
            trailer<</Root 1 0 R>>
            """.utf8)
    }

    @Test func pagesOfAPDFAreReadWithTheirLinks() throws {
        let link = "<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(https://evil.example/x)>>>>"
        let file = Self.pdf("BT /F 12 Tf 20 200 Td (confi) Tj (dential text) Tj ET", annotation: link)
        #expect(try text("a.pdf", file) == "confidential text")
        #expect(try Self.value("a.pdf", file).missing == [])
        let message = InspectedMessage(
            Samples.mail(attachments: [("a.pdf", "application/pdf", file)]), envelope: Envelope(),
            settings: InspectionSettings(), typer: try FileTyper())
        #expect(message.elements(of: .urls).elements.count == 1)
    }

    @Test func aPDFThatCannotBeOpenedIsDamaged() throws {
        #expect(try Self.value("a.pdf", Array("%PDF-1.4\nnothing".utf8)).missing.isSuperset(of: .damaged))
    }
}
