import Testing
import Vocabulary

@testable import Inspection

/// The text of Excel's and PowerPoint's binary formats.
@Suite struct SheetTextTests {
    private typealias Smith = SheetSmith

    private static func texts(_ bytes: [UInt8], _ name: String = "a.xls") throws -> (shown: [String], missing: Reasons)
    {
        let value = try DocumentTextTests.value(name, bytes)
        return (value.values.compactMap { $0.searchableText?.string }, value.missing)
    }

    private static func sheet(_ records: [UInt8], _ globals: [UInt8] = []) -> [UInt8] {
        Smith.file(Smith.workbook(globals, sheets: [("Sheet", false, records)]))
    }

    private static func double(_ number: Double) -> [UInt8] {
        ContainerSmith.little(Int(bitPattern: UInt(number.bitPattern)), 8)
    }

    @Test(arguments: [
        ("a string of its own", Smith.cell(0x0204, row: 0, Smith.string("found")), "found"),
        ("wide letters", Smith.cell(0x0204, row: 0, Smith.string("fôund…", wide: true)), "fôund…"),
        (
            "the result of a formula",
            Smith.cell(0x0006, row: 0, [0, 0, 0, 0, 0, 0, 255, 255]) + Smith.record(0x0207, Smith.string("found")),
            "found"
        ),
        ("a formula's number", Smith.cell(0x0006, row: 0, double(4111)), "4111"),
        ("a number", Smith.cell(0x0203, row: 0, double(4_111_111_111_111_111)), "4111111111111111"),
        ("a compact number", Smith.cell(0x027E, row: 0, ContainerSmith.little(42 << 2 | 2, 4)), "42"),
        ("a compact number of hundredths", Smith.cell(0x027E, row: 0, ContainerSmith.little(150 << 2 | 3, 4)), "1.5"),
        (
            "several numbers",
            Smith.record(
                0x00BD,
                ContainerSmith.little(0, 4) + [0, 0] + ContainerSmith.little(7 << 2 | 2, 4) + [0, 0]
                    + ContainerSmith.little(8 << 2 | 2, 4) + [1, 0]),
            "7 8"
        ),
        (
            "cells of a row",
            Smith.cell(0x0204, row: 1, Smith.string("a")) + Smith.cell(0x0204, row: 1, Smith.string("b"))
                + Smith.cell(0x0204, row: 2, Smith.string("c")), "a b\nc"
        ),
        ("the head of pages", Smith.record(0x0014, Smith.string("found")), "found"),
        ("no head", Smith.record(0x0014, []), ""),
        (
            "a comment",
            Smith.record(
                0x01B6, ContainerSmith.little(0, 10) + ContainerSmith.little(5, 2) + ContainerSmith.little(0, 6))
                + Smith.record(0x003C, [0] + Array("fo".utf8)) + Smith.record(0x003C, [1] + ContainerSmith.wide("und"))
                + Smith.record(0x003C, [0, 0]), "found"
        ),
        ("who commented", Smith.record(0x001C, ContainerSmith.little(0, 8) + Smith.string("found")), "found"),
        (
            "a chart's series",
            Smith.begin + Smith.record(0x100D, [0, 0] + Smith.string("found", lengthBytes: 1)) + Smith.end, "found"
        ),
    ])
    func whatSheetsShowIsText(what: String, records: [UInt8], expected: String) throws {
        let (texts, missing) = try Self.texts(Self.sheet(records))
        #expect(texts == [expected.isEmpty ? "Sheet" : "Sheet\n\(expected)"], "\(what)")
        #expect(missing == [], "\(what)")
    }

