import Message
import Vocabulary

/// The text of a Word document of the binary format ([MS-DOC]), by its piece table: main text, notes, headers and text
/// boxes one after another.
enum WordText {
    /// Where the pieces are listed: `fcClx` and `lcbClx` in the FIB (2.5.6), behind its fixed parts.
    private static let piecesAt = 0x01A2
    /// The flag of the FIB that says which of the two table streams is meant (2.5.2).
    private static let tableFlag = 0x0200

    /// Reads a document that no password locks. Older formats than Word 97, and documents whose table leads nowhere,
    /// are `unsupported` or `damaged`.
    static func read(_ bytes: [UInt8], limits: InspectionLimits) -> ExtractedText {
        bytes.withUnsafeBytes { bytes in
            guard let directory = CompoundDirectory(bytes) else { return ExtractedText(missing: .damaged) }
            let streams = CompoundStreams(directory)
            let documents = streams.named("WordDocument")
            let tables = (0...1).map { streams.named("\($0)Table") }
            var text = LayeredCollector(limit: limits.textBytes)
            var missing: Reasons = documents.contents.isEmpty ? .damaged : documents.missing
            for (number, document) in documents.contents.enumerated() {
                missing.formUnion(add(document, number, tables.map(\.contents), limits, to: &text))
            }
            var extracted = text.extracted
            extracted.missing.formUnion(missing)
            return extracted
        }
    }

    /// Adds one document's text; an embedded one is a document like its host. Gives what was missing.
    private static func add(
        _ document: [UInt8], _ number: Int, _ tables: [[[UInt8]]], _ limits: InspectionLimits,
        to text: inout LayeredCollector
    ) -> Reasons {
        document.withUnsafeBytes { document in
            guard document.holds([0xEC, 0xA5], at: 0) else { return .damaged }
            guard document.little(at: 2, count: 2) >= 0xC1 else { return .unsupported }
            let choice = document.little(at: 10, count: 2) & tableFlag == 0 ? 0 : 1
            // Hosts and embedded documents stand in one order; where a table is missing, the first must do.
            guard let table = tables[choice].count > number ? tables[choice][number] : tables[choice].first else {
                return .damaged
            }
            text.line()
            return table.withUnsafeBytes { table in
                let start = document.little(at: piecesAt, count: 4)
                let length = document.little(at: piecesAt + 4, count: 4)
                guard start >= 0, length > 0, start <= table.count, length <= table.count - start,
                    let list = pieces(UnsafeRawBufferPointer(rebasing: table[start..<(start + length)]))
                else { return .damaged }
                return add(list, of: document, limit: limits.textBytes, to: &text)
            }
        }
    }

    private struct Piece {
        let characters: Int
        let offset: Int
        let isWide: Bool
    }

    /// The piece table within a Clx (2.9.38): properties first, each with its length, then `Pcdt`.
    private static func pieces(_ list: UnsafeRawBufferPointer) -> [Piece]? {
        var place = 0
        while place < list.count, list[place] == 1 { place += 3 + list.little(at: place + 1, count: 2) }
        guard place + 5 <= list.count, list[place] == 2 else { return nil }
        let length = min(list.little(at: place + 1, count: 4), list.count - place - 5)
        place += 5
        // One position more than pieces: 4 bytes each, and 8 of a piece.
        let count = (length - 4) / 12
        guard count > 0 else { return nil }
        return (0..<count).map { index in
            let first = list.little(at: place + index * 4, count: 4)
            let next = list.little(at: place + index * 4 + 4, count: 4)
            let packed = list.little(at: place + (count + 1) * 4 + index * 8 + 2, count: 4)
            let isWide = packed & 0x4000_0000 == 0
            let offset = packed & 0x3FFF_FFFF
            return Piece(characters: max(0, next - first), offset: isWide ? offset : offset / 2, isWide: isWide)
        }
    }

    private static func add(
        _ pieces: [Piece], of document: UnsafeRawBufferPointer, limit: Int, to text: inout LayeredCollector
    ) -> Reasons {
        var missing: Reasons = []
        // Pieces may lie over one another, and those of blanks fill no text: what is decoded has a bound of its own.
        var left = max(limit, document.count)
        for piece in pieces where text.isComplete {
            let wanted = piece.characters * (piece.isWide ? 2 : 1)
            guard piece.offset <= document.count else {
                missing.formUnion(.damaged)
                continue
            }
            let length = min(wanted, document.count - piece.offset)
            if length < wanted { missing.formUnion(.damaged) }
            guard length <= left else {
                missing.formUnion(.overLimit)
                break
            }
            left -= length
            let bytes = Array(document[piece.offset..<(piece.offset + length)])
            let label = piece.isWide ? "utf-16le" : "windows-1252"
            add(Charset.decode(bytes[...], label: label).text, to: &text)
        }
        return missing
    }

    /// Marks of the format among the letters: ends of paragraphs and cells, fields, pictures (2.8.25).
    private static func add(_ letters: String, to text: inout LayeredCollector) {
        var run: [UInt8] = []
        func isMark(_ byte: UInt8) -> Bool { byte < 0x20 && byte != 0x09 }
        for byte in letters.utf8 {
            guard isMark(byte) else {
                run.append(byte)
                continue
            }
            text.append(run)
            run.removeAll(keepingCapacity: true)
            switch byte {
            case 0x0b, 0x0c, 0x0d, 0x0e: text.line()
            case 0x07, 0x13, 0x14: text.space()
            case 0x1e: text.append([0x2d])
            default: break
            }
        }
        text.append(run)
    }
}
