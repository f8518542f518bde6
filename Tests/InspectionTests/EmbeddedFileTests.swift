import Testing
import Vocabulary

@testable import Inspection

/// Files within documents: one payload in every place that a format has for it, found as a node of the message.
@Suite struct EmbeddedFileTests {
    private typealias Smith = ContainerSmith
    private static let typer = try? FileTyper()

    struct Sample: CustomStringConvertible, Sendable {
        let name: String
        let file: String
        let bytes: [UInt8]
        var description: String { name }

        init(_ name: String, _ file: String, _ bytes: [UInt8]) {
            self.name = name
            self.file = file
            self.bytes = bytes
        }

        init(_ name: String, _ file: String, _ text: String) { self.init(name, file, Array(text.utf8)) }
    }

    private static func inspect(
        _ sample: Sample, settings: InspectionSettings = InspectionSettings()
    ) throws -> InspectedMessage {
        let mail = Samples.mail(attachments: [(sample.file, "application/octet-stream", sample.bytes)])
        return InspectedMessage(
            mail, envelope: Envelope(recipients: []), settings: settings, typer: try #require(typer))
    }

    private static func rich(_ object: String) -> String { #"{\rtf1\ansi hello {\object\objemb "# + object + "}}" }
    private static let packageHex = Smith.hex(Smith.object(Smith.package(Smith.payload)))

    static let richTexts: [Sample] = [
        Sample("rtf: a package", "a.rtf", rich(#"{\*\objdata "# + packageHex + "}")),
        Sample("rtf: a short header", "a.doc", #"{\rt {\object{\objdata "# + packageHex + "}}}"),
        Sample(
            "rtf: upper case, lines", "a.rtf",
            rich(
                "{\\*\\objdata\r\n"
                    + packageHex.uppercased().enumerated()
                    .map { $0.offset % 7 == 6 ? "\($0.element)\r\n" : "\($0.element)" }.joined() + "}")),
        Sample(
            "rtf: control words between digits", "a.rtf",
            rich(
                #"{\*\objdata "#
                    + packageHex.enumerated()
                    .map { $0.offset % 5 == 4 ? #"\foo12 "# + "\($0.element)" : "\($0.element)" }.joined() + "}")),
        Sample(
            "rtf: groups between digits", "a.rtf",
            rich(
                #"{\*\objdata "#
                    + packageHex.enumerated()
                    .map { $0.offset % 9 == 8 ? #"{\*\junk abc}"# + "\($0.element)" : "\($0.element)" }.joined() + "}")),
        Sample(
            "rtf: digits in inner groups", "a.rtf",
            rich(
                #"{\*\objdata {"# + packageHex.prefix(20) + "}{"
                    + packageHex.dropFirst(20) + "}}")),
        Sample(
            "rtf: bytes of \\bin", "a.rtf",
            Array(#"{\rtf1{\object{\*\objdata \bin"#.utf8)
                + Array("\(Smith.object(Smith.package(Smith.payload)).count) ".utf8)
                + Smith.object(Smith.package(Smith.payload)) + Array("}}}".utf8)),
        Sample("rtf: without an end", "a.rtf", #"{\rtf1{\object{\*\objdata "# + packageHex),
        Sample(
            "rtf: a compound file", "a.rtf",
            rich(
                #"{\*\objdata "#
                    + Smith.hex(
                        Smith.object(
                            Smith.compound([("\u{1}Ole10Native", Smith.native(Smith.payload))]), className: "OLE2Link"))
                    + "}")),
        Sample("rtf: no header", "a.rtf", rich(#"{\*\objdata "# + Smith.hex(Smith.payload) + "}")),
    ]

    static let compounds: [Sample] = [
        Sample(
            "ole: a package in a document", "a.doc",
            Smith.compound([
                ("WordDocument", [0xEC, 0xA5] + [UInt8](repeating: 0, count: 600)),
                ("ObjectPool/_1/\u{1}Ole10Native", Smith.native(Smith.payload)),
            ])),
        Sample(
            "ole: a package's stream in a sheet", "a.xls",
            Smith.compound([
                ("Workbook", [0x09, 0x08, 0, 0, 0x0A, 0, 0, 0]), ("MBD01/Package", Smith.payload),
            ])),
        Sample(
            "ole: contents", "a.xls",
            Smith.compound([
                ("Workbook", [0x09, 0x08, 0, 0, 0x0A, 0, 0, 0]), ("MBD01/CONTENTS", Smith.payload),
            ])),
        Sample("ole: any stream of an unknown kind", "a.bin", Smith.compound([("Whatever", Smith.payload)])),
        Sample(
            "ole: an object in slides", "a.ppt",
            Smith.compound([
                ("PowerPoint Document", [1, 2, 3] + slideObject)
            ])),
        Sample(
            "msi: a stream", "a.msi",
            Smith.compound(
                [
                    ("Binary.setup", Smith.payload)
                ], rootClass: [0x84, 0x10, 0x0C, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46])),
        Sample("msg: an attachment", "a.msg", message),
        Sample(
            "msg: in a message that is attached", "a.msg",
            Smith.compound([
                ("__properties_version1.0", [0]),
                (
                    "__attach_version1.0_#00000000/__substg1.0_3701000D/__attach_version1.0_#00000000/__substg1.0_37010102",
                    Smith.payload
                ),
            ])),
        Sample(
            "msg: a page", "a.msg",
            Smith.compound([
                ("__properties_version1.0", [0]), ("__substg1.0_10130102", Smith.payload),
            ])),
        Sample(
            "msg: a packed text", "a.msg",
            Smith.compound([
                ("__properties_version1.0", [0]),
                (
                    "__substg1.0_10090102",
                    Smith.little(0, 4) + Smith.little(Smith.payload.count, 4) + Array("MELA".utf8)
                        + Smith.little(0, 4) + Smith.payload
                ),
            ])),
    ]

    private static let message = Smith.compound([
        ("__properties_version1.0", [0]), ("__substg1.0_1000001F", Smith.wide("words of the message")),
        ("__attach_version1.0_#00000000/__substg1.0_37010102", Smith.payload),
        ("__attach_version1.0_#00000000/__substg1.0_3704001E", Array("SHORT~1.EXE".utf8)),
        ("__attach_version1.0_#00000000/__substg1.0_3707001F", Smith.wide("a long name.exe")),
    ])

    private static let slideObject: [UInt8] = {
        let inner = Smith.compound([("\u{1}Ole10Native", Smith.native(Smith.payload))])
        return Smith.little(0, 2) + [0x11, 0x10] + Smith.little(inner.count, 4) + inner
    }()

    static let transports: [Sample] = [
        Sample("tnef: an attachment", "winmail.dat", Smith.transport(Smith.attachment("setup.exe", Smith.payload))),
        Sample(
            "tnef: by its properties alone", "x.dat",
            Smith.transport(
                Smith.attribute(2, 0x0006_9002, Smith.little(0, 14))
                    + Smith.attribute(2, 0x0006_9005, Smith.properties([(0x3701_0102, Smith.payload)])))),
        Sample(
            "tnef: two contents", "winmail.dat",
            Smith.transport(
                Smith.attachment("a.txt", Array("harmless".utf8)) + Smith.attribute(2, 0x0006_800F, Smith.payload))),
        Sample(
            "tnef: in a message that is attached", "winmail.dat",
            Smith.transport(
                Smith.attribute(2, 0x0006_9002, Smith.little(0, 14))
                    + Smith.attribute(
                        2, 0x0006_9005,
                        Smith.properties([
                            (
                                0x3701_000D,
                                [UInt8](repeating: 1, count: 16)
                                    + Smith.transport(Smith.attachment("b.exe", Smith.payload))
                            )
                        ])))),
        Sample(
            "tnef: a page", "winmail.dat",
            Smith.transport(
                Smith.attribute(1, 0x0006_9003, Smith.properties([(0x1013_0102, Smith.payload)])))),
    ]

    private static let encoded = Samples.base64(Smith.payload).filter { !$0.isWhitespace }

    static let texts: [Sample] = [
        Sample("data: in a page", "a.html", "<html><a href=\"data:application/octet-stream;base64,\(encoded)\">x</a>"),
        Sample(
            "data: escaped", "a.html",
            "<html><a href='DATA:text/plain;charset=x;base64,"
                + encoded.map { $0 == "/" || $0 == "=" || $0 == "+" ? "%" + Smith.hex([$0.asciiValue ?? 0]) : "\($0)" }
                .joined() + "'>x</a>"),
        Sample(
            "data: in a drawing", "a.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\"><image href=\"data:image/png;base64,\(encoded)\"/></svg>"),
        Sample("script: base64", "a.html", "<html><script>var f = atob('\(encoded)');</script></html>"),
        Sample(
            "script: in pieces", "a.html",
            "<html><script>var f = '\(encoded.prefix(40))' +\n '"
                + "\(encoded.dropFirst(40))';</script></html>"),
        Sample("script: hexadecimal", "a.html", "<html><script>var f = '\(Smith.hex(Smith.payload))';</script></html>"),
        Sample(
            "script: numbers", "a.html",
            "<html><script>new Uint8Array(["
                + Smith.payload.map { "\($0)" }.joined(separator: ", ") + "])</script></html>"),
        Sample(
            "script: hexadecimal numbers", "a.html",
            "<html><script>new Uint8Array(["
                + Smith.payload.map { "0x" + Smith.hex([$0]) }.joined(separator: ",") + "])</script></html>"),
        Sample(
            "script: escapes", "a.html",
            "<html><script>var f = '"
                + Smith.payload.map { "\\x" + Smith.hex([$0]) }.joined() + "';</script></html>"),
        Sample(
            "calendar: an attachment", "a.ics",
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\n"
                + "ATTACH;FMTTYPE=application/octet-stream;ENCODING=BASE64;VALUE=BINARY;X-FILENAME=\"a:b.exe\":"
                + folded(encoded) + "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"),
        Sample(
            "card: a picture", "a.vcf",
            "BEGIN:VCARD\r\nVERSION:3.0\r\nPHOTO;ENCODING=b;TYPE=JPEG:"
                + folded(encoded) + "\r\nEND:VCARD\r\n"),
        Sample(
            "card: a picture's address", "a.vcf",
            "BEGIN:VCARD\r\nVERSION:4.0\r\nPHOTO:data:image/jpeg;base64,"
                + folded(encoded) + "\r\nEND:VCARD\r\n"),
    ]

    private static func folded(_ text: String) -> String {
        text.enumerated().map { $0.offset % 30 == 29 ? "\r\n \($0.element)" : "\($0.element)" }.joined()
    }

    static let notebooks = [Sample("onenote: a file", "a.one", Smith.notebook(Smith.payload))]
    static let macintosh = [
        Sample("apple single: its data", "evil", Smith.macintosh(mark: 0x00, Smith.payload)),
        Sample("apple double: data that do not belong there", "evil", Smith.macintosh(mark: 0x07, Smith.payload)),
    ]
    static let all = richTexts + compounds + transports + notebooks + macintosh + texts

    @Test(arguments: all) func thePayloadIsFound(sample: Sample) throws {
        let message = try Self.inspect(sample)
        let nodes = message.tree.nodes
        let found = nodes.contains { $0.bytes.starts(with: Smith.payload) && $0.bytes.count < Smith.payload.count + 8 }
        #expect(found, "\(nodes.map { ($0.path, $0.bytes.count, $0.types.map(\.name)) })")
    }

    @Test(arguments: richTexts + compounds.filter { $0.file.hasPrefix("a.ms") } + transports + notebooks + macintosh)
    func whatIsOpenedIsNotUnsupported(sample: Sample) throws {
        let hidden = try Self.inspect(sample).tree.nodes.reduce(into: Reasons()) { $0.formUnion($1.hidden) }
        #expect(!hidden.contains(.unsupported))
    }

    @Test(arguments: all) func cutAnywhereNothingCrashes(sample: Sample) throws {
        let step = max(1, sample.bytes.count / 60)
        for length in stride(from: 0, to: sample.bytes.count, by: step) {
            var found = EmbeddedFiles(count: 100, totalBytes: 1 << 20, contentBytes: 1 << 20)
            Self.takeAll(Array(sample.bytes.prefix(length)), &found)
            #expect(found.files.count <= 100)
        }
    }

    @Test(arguments: all) func bentAnywhereNothingCrashes(sample: Sample) throws {
        let step = max(1, sample.bytes.count / 120)
        for place in stride(from: 0, to: sample.bytes.count, by: step) {
            for value: UInt8 in [0, 0xFF, 0x7B, 0x80] {
                var bent = sample.bytes
                bent[place] = value
                var found = EmbeddedFiles(count: 100, totalBytes: 1 << 20, contentBytes: 1 << 20)
                Self.takeAll(bent, &found)
                #expect(found.remainingBytes >= 0)
            }
        }
    }

    /// The root's stream holds one piece of it, so no program can have the rest.
    @Test func aSmallStreamThatReachesBeyondItsPlaceIsNotWhole() throws {
        var file = ContainerSmith.compound([("small", Array(repeating: 7, count: 200))])
        file.replaceSubrange(56..<60, with: ContainerSmith.little(4_096, 4))
        let directory = 512 * (1 + Int(file[48]))
        file.replaceSubrange((directory + 116)..<(directory + 124), with: ContainerSmith.little(0, 4) + [64, 0, 0, 0])
        let read = try file.withUnsafeBytes { bytes in
            CompoundStreams(try #require(CompoundDirectory(bytes))).named("small")
        }
        #expect(read.contents == [Array(repeating: 7, count: 64)])
        #expect(read.missing == .damaged)
    }

    /// Every reader over the same bytes, whatever they are.
    private static func takeAll(_ bytes: [UInt8], _ found: inout EmbeddedFiles) {
        CompoundFiles.take(from: bytes, types: [.known(.ole), .known(.msg), .known(.msi)], into: &found)
        CompoundFiles.take(from: bytes, types: [], into: &found)
        RichTextObjects.take(from: bytes, into: &found)
        NotebookFiles.take(from: bytes, into: &found)
        MacintoshFiles.take(from: bytes, into: &found)
        TransportFiles.take(from: bytes, into: &found)
        CalendarFiles.take(from: bytes, into: &found)
        DataAddresses.take(from: bytes, into: &found)
        ScriptBlobs.take(from: bytes, into: &found)
    }

    @Test func namesAreThoseThatAreShown() throws {
        let names = try ["rtf: a package", "msg: an attachment", "tnef: an attachment", "calendar: an attachment"].map {
            name in
            let sample = try #require(Self.all.first { $0.name == name })
            return try #require(Self.inspect(sample).tree.nodes.first { $0.bytes == Smith.payload }).names
        }
        #expect(
            names == [
                ["label.txt", "setup.exe"], ["a long name.exe", "SHORT~1.EXE"], ["setup.exe", "SHORT~1.EXE"],
                ["a:b.exe"],
            ])
    }

    @Test func obfuscationAndPackagesAreAnomalies() throws {
        func anomalies(_ name: String) throws -> Set<String> {
            let sample = try #require(Self.all.first { $0.name == name })
            return Set(try Self.inspect(sample).tree.nodes.flatMap { $0.anomalies.map(\.name) })
        }
        #expect(try anomalies("rtf: a package").contains("embedded-package"))
        #expect(try anomalies("rtf: control words between digits").contains("rtf-obfuscated-object"))
        #expect(try anomalies("script: numbers").contains("smuggled-file"))
    }

    @Test func limitsHoldAndAreSaid() throws {
        var found = EmbeddedFiles(count: 1, totalBytes: 10, contentBytes: 10)
        found.add(["a"], [1, 2, 3])
        #expect(found.files[0].unread.isEmpty)
        found.add(["b"], [4])
        #expect(found.missing == .overLimit)
        var cut = EmbeddedFiles(count: 2, totalBytes: 2, contentBytes: 10)
        cut.add(["a"], [1, 2, 3])
        #expect(cut.files[0].bytes == [1, 2])
        #expect(cut.files[0].unread == .overLimit)
    }

    @Test func aLinkedObjectShowsWhereItLeads() throws {
        let object = Smith.object([], className: "OLE2Link", kind: 1, topic: "http://evil.example/a.hta")
        let sample = Sample("link", "a.rtf", Self.rich(#"{\*\objdata "# + Smith.hex(object) + "}"))
        let nodes = try Self.inspect(sample).tree.nodes
        #expect(nodes.contains { String(decoding: $0.bytes, as: UTF8.self) == "http://evil.example/a.hta" })
        #expect(nodes.contains { $0.anomalies.contains { $0.name == "linked-object" } })
    }
}

/// The packings of macros and of Outlook's texts, by the examples of their specifications.
@Suite struct PackedTextTests {
    @Test func macroSourceIsUnpacked() {
        let packed: [UInt8] = [
            0x01, 0x2F, 0xB0, 0x00, 0x23, 0x61, 0x61, 0x61, 0x62, 0x63, 0x64, 0x65, 0x82, 0x66, 0x00, 0x70, 0x61, 0x67,
            0x68, 0x69, 0x6A, 0x01, 0x38, 0x08, 0x61, 0x6B, 0x6C, 0x00, 0x30, 0x6D, 0x6E, 0x6F, 0x70, 0x06, 0x71, 0x02,
            0x70, 0x04, 0x10, 0x72, 0x73, 0x74, 0x75, 0x76, 0x10, 0x77, 0x78, 0x79, 0x7A, 0x00, 0x3C,
        ]
        let (text, isComplete) = MacroSource.unpacked(packed[...], limit: 1_000)
        #expect(String(decoding: text, as: UTF8.self) == "#aaabcdefaaaaghijaaaaaklaaamnopqaaaaaaaaaaaarstuvwxyzaaa")
        #expect(isComplete)
        for length in packed.indices { _ = MacroSource.unpacked(packed[..<length], limit: 1_000) }
    }

    @Test func richTextIsUnpacked() {
        let packed: [UInt8] = [
            0x2D, 0, 0, 0, 0x2B, 0, 0, 0, 0x4C, 0x5A, 0x46, 0x75, 0xF1, 0xC5, 0xC7, 0xA7, 0x03, 0x00, 0x0A, 0x00, 0x72,
            0x63, 0x70, 0x67, 0x31, 0x32, 0x35, 0x42, 0x32, 0x0A, 0xF3, 0x20, 0x68, 0x65, 0x6C, 0x09, 0x00, 0x20, 0x62,
            0x77, 0x05, 0xB0, 0x6C, 0x64, 0x7D, 0x0A, 0x80, 0x0F, 0xA0,
        ]
        let (text, isComplete) = CompressedRichText.unpacked(packed, limit: 1_000)
        #expect(String(decoding: text, as: UTF8.self) == "{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n")
        #expect(isComplete)
        for length in packed.indices { _ = CompressedRichText.unpacked(Array(packed[..<length]), limit: 1_000) }
    }

    @Test func macrosAreFilesAndTheirOwnStartIsSaid() throws {
        let source = "Attribute VB_Name = \"M\"\r\nSub AutoOpen()\r\nShell \"calc\"\r\nEnd Sub\r\n"
        let document = ContainerSmith.compound([
            ("WordDocument", [0xEC, 0xA5] + [UInt8](repeating: 0, count: 600)),
            ("Macros/VBA/_VBA_PROJECT", [0xCC, 0x61]),
            ("Macros/VBA/M", [UInt8](repeating: 9, count: 50) + ContainerSmith.macroSource(source)),
        ])
        let mail = Samples.mail(attachments: [("a.doc", "application/msword", document)])
        let message = InspectedMessage(
            mail, envelope: Envelope(recipients: []), settings: InspectionSettings(), typer: try FileTyper())
        let node = try #require(message.tree.nodes.first { $0.names == ["VBA/M.bas"] })
        #expect(String(decoding: node.bytes, as: UTF8.self) == source)
        let anomaly = try #require(message.tree.nodes.flatMap(\.anomalies).first { $0.name == "auto-run-macro" })
        #expect(anomaly.sentence == "macros that run by themselves: autoopen")
    }

    @Test func installersNamesAreDecoded() {
        #expect(InstallerName.decoded("\u{4840}\u{3F7F}\u{4164}\u{422F}\u{4836}").hasPrefix("!"))
        #expect(InstallerName.decoded("Binary.x") == "Binary.x")
    }

    @Test(.enabled(if: Corpus.isThere)) func theCorpusObjectsAreFound() {
        let typer = try? FileTyper()
        for name in ["docx", "docm", "xls", "xlsx", "pptx"] {
            let bytes = Corpus.bytes("office/oletools/oleobj/embedded-simple-2007.\(name)")
            let mail = Samples.mail(attachments: [("a.\(name)", "x/y", bytes)])
            guard let typer else { continue }
            let message = InspectedMessage(
                mail, envelope: Envelope(recipients: []), settings: InspectionSettings(), typer: typer)
            let anomalies = message.tree.nodes.flatMap { $0.anomalies.map(\.name) }
            #expect(anomalies.contains("embedded-package"), "\(name): \(message.tree.nodes.map(\.path))")
        }
    }
}
