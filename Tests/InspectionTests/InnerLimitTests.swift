import Testing
import Vocabulary

@testable import Inspection

/// Both sides of each bound of inspection: just within it the content is read, just beyond it something says why not.
@Suite struct InnerLimitTests {
    private typealias Smith = ContainerSmith
    private static let typer = try? FileTyper()

    struct Sample: CustomStringConvertible, Sendable {
        let limit: String
        let file: String
        let count: Int
        /// What the content beyond the bound is unknown for; empty where another way of reading takes over.
        let reason: Reasons
        var limits = InspectionLimits()
        /// A file with so many of what is bounded.
        let bytes: @Sendable (Int) -> [UInt8]

        var description: String { limit }
    }

    static func inspect(
        _ mail: [UInt8], _ bound: (inout InspectionLimits) -> Void = { _ in }
    ) throws -> InspectedMessage {
        var settings = InspectionSettings()
        bound(&settings.limits)
        return InspectedMessage(mail, envelope: Envelope(), settings: settings, typer: try #require(typer))
    }

    private static func limits(_ path: WritableKeyPath<InspectionLimits, Int>, _ value: Int) -> InspectionLimits {
        var limits = InspectionLimits()
        limits[keyPath: path] = value
        return limits
    }

    private static func message(of sample: Sample, _ count: Int) throws -> InspectedMessage {
        let mail = Samples.mail(attachments: [(sample.file, "application/octet-stream", sample.bytes(count))])
        return try inspect(mail) { $0 = sample.limits }
    }

    /// Why a rule about the text of the message, or about its files, may not be answered.
    private static func missing(_ message: InspectedMessage) -> Reasons {
        message.value(of: .messageText, argument: nil, subject: .message).missing
            .union(message.elements(of: .files).missing)
    }

    private static func holdsPayload(_ message: InspectedMessage) -> Bool {
        message.tree.nodes.contains { $0.bytes.starts(with: Smith.payload) }
    }

    @Test(arguments: files + texts) func withinTheBoundNothingIsUnknown(sample: Sample) throws {
        let message = try Self.message(of: sample, sample.count)
        #expect(Self.missing(message).isDisjoint(with: sample.reason.union(.overLimit)))
    }

    @Test(arguments: files + texts) func beyondTheBoundItIsUnknown(sample: Sample) throws {
        let message = try Self.message(of: sample, sample.count + 1)
        #expect(Self.missing(message).isSuperset(of: sample.reason))
    }

    @Test(arguments: files) func withinTheBoundThePayloadIsFound(sample: Sample) throws {
        #expect(Self.holdsPayload(try Self.message(of: sample, sample.count)))
    }

    @Test(arguments: files.filter(\.reason.isEmpty)) func anotherWayOfReadingFindsThePayload(sample: Sample) throws {
        #expect(Self.holdsPayload(try Self.message(of: sample, sample.count + 1)))
    }

    // MARK: Files within files

    static let files: [Sample] = [
        Sample(
            limit: "richTextDepth", file: "a.rtf", count: InspectionLimits.richTextDepth - 3, reason: .damaged,
            limits: limits(\.groups, .max)
        ) { count in
            let object = #"{\object{\*\objdata "# + Smith.hex(Smith.object(Smith.package(Smith.payload))) + "}}"
            let open = String(repeating: "{", count: count) + object + String(repeating: "}", count: count)
            return Array((#"{\rtf1 "# + open + "}").utf8)
        },
        Sample(
            limit: "mailProperties", file: "winmail.dat", count: InspectionLimits.mailProperties - 1, reason: .damaged
        ) { count in
            let filling = [[UInt8]](repeating: [3, 0, 1, 0x70, 0, 0, 0, 0], count: count).joined()
            let content = Smith.properties([(0x3701_0102, Smith.payload)]).dropFirst(4)
            return Smith.transport(
                Smith.attribute(2, 0x0006_9002, Smith.little(0, 14))
                    + Smith.attribute(2, 0x0006_9005, Smith.little(count + 1, 4) + content + filling))
        },
        Sample(
            limit: "transportDepth", file: "winmail.dat", count: InspectionLimits.transportDepth, reason: .overLimit
        ) { count in
            (0..<count).reduce(Smith.transport(Smith.attachment("b.exe", Smith.payload))) { inner, _ in
                let object = [UInt8](repeating: 1, count: 16) + inner
                return Smith.transport(
                    Smith.attribute(2, 0x0006_9002, Smith.little(0, 14))
                        + Smith.attribute(2, 0x0006_9005, Smith.properties([(0x3701_000D, object)])))
            }
        },
        Sample(limit: "storageDepth", file: "a.bin", count: InspectionLimits.storageDepth, reason: []) { count in
            Smith.compound([(String(repeating: "S/", count: count) + "Whatever", Smith.payload)])
        },
        Sample(
            limit: "propertyNameBytes", file: "a.msg", count: InspectionLimits.propertyNameBytes, reason: .overLimit
        ) { count in
            Smith.compound([
                ("__properties_version1.0", [0]),
                ("__attach_version1.0_#00000000/__substg1.0_37010102", Smith.payload),
                (
                    "__attach_version1.0_#00000000/__substg1.0_3707001E",
                    [UInt8](repeating: 0x61, count: count - 4) + Array(".exe".utf8)
                ),
            ])
        },
        Sample(
            limit: "dataHeadBytes", file: "a.html", count: InspectionLimits.dataHeadBytes, reason: .overLimit
        ) { count in
            let (start, end) = ("text/plain;x=", ";base64,")
            let filling = String(repeating: "y", count: count - start.utf8.count - end.utf8.count)
            let encoded = Samples.base64(Smith.payload).filter { !$0.isWhitespace }
            return Array("<html><a href=\"data:\(start)\(filling)\(end)\(encoded)\">x</a></html>".utf8)
        },
        Sample(
            limit: "portableFilters", file: "a.pdf", count: InspectionLimits.portableFilters, reason: .unsupported
        ) { count in
            let stream = (0..<count).reduce(Smith.payload) { bytes, _ in Array((Smith.hex(bytes) + ">").utf8) }
            let filters = String(repeating: "/AHx ", count: count)
            return PortableDocumentTests.document([
                ("/Type/Catalog/Pages 2 0 R/Anything 3 0 R", nil), ("/Type/Pages/Kids[]/Count 0", nil),
                ("/Type/EmbeddedFile/Filter[\(filters)]", stream),
            ])
        },
    ]

    // MARK: Text

    static let texts: [Sample] = [
        Sample(limit: "pages", file: "a.pdf", count: 3, reason: .overLimit, limits: limits(\.pages, 3)) { count in
            let kids = (0..<count).map { "\($0 + 3) 0 R" }.joined(separator: " ")
            let page: (head: String, stream: [UInt8]?) = ("/Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]", nil)
            return PortableDocumentTests.document(
                [
                    ("/Type/Catalog/Pages 2 0 R", nil), ("/Type/Pages/Kids[\(kids)]/Count \(count)", nil),
                ] + [(head: String, stream: [UInt8]?)](repeating: page, count: count))
        },
        Sample(limit: "groups", file: "a.rtf", count: 8, reason: .overLimit, limits: limits(\.groups, 9)) { count in
            Array((#"{\rtf1 "# + String(repeating: "{", count: count - 1) + "x").utf8)
                + [UInt8](repeating: UInt8(ascii: "}"), count: count)
        },
    ]

    @Test func timeForADocumentAndForAllContainersIsBounded() throws {
        let page = DocumentTextTests.pdf("BT /F 12 Tf 20 200 Td (word) Tj ET")
        let document = Samples.mail(attachments: [("a.pdf", "application/pdf", page)])
        #expect(Self.missing(try Self.inspect(document)).isEmpty)
        #expect(Self.missing(try Self.inspect(document) { $0.documentSeconds = 0 }) == .overLimit)
        let zip = Samples.mail(attachments: [("a.zip", "application/zip", Samples.zip([("a.txt", [65])]))])
        #expect(!Self.missing(try Self.inspect(zip)).contains(.overLimit))
        #expect(Self.missing(try Self.inspect(zip) { $0.seconds = 0 }).contains(.overLimit))
    }

    @Test func aPageMayHaveTagsOfManyAttributes() throws {
        func missing(_ count: Int) throws -> Reasons {
            let tag = "<p " + (0..<count).map { "a\($0)=1" }.joined(separator: " ") + ">words"
            return Self.missing(
                try Self.inspect(Samples.mail(attachments: [("a.html", "text/html", Array(tag.utf8))])) {
                    $0.tagAttributes = 20
                })
        }
        #expect(try missing(20).isEmpty)
        #expect(try missing(21) == .overLimit)
    }

    /// What stands in a text, or is got from a body in another way, is read so often and no oftener.
    @Test func readingsWithinOneAnotherAreBounded() throws {
        let encoded = Samples.base64(Smith.payload)
        let part = "Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n\r\n\(encoded)"
        let quoted = Samples.mail(body: "He wrote:\r\n\r\n--x\r\n\(part)\r\n--x--", attachments: [])
        let twice = Array("From: a@b.example\r\nContent-Transfer-Encoding: x-none\r\n\r\n\(encoded)\r\n".utf8)
        for mail in [quoted, twice] {
            let read = try Self.inspect(mail) { $0.rereadings = 1 }
            #expect(Self.holdsPayload(read))
            #expect(!Self.missing(read).contains(.overLimit))
            let unread = try Self.inspect(mail) { $0.rereadings = 0 }
            #expect(!Self.holdsPayload(unread))
            #expect(Self.missing(unread).contains(.overLimit))
        }
    }

    @Test func aTextAtTheDeepestLevelIsNotTakenForOneWithoutParts() throws {
        let encoded = Samples.base64(Smith.payload)
        let text = "--x\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        let zip = Samples.zip([("a.txt", Array((text + encoded + "\r\n--x--\r\n").utf8))])
        let mail = Samples.mail(attachments: [("a.zip", "application/zip", zip)])
        #expect(Self.holdsPayload(try Self.inspect(mail)))
        #expect(Self.missing(try Self.inspect(mail) { $0.depth = 1 }).contains(.overLimit))
    }

    @Test func filesInAScriptHaveALeastLength() throws {
        func nodes(_ digits: Int) throws -> Int {
            let program = [0x4D, 0x5A] + [UInt8](repeating: 7, count: digits * 3 / 4 - 2)
            let text = Samples.base64(program).filter { $0 != "=" }
            #expect(text.utf8.count == digits)
            let page = Array("<html><script>var f = '\(text)';</script></html>".utf8)
            return try Self.inspect(Samples.mail(attachments: [("a.html", "text/html", page)])).tree.nodes.count
        }
        #expect(try nodes(InspectionLimits.blobPieceBytes) == nodes(InspectionLimits.blobPieceBytes - 1) + 1)
    }

    /// A list of macros that is too long is not looked at: their text is found without it.
    @Test(arguments: [InspectionLimits.macroListBytes, InspectionLimits.macroListBytes + 1])
    func macrosAreFoundWhateverTheLengthOfTheirList(length: Int) throws {
        let source = Smith.macroSource("Attribute VB_Name = \"M\"\r\nSub AutoOpen()\r\nEnd Sub\r\n")
        let bytes = Smith.compound([
            ("WordDocument", [0xEC, 0xA5] + [UInt8](repeating: 0, count: 600)),
            ("Macros/VBA/dir", [1] + [UInt8](repeating: 0, count: length - 1)), ("Macros/VBA/M", source),
        ])
        let message = try Self.inspect(Samples.mail(attachments: [("a.doc", "application/msword", bytes)]))
        let texts = message.tree.nodes.map { String(decoding: $0.bytes, as: UTF8.self) }
        #expect(texts.contains { $0.contains("Sub AutoOpen()") && $0.count < 100 })
    }

    @Test func manyObjectsOfADocumentAreOverLimit() {
        func missing(_ count: Int) -> Reasons {
            let list = String(repeating: "0 ", count: count)
            let bytes = PortableDocumentTests.document([
                ("/Type/Catalog/Pages 2 0 R/Anything[\(list)]", nil), ("/Type/Pages/Kids[]/Count 0", nil),
            ])
            var found = EmbeddedFiles(count: 10, totalBytes: 1_000, contentBytes: 1_000)
            PortableFiles.take(from: bytes, into: &found)
            return found.missing
        }
        // The document has some twenty objects of its own.
        #expect(missing(InspectionLimits.portableObjects - 50).isEmpty)
        #expect(missing(InspectionLimits.portableObjects + 1) == .overLimit)
    }

    @Test func ofLongNamesTheMiddleIsLeftOut() throws {
        func names(_ length: Int) throws -> (name: String, path: String) {
            let name = String(repeating: "a", count: length - 4) + ".exe"
            let zip = Samples.zip([(name, [65])])
            let node = try #require(
                Self.inspect(Samples.mail(attachments: [("a.zip", "application/zip", zip)])) { limits in
                    limits.nameBytes = 40
                    limits.pathNameBytes = 20
                }.tree.nodes.last)
            return (node.names.first ?? "", String(node.path.dropFirst("1.2/".count)))
        }
        let within = try names(20)
        #expect(within.name == within.path)
        #expect(InspectionLimits().nameBytes == 1_024 && InspectionLimits().pathNameBytes == 128)
        let long = try names(40)
        #expect(long.name.utf8.count == 40)
        #expect(long.path.utf8.count == 20 && long.path.hasSuffix(".exe"))
    }
}
