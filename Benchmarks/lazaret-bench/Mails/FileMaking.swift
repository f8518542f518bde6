import Peers

/// Files of the kinds that mail carries most: real enough to be opened and read.
struct FileMaking {
    enum Kind: CaseIterable {
        case pdf, docx, zip, jpg

        var name: String { "\(self)" }

        var mediaType: String {
            switch self {
            case .pdf: "application/pdf"
            case .docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
            case .zip: "application/zip"
            case .jpg: "image/jpeg"
            }
        }
    }

    var text: TextMaking

    /// A file of about `size` bytes.
    mutating func file(_ kind: Kind, size: Int) -> [UInt8] {
        switch kind {
        case .pdf: return document(size: size)
        case .docx: return wordDocument(size: size)
        case .zip: return tables(size: size)
        case .jpg: return picture(size: size)
        }
    }

    /// A baseline JPEG as far as its header goes; its scan is noise.
    private mutating func picture(size: Int) -> [UInt8] {
        let head: [UInt8] =
            [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, 0x4A, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0, 0xFF, 0xDB, 0, 67, 0]
            + (1...64).map { UInt8($0) }
            + [0xFF, 0xC0, 0, 11, 8, 4, 0, 4, 0, 1, 1, 17, 0, 0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0]
        let scan = text.numbers.bytes(max(0, size - head.count - 2)).map { $0 == 0xFF ? 0xFE : $0 }
        return head + scan + [0xFF, 0xD9]
    }

    /// A PDF: of every 12 KB a page of text, compressed, and a picture.
    private mutating func document(size: Int) -> [UInt8] {
        let pages = max(1, size / 12_000)
        var objects: [[UInt8]] = [Array("<< /Type /Catalog /Pages 2 0 R >>".utf8)]
        let kids = (0..<pages).map { "\(4 + $0 * 3) 0 R" }.joined(separator: " ")
        objects.append(Array("<< /Type /Pages /Kids [\(kids)] /Count \(pages) >>".utf8))
        objects.append(Array("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".utf8))
        for page in 0..<pages {
            let number = 4 + page * 3
            let resources = "<< /Font << /F1 3 0 R >> /XObject << /I1 \(number + 2) 0 R >> >>"
            objects.append(
                Array(
                    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents \(number + 1) 0 R /Resources \(resources) >>"
                        .utf8))
            var content = Array("BT /F1 10 Tf 12 TL 72 760 Td\n".utf8)
            for line in TextMaking.lines(text.paragraphs(bytes: 3_600)).split(separator: 0x0A) {
                let shown = line.filter { $0 >= 0x20 && $0 < 0x7F && $0 != 0x28 && $0 != 0x29 && $0 != 0x5C }
                content += [0x28] + shown + Array(") '\n".utf8)
            }
            objects.append(stream("/Filter /FlateDecode", Deflate.zlib(content + Array("ET\n".utf8))))
            let entries =
                "/Type /XObject /Subtype /Image /Width 100 /Height 100 /ColorSpace /DeviceGray /BitsPerComponent 8"
            objects.append(stream(entries, text.numbers.bytes(10_000)))
        }
        return assembled(objects)
    }

    private func stream(_ entries: String, _ bytes: [UInt8]) -> [UInt8] {
        Array("<< \(entries) /Length \(bytes.count) >>\nstream\n".utf8) + bytes + Array("\nendstream".utf8)
    }

    private func assembled(_ objects: [[UInt8]]) -> [UInt8] {
        var file = Array("%PDF-1.4\n%".utf8) + [0xE2, 0xE3, 0xCF, 0xD3, 0x0A]
        var table = "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n"
        for (number, object) in objects.enumerated() {
            let offset = String(file.count)
            table += String(repeating: "0", count: 10 - offset.count) + offset + " 00000 n \n"
            file += Array("\(number + 1) 0 obj\n".utf8) + object + Array("\nendobj\n".utf8)
        }
        let trailer = "trailer\n<< /Size \(objects.count + 1) /Root 1 0 R >>\nstartxref\n\(file.count)\n%%EOF\n"
        return file + Array((table + trailer).utf8)
    }

