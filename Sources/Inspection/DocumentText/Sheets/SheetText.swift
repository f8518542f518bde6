import Vocabulary

/// The text of an Excel workbook of the binary format ([MS-XLS], BIFF8): names of sheets, cells, results of formulas,
/// text boxes and comments, heads and feet of pages. What stands on hidden sheets, and strings that no sheet shows, are
/// hidden.
enum SheetText {
    /// Reads a workbook that no password locks. One of Excel 5 or 95 alone is `unsupported`.
    static func read(_ bytes: [UInt8], limits: InspectionLimits) -> ExtractedText {
        bytes.withUnsafeBytes { bytes in
            guard let directory = CompoundDirectory(bytes) else { return ExtractedText(missing: .damaged) }
            let books = CompoundStreams(directory).named("Workbook")
            guard !books.contents.isEmpty else {
                let isOlder = directory.allNames.contains("Book")
                return ExtractedText(missing: isOlder ? .unsupported : .damaged)
            }
            var text = LayeredCollector(limit: limits.textBytes)
            var linked: [UInt8] = []
            var missing = books.missing
            for book in books.contents {
                book.withUnsafeBytes { stream in
                    var reader = WorkbookReader(stream, text)
                    reader.read()
                    text = reader.text
                    linked += reader.linked
                    missing.formUnion(reader.missing)
                }
            }
            var extracted = text.extracted
            extracted.linked = linked
            extracted.missing.formUnion(missing)
            return extracted
        }
    }
}

/// Reads one workbook stream from its first record to its last.
private struct WorkbookReader {
    var text: LayeredCollector
    var linked: [UInt8] = []
    var missing: Reasons = []
    private let stream: UnsafeRawBufferPointer
    /// The strings that cells share, and which of them were shown, or stood on a hidden sheet.
    private var strings: [[UInt8]] = []
    private var isUsed: [Bool] = []
    private var isUsedHidden: [Bool] = []
    /// Where hidden sheets begin.
    private var hiddenSheets: Set<Int> = []
    /// Streams within streams: sheets, and the charts on them.
    private var depth = 0
    private var row = -1

    private typealias Kind = SheetRecords.Kind

    init(_ stream: UnsafeRawBufferPointer, _ text: LayeredCollector) {
        self.stream = stream
        self.text = text
    }

    mutating func read() {
        var records = SheetRecords(stream)
        while text.isComplete {
            let offset = records.offset
            guard let record = records.next() else { break }
            var cursor = SheetCursor(record, in: stream)
            switch record.type {
            case Kind.begin: begin(at: offset, &cursor)
            case Kind.end:
                depth = max(0, depth - 1)
                if depth == 0 { text.hiding = .none }
            case Kind.lock:
                missing.formUnion(.encryptedOffice)
                return
            default: take(record, &cursor)
            }
            if missing.contains(.unsupported) { return }
        }
        if !records.isComplete { missing.formUnion(.damaged) }
        addUnused()
    }

    /// BOF (2.4.21). Charts and sheets of macros have one as well.
    private mutating func begin(at offset: Int, _ cursor: inout SheetCursor) {
        if cursor.number(2) != 0x0600 { missing.formUnion(.unsupported) }
        if depth == 0 {
            text.line()
            text.hiding = hiddenSheets.contains(offset) ? .absent : .none
            row = -1
        }
        depth += 1
    }

    private mutating func take(_ record: SheetRecords.Record, _ cursor: inout SheetCursor) {
        switch record.type {
        case Kind.sheet: takeSheet(&cursor)
        case Kind.strings: takeStrings(&cursor)
        case Kind.sharedLabel:
            enterCell(&cursor)
            addShared(cursor.number(4))
        case Kind.label, Kind.richLabel:
            enterCell(&cursor)
            add(cursor.string(lengthBytes: 2))
        case Kind.string: add(cursor.string(lengthBytes: 2))
        case Kind.number:
            enterCell(&cursor)
            add(floating: cursor.number(8))
        case Kind.formula:
            enterCell(&cursor)
            let bits = cursor.number(8)
            // Other results than numbers stand in a record of their own (2.5.133).
            if bits >> 48 & 0xFFFF != 0xFFFF { add(floating: bits) }
        case Kind.compactNumber:
            enterCell(&cursor)
            add(compact: cursor.number(4))
        case Kind.numbers: takeNumbers(record, &cursor)
        case Kind.header, Kind.footer:
            if !cursor.isAtEnd { addLine(cursor.string(lengthBytes: 2)) }
        case Kind.chartText:
            cursor.skip(2)
            addLine(cursor.string(lengthBytes: 1))
        case Kind.textBox: takeTextBox(record, &cursor)
        case Kind.note:
            cursor.skip(8)
            addLine(cursor.string(lengthBytes: 2))
        case Kind.link: takeLink(record)
        default: return
        }
        if !cursor.isValid { missing.formUnion(.damaged) }
    }

    // MARK: Cells

    /// The row, the column and the format of a cell.
    private mutating func enterCell(_ cursor: inout SheetCursor) {
        let row = cursor.number(2)
        if row != self.row { text.line() }
        self.row = row
        cursor.skip(4)
    }

