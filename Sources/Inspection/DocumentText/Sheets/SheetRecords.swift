/// The records of a workbook stream ([MS-XLS] 2.1.4): a type, a length of up to 8,224 bytes, the data. What does not
/// fit into one is continued in the next.
struct SheetRecords {
    /// A record and those that continue it.
    struct Record {
        let type: Int
        /// Where the data stands in the stream, a range for each record.
        var pieces: [Range<Int>]
    }

    /// The types that are looked at (2.3).
    enum Kind {
        static let formula = 0x0006, end = 0x000A, header = 0x0014, footer = 0x0015, note = 0x001C
        static let lock = 0x002F, continuation = 0x003C, sheet = 0x0085, numbers = 0x00BD, richLabel = 0x00D6
        static let strings = 0x00FC, sharedLabel = 0x00FD, textBox = 0x01B6, link = 0x01B8, number = 0x0203
        static let label = 0x0204, string = 0x0207, compactNumber = 0x027E, begin = 0x0809, chartText = 0x100D
    }

    private let stream: UnsafeRawBufferPointer
    private var place = 0
    /// False where a record ends beyond the stream.
    private(set) var isComplete = true

    init(_ stream: UnsafeRawBufferPointer) { self.stream = stream }

    /// Where the next record begins, by which other records name it.
    var offset: Int { place }

    /// The next record with all that continues it; nil at the end, which zeros may fill up.
    mutating func next() -> Record? {
        guard let (type, data) = take() else { return nil }
        var record = Record(type: type, pieces: [data])
        while place + 4 <= stream.count, stream.little(at: place, count: 2) == Kind.continuation {
            guard record.pieces.count < InspectionLimits.sheetPieces else {
                isComplete = false
                break
            }
            if let (_, more) = take(), !more.isEmpty { record.pieces.append(more) }
        }
        return record
    }

    private mutating func take() -> (type: Int, data: Range<Int>)? {
        guard place + 4 <= stream.count else { return nil }
        let type = stream.little(at: place, count: 2)
        let length = stream.little(at: place + 2, count: 2)
        guard type != 0 || length != 0 else { return nil }
        let start = place + 4
        if length > stream.count - start { isComplete = false }
        let end = min(start + length, stream.count)
        place = end
        return (type, start..<end)
    }
}

/// Reads the data of a record over the borders of what continues it.
struct SheetCursor {
    private let stream: UnsafeRawBufferPointer
    private let pieces: [Range<Int>]
    private var piece = 0
    private var place: Int
    /// False once more was asked for than there is.
    private(set) var isValid = true

    init(_ record: SheetRecords.Record, in stream: UnsafeRawBufferPointer) {
        self.stream = stream
        pieces = record.pieces
        place = record.pieces.first?.lowerBound ?? 0
    }

    var isAtEnd: Bool { place >= (pieces.last?.upperBound ?? 0) }

    /// How much the record at hand still has.
    private var left: Int { piece < pieces.count ? pieces[piece].upperBound - place : 0 }

    private mutating func turn() {
        while left <= 0, piece + 1 < pieces.count {
            piece += 1
            place = pieces[piece].lowerBound
        }
    }

    /// A little-endian number; 0 beyond the end.
    mutating func number(_ count: Int) -> Int {
        var number = 0
        for index in 0..<count {
            turn()
            guard left > 0 else {
                isValid = false
                return 0
            }
            number |= Int(stream[place]) << (8 * index)
            place += 1
        }
        return number
    }

    mutating func skip(_ count: Int) {
        var rest = count
        while rest > 0 {
            turn()
            guard left > 0 else {
                isValid = false
                return
            }
            let step = min(rest, left)
            place += step
            rest -= step
        }
    }

    /// Goes to the record that continues this one.
    mutating func skipRecord() { place = piece < pieces.count ? pieces[piece].upperBound : place }

    /// A string with its length in so many bytes, flags and what decorates it (2.5.293, 2.5.294, 2.5.240).
    mutating func string(lengthBytes: Int) -> [UInt8] {
        let count = number(lengthBytes)
        let flags = number(1)
        let runs = flags & 8 == 0 ? 0 : number(2)
        let extra = flags & 4 == 0 ? 0 : number(4)
        let text = characters(count, isWide: flags & 1 != 0)
        skip(runs * 4 + extra)
        return text
    }

    /// Characters of one byte or two. Where another record continues them, it says anew which (2.5.293).
    mutating func characters(_ count: Int, isWide: Bool) -> [UInt8] {
        var units: [UInt16] = []
        var isWide = isWide
        while units.count < count {
            if left < (isWide ? 2 : 1) {
                guard piece + 1 < pieces.count else {
                    isValid = false
                    break
                }
                piece += 1
                place = pieces[piece].lowerBound
                isWide = number(1) & 1 != 0
                continue
            }
            let taken = min(count - units.count, left / (isWide ? 2 : 1))
            for _ in 0..<taken {
                units.append(isWide ? UInt16(stream.little(at: place, count: 2)) : UInt16(stream[place]))
                place += isWide ? 2 : 1
            }
        }
        return Array(String(decoding: units, as: UTF16.self).utf8)
    }
}