    /// A Word document: text, and a picture of half its size.
    private mutating func wordDocument(size: Int) -> [UInt8] {
        let main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        var body = Array(#"<?xml version="1.0"?><w:document xmlns:w="\#(main)"><w:body>"#.utf8)
        for paragraph in text.paragraphs(bytes: max(2_000, size)) {
            body += Array("<w:p><w:r><w:t>".utf8) + paragraph + Array("</w:t></w:r></w:p>".utf8)
        }
        body += Array("</w:body></w:document>".utf8)
        let package = "http://schemas.openxmlformats.org/package/2006"
        let wordType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
        let types = """
            <?xml version="1.0"?><Types xmlns="\(package)/content-types"><Default Extension="xml" \
            ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="\(wordType)"/></Types>
            """
        let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
        let relations = """
            <?xml version="1.0"?><Relationships xmlns="\(package)/relationships"><Relationship Id="r1" \
            Type="\(office)" Target="word/document.xml"/></Relationships>
            """
        return Deflate.zip([
            ("[Content_Types].xml", Array(types.utf8)), ("_rels/.rels", Array(relations.utf8)),
            ("word/document.xml", body), ("word/media/image1.jpeg", picture(size: size / 2)),
        ])
    }

    /// A zip of tables and of noise, as data that is compressed already.
    private mutating func tables(size: Int) -> [UInt8] {
        let count = max(1, size / 60_000)
        return Deflate.zip(
            (0..<count).map { index in
                var table: [UInt8] = []
                for _ in 0..<400 {
                    for _ in 0..<8 { table += Array("\(text.numbers.below(1_000_000)),".utf8) }
                    table.append(0x0A)
                }
                let noise = text.numbers.bytes(max(0, size / count - 12_000))
                return index % 2 == 0
                    ? ("dir/\(text.name())\(index).csv", table + table) : ("dir/\(text.name())\(index).dat", noise)
            })
    }
}

/// Compression as programs write it.
enum Deflate {
    static func zlib(_ bytes: [UInt8]) -> [UInt8] { compressed(bytes, isRaw: false) }

    /// A zip of these entries, deflated.
    static func zip(_ entries: [(name: String, bytes: [UInt8])]) -> [UInt8] {
        var file: [UInt8] = []
        var directory: [UInt8] = []
        for entry in entries {
            let body = compressed(entry.bytes, isRaw: true)
            let name = Array(entry.name.utf8)
            let facts =
                little(20, 2) + little(0, 2) + little(8, 2) + little(0, 2) + little(0x5821, 2)
                + little(Int(made_crc32(entry.bytes, entry.bytes.count)), 4) + little(body.count, 4)
                + little(entry.bytes.count, 4) + little(name.count, 2) + little(0, 2)
            directory += [0x50, 0x4B, 1, 2] + little(20, 2) + facts + little(0, 2) + little(0, 2) + little(0, 2)
            directory += little(0, 4) + little(file.count, 4) + name
            file += [0x50, 0x4B, 3, 4] + facts + name + body
        }
        let end =
            [0x50, 0x4B, 5, 6] + little(0, 4) + little(entries.count, 2) + little(entries.count, 2)
            + little(directory.count, 4) + little(file.count, 4) + little(0, 2)
        return file + directory + end
    }

    private static func little(_ number: Int, _ width: Int) -> [UInt8] {
        (0..<width).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
    }

    private static func compressed(_ bytes: [UInt8], isRaw: Bool) -> [UInt8] {
        let room = made_deflate_bound(bytes.count)
        return [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
            count = made_deflate(bytes, bytes.count, buffer.baseAddress, room, isRaw)
        }
    }
}