    private mutating func add(_ string: [UInt8]) {
        text.space()
        for line in string.split(separator: 0x0A) {
            text.append(line)
            if line.endIndex < string.count { text.line() }
        }
        text.space()
    }

    private mutating func addLine(_ string: [UInt8]) {
        text.line()
        add(string)
        text.line()
    }

    /// A shared string once: what a thousand cells show is read once.
    private mutating func addShared(_ index: Int) {
        guard strings.indices.contains(index) else {
            missing.formUnion(.damaged)
            return
        }
        let isHidden = text.hiding != .none
        if isHidden ? isUsedHidden[index] || isUsed[index] : isUsed[index] { return }
        if isHidden { isUsedHidden[index] = true } else { isUsed[index] = true }
        add(strings[index])
    }

    private mutating func add(floating bits: Int) { add(Double(bitPattern: UInt64(bitPattern: Int64(bits)))) }

    /// As a cell without a format of its own shows it.
    private mutating func add(_ number: Double) {
        let isWhole = number.rounded() == number && abs(number) <= 9_007_199_254_740_992
        add(Array((isWhole ? String(Int64(number)) : "\(number)").utf8))
    }

    /// RkNumber (2.5.217): 30 bits of a whole number, or of a floating one, perhaps of hundredths.
    private mutating func add(compact number: Int) {
        let isWhole = number & 2 != 0
        let value =
            isWhole
            ? Double(Int32(truncatingIfNeeded: number) >> 2)
            : Double(bitPattern: UInt64(UInt32(truncatingIfNeeded: number) & 0xFFFF_FFFC) << 32)
        add(number & 1 == 0 ? value : value / 100)
    }

    /// MulRk (2.4.175): a row, the first column, a format and a number for each, the last column.
    private mutating func takeNumbers(_ record: SheetRecords.Record, _ cursor: inout SheetCursor) {
        let length = record.pieces.first?.count ?? 0
        let row = cursor.number(2)
        if row != self.row { text.line() }
        self.row = row
        cursor.skip(2)
        for _ in 0..<max(0, (length - 6) / 6) {
            cursor.skip(2)
            add(compact: cursor.number(4))
        }
    }

    // MARK: Tables of the workbook

    /// BoundSheet8 (2.4.28).
    private mutating func takeSheet(_ cursor: inout SheetCursor) {
        let offset = cursor.number(4)
        let isHidden = cursor.number(1) & 3 != 0
        cursor.skip(1)
        if isHidden { hiddenSheets.insert(offset) }
        text.line()
        text.hiding = isHidden ? .absent : .none
        add(cursor.string(lengthBytes: 1))
        text.hiding = .none
        text.line()
    }

    /// SST (2.4.265).
    private mutating func takeStrings(_ cursor: inout SheetCursor) {
        cursor.skip(4)
        let count = cursor.number(4)
        while strings.count < count, cursor.isValid, !cursor.isAtEnd {
            guard strings.count < InspectionLimits.sheetStrings else {
                missing.formUnion(.overLimit)
                break
            }
            strings.append(cursor.string(lengthBytes: 2))
        }
        if strings.count < count, cursor.isAtEnd { missing.formUnion(.damaged) }
        isUsed = [Bool](repeating: false, count: strings.count)
        isUsedHidden = isUsed
    }

    /// Strings that no cell refers to stand in the file and are shown nowhere.
    private mutating func addUnused() {
        text.hiding = .absent
        for (index, string) in strings.enumerated() where !isUsed[index] && !isUsedHidden[index] { addLine(string) }
        text.hiding = .none
    }

    // MARK: Text boxes and links

    /// TxO (2.4.329): the length; the letters stand in the records that continue it.
    private mutating func takeTextBox(_ record: SheetRecords.Record, _ cursor: inout SheetCursor) {
        cursor.skip(10)
        let count = cursor.number(2)
        guard count > 0, record.pieces.count > 1 else { return }
        cursor.skipRecord()
        let flags = cursor.number(1)
        addLine(cursor.characters(count, isWide: flags & 1 != 0))
    }

    /// The class of a moniker for addresses ([MS-OSHARED] 2.3.7.6), behind which length and address stand.
    private static let address: [UInt8] = [
        0xE0, 0xC9, 0xEA, 0x79, 0xF9, 0xBA, 0xCE, 0x11, 0x8C, 0x82, 0x00, 0xAA, 0x00, 0x4B, 0xA9, 0x0B,
    ]

    /// HLink (2.4.140).
    private mutating func takeLink(_ record: SheetRecords.Record) {
        guard let data = record.pieces.first else { return }
        for place in data where stream.holds(Self.address, at: place) {
            let start = place + 20
            let length = min(stream.little(at: place + 16, count: 4), data.upperBound - start)
            guard length > 0 else { return }
            let units = stride(from: start, to: start + length - 1, by: 2).map {
                UInt16(stream.little(at: $0, count: 2))
            }
            linked += Array(String(decoding: units.prefix { $0 != 0 }, as: UTF16.self).utf8) + [0x0A]
            return
        }
    }
}
