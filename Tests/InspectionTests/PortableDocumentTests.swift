import Testing
import Vocabulary

@testable import Inspection

/// What a PDF carries: attached files by every way to one, scripts, forms, and what it does by itself.
@Suite struct PortableDocumentTests {
    private typealias Smith = ContainerSmith

    /// A document of these objects, the first of which is the catalogue. `(0)` in a stream stands for its length.
    static func document(_ objects: [(head: String, stream: [UInt8]?)], generation: Int = 0) -> [UInt8] {
        var bytes = Array("%PDF-1.7\n".utf8)
        var places: [Int] = []
        for (index, object) in objects.enumerated() {
            places.append(bytes.count)
            let own = index == objects.count - 1 ? generation : 0
            bytes += Array("\(index + 1) \(own) obj\n".utf8)
            if let stream = object.stream {
                bytes += Array("<<\(object.head)/Length \(stream.count)>>\nstream\n".utf8) + stream
                bytes += Array("\nendstream".utf8)
            } else {
                bytes += Array("<<\(object.head)>>".utf8)
            }
            bytes += Array("\nendobj\n".utf8)
        }
        let start = bytes.count
        var table = "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n"
        for (index, place) in places.enumerated() {
            let digits = String(place)
            let own = index == objects.count - 1 ? generation : 0
            table += String(repeating: "0", count: 10 - digits.count) + digits + " 0000\(own) n \n"
        }
        table += "trailer\n<</Size \(objects.count + 1)/Root 1 0 R>>\nstartxref\n\(start)\n%%EOF\n"
        return bytes + Array(table.utf8)
    }

    private static let pages = "/Type/Pages/Kids[]/Count 0"
    private static let specification = "/Type/Filespec/F(a.txt)/UF(setup.exe)/EF<</F 4 0 R>>"

    /// zlib's wrapping (RFC 1950) around one stored block.
    private static func packed(_ bytes: [UInt8]) -> [UInt8] {
        var low = 1
        var high = 0
        for byte in bytes {
            low = (low + Int(byte)) % 65_521
            high = (high + low) % 65_521
        }
        return [0x78, 0x01, 1] + Smith.little(bytes.count, 2) + Smith.little(~bytes.count, 2) + bytes
            + [UInt8(high >> 8), UInt8(high & 255), UInt8(low >> 8), UInt8(low & 255)]
    }

    private static func attached(
        _ stream: (head: String, stream: [UInt8]?), catalogue: String = "/Names<</EmbeddedFiles<</Names[(x) 3 0 R]>>>>",
        _ own: String = specification, generation: Int = 0
    ) -> [UInt8] {
        document(
            [("/Type/Catalog/Pages 2 0 R" + catalogue, nil), (pages, nil), (own, nil), stream], generation: generation)
    }

    private static let plain: (head: String, stream: [UInt8]?) = ("/Type/EmbeddedFile", Smith.payload)
    private static let hex = Array((Smith.hex(packed(Smith.payload)) + ">").utf8)

    static let samples: [EmbeddedFileTests.Sample] = [
        .init("pdf: attached, by name", "a.pdf", attached(plain)),
        .init("pdf: packed", "a.pdf", attached(("/Filter/FlateDecode", packed(Smith.payload)))),
        .init(
            "pdf: packed in digits", "a.pdf", attached(("/Filter[/ASCIIHexDecode /FlateDecode]", hex))),
        .init("pdf: by an annotation", "a.pdf", attached(plain, catalogue: "/Anything[<</Deep[3 0 R]>>]")),
        .init(
            "pdf: without a specification", "a.pdf",
            attached(plain, catalogue: "/Anything 4 0 R", "/Nothing 1")),
        .init(
            "pdf: of another generation", "a.pdf",
            attached(plain, specification.replacing("4 0 R", with: "4 1 R"), generation: 1)),
        .init("pdf: behind other bytes", "a.pdf", Array("junk\n".utf8) + attached(plain)),
        .init("pdf: without its table", "a.pdf", Array(attached(plain).dropLast(20))),
        .init("pdf: a form", "a.pdf", attached(plain, catalogue: "/AcroForm<</XFA[(a) 4 0 R]>>", "/Nothing 1")),
    ]

    /// Rows of 16 bytes, each made in another way (PNG, 9.2).
    private static let rows: [UInt8] = {
        var bytes: [UInt8] = []
        let payload = Smith.payload + [UInt8](repeating: 0, count: (16 - Smith.payload.count % 16) % 16)
        for row in 0..<(payload.count / 16) {
            bytes.append(UInt8(row % 5))
            for column in 0..<16 {
                let place = row * 16 + column
                let left = column > 0 ? Int(payload[place - 1]) : 0
                let above = row > 0 ? Int(payload[place - 16]) : 0
                let corner = column > 0 && row > 0 ? Int(payload[place - 17]) : 0
                let near = [left, above, corner].min {
                    abs(left + above - corner - $0) < abs(left + above - corner - $1)
                }
                let taken = [0, left, above, (left + above) / 2, near ?? 0][row % 5]
                bytes.append(payload[place] &- UInt8(taken))
            }
        }
        return bytes
    }()

    @Test(arguments: [
        ("/Filter/FlateDecode/DecodeParms<</Predictor 15/Columns 16>>", true),
        ("/Filter[/FlateDecode]/DecodeParms[<</Predictor 12/Columns 4/Colors 4>>]", false),
        ("/Filter/Fl/DP<</Predictor 10/Columns 16>>", true),
    ])
    func whatAPredictorTookIsPutBack(head: String, isByOne: Bool) throws {
        let nodes = try Self.nodes(Self.attached((head, Self.packed(Self.rows))))
        #expect(nodes.contains { $0.bytes.starts(with: Smith.payload) } == isByOne)
        let flat = Smith.payload.enumerated().map { index, byte in
            index % 8 == 0 ? byte : byte &- Smith.payload[index - 1]
        }
        let head = "/Filter[/ASCIIHexDecode/FlateDecode]/DecodeParms[null<</Predictor 2/Columns 8>>]"
        let digits = Array((Smith.hex(Self.packed(flat)) + ">").utf8)
        #expect(try Self.nodes(Self.attached((head, digits))).contains { $0.bytes == Smith.payload })
    }