    @Test func sharedStringsAreContinuedAnywhere() throws {
        let table = ContainerSmith.little(3, 4) + ContainerSmith.little(3, 4)
        // Runs of a decorated string, and letters that change their width, over the borders of records.
        let first = ContainerSmith.little(6, 2) + [8] + ContainerSmith.little(2, 2)
        let globals =
            Smith.record(0x00FC, table + first + Array("dec".utf8))
            + Smith.record(0x003C, [1] + ContainerSmith.wide("ked") + [1, 2, 3])
            + Smith.record(0x003C, [4, 5, 6, 7, 8] + ContainerSmith.little(4, 2) + [4] + ContainerSmith.little(5, 4))
            + Smith.record(0x003C, [0] + Array("next".utf8) + [1, 2])
            + Smith.record(0x003C, [3, 4, 5] + Smith.string("last"))
        let cells = (0..<3).flatMap { Smith.sharedLabel($0, row: $0) }
        let (texts, missing) = try Self.texts(Self.sheet(cells, globals))
        #expect(texts == ["Sheet\ndecked\nnext\nlast"])
        #expect(missing == [])
    }

    @Test func hiddenSheetsAndUnusedStringsAreHidden() throws {
        let strings = Smith.strings(["both", "secret", "unused"].map { Smith.string($0) })
        let file = Smith.file(
            Smith.workbook(
                strings,
                sheets: [
                    ("Open", false, Smith.sharedLabel(0) + Smith.sharedLabel(0, row: 1)),
                    ("Closed", true, Smith.sharedLabel(1) + Smith.sharedLabel(0)),
                ]))
        let message = InspectedMessage(
            Samples.mail(attachments: [("a.xls", "application/vnd.ms-excel", file)]), envelope: Envelope(),
            settings: InspectionSettings(), typer: try FileTyper())
        let part = try #require(message.elements(of: .attachments).elements.first)
        func texts(_ fact: Fact) -> [String] {
            message.value(of: fact, argument: nil, subject: .part(part)).values.compactMap { $0.searchableText?.string }
        }
        #expect(texts(.text) == ["Open\nboth", "Open\nClosed\nboth\nsecret\nunused"])
        #expect(texts(.hiddenText) == ["Closed\nsecret\nunused"])
    }

    @Test func addressesOfLinksAreLinks() throws {
        let address = ContainerSmith.wide("http://evil.example/x") + [0, 0]
        let moniker: [UInt8] = [
            0xE0, 0xC9, 0xEA, 0x79, 0xF9, 0xBA, 0xCE, 0x11, 0x8C, 0x82, 0x00, 0xAA, 0x00, 0x4B, 0xA9, 0x0B,
        ]
        let link = Smith.record(
            0x01B8, ContainerSmith.little(0, 32) + moniker + ContainerSmith.little(address.count, 4) + address)
        let message = InspectedMessage(
            Samples.mail(attachments: [("a.xls", "application/vnd.ms-excel", Self.sheet(link))]), envelope: Envelope(),
            settings: InspectionSettings(), typer: try FileTyper())
        #expect(message.elements(of: .urls).elements.count == 1)
    }

