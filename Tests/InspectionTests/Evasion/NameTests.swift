import Testing
import Vocabulary

@testable import Inspection

/// Names that make a program look like something else: one of the names that the part bears is the program's.
@Suite struct NameTests {
    /// Ways to write `invoice.exe` so that some reader takes it for another name.
    static let spellings: [(String, [String])] = {
        var all: [(String, [String])] = []
        let inField: [(String, String)] = [
            ("plain", "=file.exe"), ("quoted", "=\"file.exe\""), ("apostrophes", "='file.exe'"),
            ("blank before", " =file.exe"),
            ("blank behind", "= file.exe"), ("fold", "=\n file.exe"), ("fold before", "\n =file.exe"),
            ("quote within", "=file\".exe"),
            ("quotes first", "=\"file\".exe"), ("three quotes", "=\"file\".exe\""),
            ("escaped quote", "=\"file\\\".exe\""),
            ("semicolon", "=file;.exe"), ("escaped semicolon", "=file\\;.exe"), ("quoted semicolon", "=\"file;.exe\""),
            ("comment behind", "=file.exe()"), ("kept comment", "=file.exe(.gif)"), ("comment within", "=file.e()xe"),
            ("file within comment", "=file.e(.gif)xe"), ("comment in key", "()=file.exe"), ("encoded", "*=''file.exe"),
            ("escaped", "*=''file.%65%78%65"), ("charset", "*=UTF-8''file.exe"), ("one section", "*0=file.exe"),
            ("one section, encoded", "*0*=''file.exe"), ("UTF-16", "*=UTF-16''%00f%00i%00l%00e%00.%00e%00x%00e"),
            ("UTF-16LE", "*=UTF-16''f%00i%00l%00e%00.%00e%00x%00e%00"), ("NUL", "=\"file.exe\0.txt\""),
            ("encoded word", "=\"=?us-ascii?B?ZmlsZS5leGU=?=\""), ("encoded word q", "=\"=?us-ascii?Q?file=2Eexe?=\""),
            ("blank at end", "=\"file.exe \""), ("dot at end", "=\"file.exe.\""), ("open quote", "=\"file.exe"),
        ]
        for (label, text) in inField {
            all.append(("\(label), name", ["Content-Type: application/octet-stream; name\(text)"]))
            all.append(("\(label), filename", ["Content-Disposition: attachment; filename\(text)"]))
        }
        for (label, first, second) in [
            ("in order", "*0=file.", "*1=exe"), ("gap", "*0=file.", "*2=exe"), ("from one", "*1=file.", "*2=exe"),
            ("reversed", "*1=exe", "*0=file."),
            ("renumbered", "*1=file.", "*0=exe"), ("doubled", "*0=file.", "*0=exe"),
            ("encoded", "*0*=''file.", "*1*=%65xe"),
            ("encoded reversed", "*1*=exe", "*0*=''file."), ("encoded renumbered", "*1*=''file.", "*0*=exe"),
        ] {
            all.append(("\(label), filename", ["Content-Disposition: attachment; filename\(first); filename\(second)"]))
            all.append(
                (
                    "\(label), decoy",
                    ["Content-Disposition: attachment; filename=a.png; filename\(first); filename\(second)"]
                ))
            all.append(
                (
                    "\(label), fields",
                    ["Content-Disposition: attachment; filename\(first)", "Content-Type: image/png; filename\(second)"]
                ))
        }
        let png = "Content-Type: image/png; name=file.png"
        all += [
            ("type says less", [png, "Content-Disposition: attachment; filename=file.exe"]),
            (
                "type says more",
                ["Content-Type: image/png; name=file.exe", "Content-Disposition: attachment; filename=file.png"]
            ),
            ("two names", ["Content-Type: image/png; name=file.png; name=file.exe"]),
            ("two types", [png, "Content-Type: image/png; name=file.exe"]),
            (
                "two dispositions",
                [
                    "Content-Disposition: attachment; filename=file.png",
                    "Content-Disposition: attachment; filename=file.exe",
                ]
            ),
        ]
        return all
    }()

    private static let program = Array("MZ".utf8) + Array(repeating: 7, count: 200)

    private static func node(_ fields: [String], bytes: [UInt8] = Array("MZ\u{1}".utf8)) throws -> (
        Node, InspectedMessage
    ) {
        let head = fields.joined(separator: "\n") + "\nContent-Transfer-Encoding: base64\n\n"
        let part = head + Bait.base64(bytes) + "\n"
        let message = InspectedMessage(
            Bait.multipart([Bait.note, part]), envelope: Envelope(), settings: InspectionSettings(),
            typer: try FileTyper())
        let node = try #require(message.tree.nodes.first { $0.path == "1.2" })
        return (node, message)
    }

    @Test(arguments: spellings.indices)
    func everyReaderSNameIsKnown(index: Int) throws {
        let (label, fields) = Self.spellings[index]
        let (node, message) = try Self.node(fields)
        let extensions = InspectedMessage.extensions(of: node.names).map { $0.lowercased() }
        let isKnown = extensions.contains { $0.hasPrefix("exe") } || message.isAmbiguous || message.isMalformed
        #expect(isKnown, "\(label): \(node.names)")
        let exact = node.names.map(NameOddities.lastExtension)
        #expect(exact.contains("exe"), "\(label): \(node.names)")
    }

    @Test(arguments: [
        ("invoice\u{202E}fdp.exe", "bidi-in-name"), ("invoice.pdf.exe", "double-extension"),
        ("invoice.pdf            .exe", "padded-extension"), ("invoice.ex\u{200B}e", "invisible-in-name"),
        ("іnvoice.exe", "homoglyph-in-name"), ("invoice.pdf", "type-against-name"),
        ("invoice.exe.", "padded-extension"),
        ("=?utf-8?Q?invoice.exe?=", "encoded-word-in-name"),
    ])
    func deceptionIsNamed(name: String, anomaly: String) throws {
        let (node, message) = try Self.node(
            ["Content-Disposition: attachment; filename=\"\(name)\""], bytes: Self.program)
        #expect(node.anomalies.map(\.name).contains(anomaly), "\(node.anomalies.map(\.name)) \(node.types)")
        #expect(
            message.value(of: .messageAnomalies, argument: nil, subject: .message).values.contains(.text(Text(anomaly)))
        )
    }

    @Test func aNameAgainstAnotherIsNamed() throws {
        let fields = ["Content-Type: image/png; name=file.png", "Content-Disposition: attachment; filename=file.exe"]
        let (node, _) = try Self.node(fields, bytes: Self.program)
        #expect(node.anomalies.map(\.name).contains("names-differ"))
        #expect(node.anomalies.map(\.name).contains("type-against-declared"))
    }

    @Test(arguments: [
        "invoice.pdf", "Rechnung März 2026.pdf", "a.b.c.txt", "v1.2 notes.txt", "archive.tar.gz", "My.Program.exe",
    ])
    func plainNamesAreNotOdd(name: String) {
        #expect(
            NameOddities(Node(parent: nil, path: "1", depth: 0, role: .attachment, names: [name])).anomalies.isEmpty)
    }
}
