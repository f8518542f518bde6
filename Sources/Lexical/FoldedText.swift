import Vocabulary

/// A text after folding: its bytes, where words may begin and end in it, and the way back to the bytes it came from.
///
/// A byte of the text that is not UTF-8 becomes one that no pattern has.
struct FoldedText {
    /// What becomes of white space.
    enum Spaces: Hashable {
        case kept
        /// A run of it is one space.
        case single
        /// Nothing, but words end at it.
        case removed
    }

    static let begins: UInt8 = 1
    static let ends: UInt8 = 2

    private(set) var bytes: [UInt8] = []
    /// For each place between bytes whether a word may begin or end there: on a boundary of the text's characters,
    /// with no letter, digit or underscore at the other side.
    private(set) var marks: [UInt8] = [0]
    /// For each byte the offset of its character in the text.
    private var origins: [Int] = []
    private let source: [UInt8]

    /// - Parameters:
    ///   - isTraceable: whether ranges and words will be asked for; costs eight bytes for each.
    init(_ text: [UInt8], by characters: CharacterFolding, spaces: Spaces, isTraceable: Bool = false) {
        source = text
        bytes.reserveCapacity(text.count)
        marks.reserveCapacity(text.count + 1)
        if isTraceable { origins.reserveCapacity(text.count) }
        var number = UInt32.max
        var page = characters.page(0)
        var afterWord = false
        var afterSpace = false
        var index = 0
        while index < text.count {
            let start = index
            let last = bytes.count
            guard let (scalar, length) = UTF8Scalars.decode(text, at: index) else {
                mark(afterWord: afterWord, isWord: false)
                bytes.append(0xff)
                marks.append(0)
                if isTraceable { origins.append(start) }
                (afterWord, afterSpace) = (false, false)
                index += 1
                continue
            }
            index += length
            if scalar >> 8 != number {
                number = scalar >> 8
                page = characters.page(number)
            }
            let low = Int(scalar & 0xff)
            if page.isSpace[low], spaces != .kept {
                if spaces == .single, afterSpace { continue }
                mark(afterWord: afterWord, isWord: false)
                (afterWord, afterSpace) = (false, true)
                if spaces == .removed {
                    // What follows begins behind white space.
                    marks[last] |= Self.begins
                    continue
                }
                bytes.append(0x20)
                marks.append(0)
            } else {
                let piece = Int(page.starts[low])..<Int(page.starts[low + 1])
                if piece.isEmpty { continue }
                mark(afterWord: afterWord, isWord: page.isWord[low])
                (afterWord, afterSpace) = (page.isWord[low], false)
                for place in piece {
                    bytes.append(page.bytes[place])
                    marks.append(0)
                }
            }
            if isTraceable { for _ in last..<bytes.count { origins.append(start) } }
        }
        mark(afterWord: afterWord, isWord: false)
    }

    /// Marks the place at the end so far, between two characters.
    private mutating func mark(afterWord: Bool, isWord: Bool) {
        marks[bytes.count] |= (afterWord ? 0 : Self.begins) | (isWord ? 0 : Self.ends)
    }

    /// The range of the text that a range of folded bytes came from, that is not empty.
    func original(_ range: Range<Int>) -> Range<Int> {
        let last = origins[range.upperBound - 1]
        return origins[range.lowerBound]..<(last + (UTF8Scalars.decode(source, at: last)?.length ?? 1))
    }
}
