/// Writes the streams of Excel and PowerPoint of the binary formats record by record.
enum SheetSmith {
    private typealias Smith = ContainerSmith

    static func record(_ type: Int, _ data: [UInt8]) -> [UInt8] {
        Smith.little(type, 2) + Smith.little(data.count, 2) + data
    }

    /// XLUnicodeString and its like: the length in so many bytes, flags, characters.
    static func string(_ text: String, lengthBytes: Int = 2, wide: Bool = false) -> [UInt8] {
        Smith.little(text.utf16.count, lengthBytes) + [wide ? 1 : 0]
            + (wide ? Smith.wide(text) : text.utf16.map { UInt8(truncatingIfNeeded: $0) })
    }

    static let begin = record(0x0809, Smith.little(0x0600, 2) + Smith.little(5, 2) + [UInt8](repeating: 0, count: 12))
    static let end = record(0x000A, [])

    static func cell(_ type: Int, row: Int, _ data: [UInt8]) -> [UInt8] {
        record(type, Smith.little(row, 2) + Smith.little(0, 4) + data)
    }

    static func sharedLabel(_ index: Int, row: Int = 0) -> [UInt8] { cell(0x00FD, row: row, Smith.little(index, 4)) }

    static func strings(_ list: [[UInt8]]) -> [UInt8] {
        record(0x00FC, Smith.little(list.count, 4) + Smith.little(list.count, 4) + list.flatMap { $0 })
    }

    /// A workbook: records of its own, then sheets, some of which are hidden.
    static func workbook(
        _ globals: [UInt8] = [], sheets: [(name: String, isHidden: Bool, records: [UInt8])]
    ) -> [UInt8] {
        let streams = sheets.map { begin + $0.records + end }
        let lengths = sheets.map { record(0x0085, Smith.little(0, 6) + string($0.name, lengthBytes: 1)).count }
        var place = begin.count + lengths.reduce(0, +) + globals.count + end.count
        var list: [UInt8] = []
        for (sheet, stream) in zip(sheets, streams) {
            list += record(
                0x0085, Smith.little(place, 4) + [sheet.isHidden ? 2 : 0, 0] + string(sheet.name, lengthBytes: 1))
            place += stream.count
        }
        return begin + list + globals + end + streams.flatMap { $0 }
    }

    static func file(_ workbook: [UInt8], name: String = "Workbook") -> [UInt8] {
        // Small streams would lie elsewhere; zeros may stand behind the last record.
        Smith.compound([(name, workbook + [UInt8](repeating: 0, count: max(0, 4_096 - workbook.count)))])
    }

    // MARK: Slides

    static func atom(_ type: Int, _ data: [UInt8], version: Int = 0) -> [UInt8] {
        Smith.little(version, 2) + Smith.little(type, 2) + Smith.little(data.count, 4) + data
    }

    static func container(_ type: Int, _ records: [UInt8]) -> [UInt8] { atom(type, records, version: 0x0F) }

    static func slide(_ text: String, isHidden: Bool = false) -> [UInt8] {
        let flags = Smith.little(0, 10) + [isHidden ? 4 : 0, 0] + Smith.little(0, 4)
        return container(0x03EE, container(0x040C, atom(0x0FA0, Smith.wide(text))) + atom(0x03F9, flags))
    }

    static func slides(_ stream: [UInt8]) -> [UInt8] {
        Smith.compound([
            ("PowerPoint Document", stream + [UInt8](repeating: 0, count: max(0, 4_096 - stream.count)))
        ])
    }
}