    @Test func lockedOldAndBrokenWorkbooksAreNotRead() throws {
        let lock = Smith.begin + Smith.record(0x002F, [1, 0, 1, 0, 1, 0]) + Smith.end
        #expect(try Self.texts(Smith.file(lock)).missing.isSuperset(of: .encryptedOffice))
        // So far behind that nothing but its own reader meets the mark of encryption.
        let late = (0..<20).flatMap { _ in Smith.record(0x0042, [0, 0]) }
        #expect(
            try Self.texts(Smith.file(Smith.begin + late + lock.dropFirst(Smith.begin.count))).missing
                == .encryptedOffice)
        let old = Smith.record(0x0809, [0, 5, 5, 0, 0, 0, 0, 0])
        #expect(try Self.texts(Smith.file(old)).missing.isSuperset(of: .unsupported))
        #expect(try Self.texts(Smith.file(old, name: "Book")).missing.isSuperset(of: .unsupported))
        let cut = Smith.begin + Smith.cell(0x0204, row: 0, [255, 255, 0])
        #expect(try Self.texts(Smith.file(cut)).missing == .damaged)
        #expect(try Self.texts(Self.sheet(Smith.sharedLabel(9))).missing == .damaged)
    }

    @Test func sharedStringsBeyondTheLimitAreOverLimit() throws {
        func missing(_ count: Int) throws -> Reasons {
            var globals = ContainerSmith.little(count, 4) + ContainerSmith.little(count, 4)
            globals += [UInt8](repeating: 0, count: 3 * count)
            var records: [UInt8] = []
            var place = 0
            while place < globals.count {
                let end = min(place + 8_220 - 8_220 % 3 + (place == 0 ? 8 : 0), globals.count)
                records += Smith.record(place == 0 ? 0x00FC : 0x003C, Array(globals[place..<end]))
                place = end
            }
            return SheetText.read(Self.sheet([], records), limits: InspectionLimits()).missing
        }
        #expect(try missing(InspectionLimits.sheetStrings) == [])
        #expect(try missing(InspectionLimits.sheetStrings + 1) == .overLimit)
    }

    @Test func recordsThatContinueOneAnotherBeyondTheLimitAreDamaged() throws {
        func missing(_ count: Int) throws -> Reasons {
            let more = (1..<count).flatMap { _ in Smith.record(0x003C, [0]) }
            return SheetText.read(Self.sheet(Smith.record(0x00EC, [0]) + more), limits: InspectionLimits()).missing
        }
        #expect(try missing(InspectionLimits.sheetPieces) == [])
        #expect(try missing(InspectionLimits.sheetPieces + 1) == .damaged)
    }

    // MARK: Slides

    @Test func slidesAreReadAndHiddenOnesApart() throws {
        let document = SheetSmith.container(
            0x03E8,
            Smith.container(
                0x0FF0,
                Smith.atom(0x03F3, ContainerSmith.little(7, 4)) + Smith.atom(0x0FA8, Array("outline\rof hidden".utf8))
                    + Smith.atom(0x03F3, ContainerSmith.little(8, 4)) + Smith.atom(0x0FA8, Array("shown".utf8)))
                + Smith.atom(0x0FBA, ContainerSmith.wide("named")) + Smith.atom(0x0FBA, ContainerSmith.wide("___PPT10"))
        )
        let hidden = Smith.slide("secret", isHidden: true)
        let stream =
            document + hidden + Smith.slide("fôund\u{b}twice")
            + Smith.atom(
                0x1772,
                ContainerSmith.little(7 | 2 << 20, 4) + ContainerSmith.little(document.count, 4)
                    + ContainerSmith.little(document.count + hidden.count, 4))
        let (texts, missing) = try Self.texts(Smith.slides(stream), "a.ppt")
        #expect(missing == [])
        #expect(texts.first == "shown\nnamed\nfôund\ntwice")
        #expect(texts.last == "outline\nof hidden\nshown\nnamed\nsecret\nfôund\ntwice")
    }

    @Test func brokenAndDeepSlidesSaySo() throws {
        func missing(_ stream: [UInt8]) throws -> Reasons { try Self.texts(Smith.slides(stream), "a.ppt").missing }
        func nested(_ depth: Int) -> [UInt8] {
            (0..<depth).reduce(Smith.atom(0x0FA8, Array("deep".utf8))) { inner, _ in Smith.container(0x03E8, inner) }
        }
        #expect(try missing(nested(InspectionLimits.slideDepth)) == [])
        #expect(try missing(nested(InspectionLimits.slideDepth + 1)) == .overLimit)
        var long = nested(2)
        long[12] = 200
        #expect(try missing(long) == .damaged)
        #expect(try missing(nested(1) + Smith.container(0x2F14, [])) == .encryptedOffice)
    }

    @Test(
        .enabled(if: Corpus.isThere),
        arguments: [
            ("office/msoffcrypto/inputs/plain.xls", "lorem"), ("office/msoffcrypto/inputs/plain.ppt", "lorem"),
            ("office/msoffcrypto/outputs/rc4cryptoapi_password_plain.xls", "lorem"),
            ("office/msoffcrypto/outputs/rc4cryptoapi_password_plain.ppt", "lorem"),
            ("office/oletools/oleobj/embedded-simple-2007.xls", "mbedded"),
            ("office/oletools/oleobj/embedded-simple-2007.pps", "This slide contains an embedded object"),
        ])
    func realDocumentsHaveTheirText(path: String, expected: String) throws {
        let (texts, missing) = try Self.texts(Corpus.bytes(path), "x")
        #expect(missing == [])
        #expect(texts.first?.lowercased().contains(expected.lowercased()) == true, "\(texts)")
    }
}
