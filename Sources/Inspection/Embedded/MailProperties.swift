import Vocabulary

/// Properties of a message or attachment as TNEF writes them ([MS-OXTNEF] 2.1.3.4), by their tags.
struct MailProperties {
    private(set) var values: [Int: [UInt8]] = [:]
    /// Whether all of them could be read.
    private(set) var isComplete = true

    init(_ bytes: ArraySlice<UInt8>) {
        var cursor = ByteCursor(bytes)
        guard let count = cursor.number(4) else {
            isComplete = false
            return
        }
        for _ in 0..<min(count, InspectionLimits.mailProperties) {
            guard let (tag, value) = Self.property(&cursor) else {
                isComplete = false
                return
            }
            if values[tag] == nil { values[tag] = value }
        }
        if count > InspectionLimits.mailProperties { isComplete = false }
    }

    /// The first text among properties, in UTF-16 or in an 8-bit charset.
    func text(_ identifiers: Int...) -> String? {
        for identifier in identifiers {
            if let wide = values[identifier << 16 | 0x1F] { return Self.wideText(wide) }
            if let narrow = values[identifier << 16 | 0x1E] {
                return String(decoding: narrow.prefix { $0 != 0 }, as: UTF8.self)
            }
        }
        return nil
    }

    func data(_ identifier: Int, _ type: Int) -> [UInt8]? { values[identifier << 16 | type] }

    static func wideText(_ bytes: some Collection<UInt8>) -> String {
        var units: [UInt16] = []
        var low: UInt8?
        for byte in bytes {
            if let first = low {
                units.append(UInt16(byte) << 8 | UInt16(first))
                low = nil
            } else {
                low = byte
            }
        }
        return String(decoding: units.prefix { $0 != 0 }, as: UTF16.self)
    }

    private static func property(_ cursor: inout ByteCursor) -> (tag: Int, value: [UInt8])? {
        guard let type = cursor.number(2), let identifier = cursor.number(2) else { return nil }
        if identifier >= 0x8000 {
            guard cursor.take(16) != nil, let kind = cursor.number(4), let number = cursor.number(4) else { return nil }
            if kind == 1 {
                guard cursor.take(number) != nil else { return nil }
                cursor.align(to: 4)
            }
        }
        let tag = identifier << 16 | type
        let base = type & ~0x1000
        guard let size = fixedSizes[base] else { return variable(&cursor, base, tag) }
        let count = type & 0x1000 == 0 ? 1 : cursor.number(4)
        guard let count, let value = cursor.take(count.multipliedReportingOverflow(by: size).partialValue) else {
            return nil
        }
        cursor.align(to: 4)
        return (tag, Array(value))
    }

    /// Values with a length; of several, the first is kept.
    private static func variable(
        _ cursor: inout ByteCursor, _ base: Int, _ tag: Int
    ) -> (tag: Int, value: [UInt8])? {
        guard [0x0D, 0x1E, 0x1F, 0x102].contains(base), let count = cursor.number(4) else { return nil }
        var first: [UInt8] = []
        for index in 0..<min(count, InspectionLimits.mailProperties) {
            guard let size = cursor.number(4), let value = cursor.take(size) else { return nil }
            cursor.align(to: 4)
            if index == 0 { first = Array(value) }
        }
        return count > InspectionLimits.mailProperties ? nil : (tag, first)
    }

    /// Types of a fixed size, those of two bytes filled up to four.
    private static let fixedSizes = [
        0x02: 4, 0x03: 4, 0x04: 4, 0x05: 8, 0x06: 8, 0x07: 8, 0x0A: 4, 0x0B: 4, 0x14: 8, 0x40: 8, 0x48: 16,
    ]
}