    @Test func predictorsAreBounded() {
        let most = InspectionLimits.portableColumns
        #expect(PortablePredictor(kind: 12, columns: most).isKnown)
        #expect(!PortablePredictor(kind: 12, columns: most + 1).isKnown)
        #expect(!PortablePredictor(kind: 2, bits: 4).isKnown && !PortablePredictor(kind: 9).isKnown)
        #expect(!PortablePredictor(kind: 10, columns: 4).undone([0, 1, 2, 3, 4, 5, 6]).isComplete)
        #expect(PortablePredictor(kind: 10, columns: 4).undone([1, 1, 1]).bytes == [1, 2])
    }

    @Test func runsOfBytesAreWrittenOut() throws {
        let runs = [UInt8(Smith.payload.count - 1)] + Smith.payload + [128]
        #expect(try Self.nodes(Self.attached(("/Filter/RunLengthDecode", runs))).contains { $0.bytes == Smith.payload })
        let (bytes, isComplete) = try #require(PortableFilter.decoded([254, 7, 1, 8, 9, 128], by: "/RL", limit: 1_000))
        #expect(bytes == [7, 7, 7, 8, 9] && isComplete)
        #expect(PortableFilter.decoded([129, 7, 129, 7, 128], by: "/RL", limit: 200)?.isComplete == false)
    }

    private static func nodes(_ bytes: [UInt8]) throws -> [Node] {
        let mail = Samples.mail(attachments: [("a.pdf", "application/pdf", bytes)])
        return InspectedMessage(
            mail, envelope: Envelope(recipients: []), settings: InspectionSettings(), typer: try FileTyper()
        ).tree.nodes
    }

    @Test(arguments: samples) func thePayloadIsFound(sample: EmbeddedFileTests.Sample) throws {
        let nodes = try Self.nodes(sample.bytes)
        #expect(
            nodes.contains { $0.bytes == Smith.payload }, "\(nodes.map { ($0.path, $0.bytes.count, $0.hidden) })")
        #expect(!nodes.contains { $0.hidden.contains(.unsupported) })
    }

    @Test func namesAndScriptsAreShown() throws {
        let nodes = try Self.nodes(Self.attached(Self.plain))
        #expect(nodes.last?.names == ["setup.exe", "a.txt"])
        let script = try Self.nodes(
            Self.attached(
                Self.plain, catalogue: "/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>/A<</S/Launch/F(cmd.exe)>>"))
        let anomalies = Set(script.flatMap { $0.anomalies.map(\.name) })
        #expect(anomalies == ["pdf-javascript", "pdf-open-action", "pdf-launch"])
        #expect(script.contains { $0.names == ["script.js"] && $0.bytes == Array("app.alert(1)".utf8) })
    }

    @Test func aBombIsCut() {
        // Two filters in a row: each multiplies.
        var found = EmbeddedFiles(count: 10, totalBytes: 1_000, contentBytes: 1_000)
        let zeros = [UInt8](repeating: 0, count: 60_000)
        PortableFiles.take(
            from: Self.attached(("/Filter[/FlateDecode /FlateDecode]", Self.packed(Self.packed(zeros)))), into: &found)
        #expect(found.files.allSatisfy { $0.bytes.count <= 1_000 && !$0.unread.isEmpty })
    }

    @Test func unknownFiltersAndCutsAreSaid() throws {
        let odd = try Self.nodes(Self.attached(("/Filter/LZWDecode", [1, 2, 3])))
        #expect(odd.last?.unread == .unsupported)
        let headless = try Self.nodes(Array(Self.attached(Self.plain).dropLast(40)))
        #expect(headless.contains { $0.hidden.contains(.damaged) })
        let broken = try Self.nodes(Array("%PDF-1.7\nnothing".utf8))
        #expect(broken.contains { $0.hidden.contains(.damaged) })
    }

    @Test func base85() {
        let (bytes, isComplete) =
            PortableFilter.decoded(Array("87cURD]i,\"Ebo80~>".utf8), by: "/A85", limit: 100)
            ?? ([], false)
        #expect(String(decoding: bytes, as: UTF8.self) == "Hello World!")
        #expect(isComplete)
    }

    @Test(arguments: samples) func cutOrBentNothingCrashes(sample: EmbeddedFileTests.Sample) {
        for place in stride(from: 0, to: sample.bytes.count, by: 17) {
            var bent = sample.bytes
            bent[place] ^= 0x15
            for bytes in [bent, Array(sample.bytes.prefix(place))] {
                var found = EmbeddedFiles(count: 100, totalBytes: 1 << 20, contentBytes: 1 << 20)
                PortableFiles.take(from: bytes, into: &found)
                #expect(found.remainingBytes >= 0)
            }
        }
    }

    @Test(.enabled(if: Corpus.isThere)) func theCorpusAttachmentsAreFound() throws {
        for (name, count) in [("add-attachments-1", 1), ("attachment-fields", 1)] {
            let nodes = try Self.nodes(Corpus.bytes("office/qpdf/qpdf/\(name).pdf"))
            #expect(nodes.filter { $0.path.hasPrefix("1.2/") }.count >= count, "\(name)")
        }
    }
}
