import CICU
import Synchronization
import Vocabulary

/// What single characters become, by tables that are filled as texts ask for them.
///
/// Context plays no part, so text and pattern are folded alike piece by piece, and each piece knows where it came from.
final class CharacterFolding: Sendable {
    struct Key: Hashable {
        var foldsCase: Bool
        /// Without spacing, which is no matter of single characters.
        var folding: TextFolding
        /// Case is taken away after what is confusable, not before: `I` then resembles `l`, not `i`.
        var asWritten = false
    }

    /// What the 256 characters from one on become.
    final class Page: Sendable {
        /// The pieces, one after the other.
        let bytes: [UInt8]
        /// For each character where its piece starts; one more for the end.
        let starts: [UInt16]
        /// Letters, digits and the underscore.
        let isWord: [Bool]
        let isSpace: [Bool]

        init(_ number: UInt32, _ fold: (UInt32) -> [UInt8]) {
            var bytes: [UInt8] = []
            var starts: [UInt16] = [0]
            var isWord: [Bool] = []
            var isSpace: [Bool] = []
            for low in UInt32(0)..<256 {
                bytes += fold(number << 8 | low)
                starts.append(UInt16(clamping: bytes.count))
                let scalar = Unicode.Scalar(number << 8 | low)
                isWord.append(scalar.map(WordCharacter.isOne) ?? false)
                isSpace.append(scalar?.properties.isWhitespace ?? false)
            }
            self.bytes = bytes
            self.starts = starts
            self.isWord = isWord
            self.isSpace = isSpace
        }
    }

    private let key: Key
    private let pages = Mutex<[UInt32: Page]>([:])
    private static let all = Mutex<[Key: CharacterFolding]>([:])

    private init(_ key: Key) { self.key = key }

    /// The one of this key.
    static func of(_ key: Key) -> CharacterFolding {
        all.withLock { all in
            if let known = all[key] { return known }
            let made = CharacterFolding(key)
            all[key] = made
            return made
        }
    }

    /// Whether the library's tables can be read; without them nothing is confusable and nothing has accents.
    static let isAvailable = decomposition(of: 0xe9) != nil && skeleton(of: [0x61]) == [0x61]

    /// The characters whose upper bits are these.
    func page(_ number: UInt32) -> Page {
        if let known = pages.withLock({ $0[number] }) { return known }
        let page = Page(number) { fold($0) }
        pages.withLock { $0[number] = page }
        return page
    }

    /// What becomes of one character.
    func fold(_ character: UInt32) -> [UInt8] {
        guard let scalar = Unicode.Scalar(character) else { return [] }
        if key.folding.contains(.zeroWidth), Self.isUnseen(scalar) { return [] }
        let isConfusable = key.folding.contains(.confusables)
        var piece = isConfusable ? Self.plainForms(of: character) : [character]
        if key.foldsCase, !key.asWritten { piece = piece.map { CaseFolding.fold($0) } }
        if isConfusable { piece = piece.flatMap(resembled) }
        if key.folding.contains(.accents) { piece = piece.flatMap(Self.withoutMarks) }
        return Self.utf8(piece)
    }

    /// The characters that one resembles.
    private func resembled(_ character: UInt32) -> [UInt32] {
        // What leet knows keeps its meanings there: `1` is `i` or `l`, not `l` alone.
        if key.folding.contains(.leet), !Leet.letters(of: character).isEmpty { return [character] }
        let skeleton = Self.skeleton(of: Self.utf8([character])).map(Self.characters) ?? [character]
        return key.foldsCase ? skeleton.map { CaseFolding.fold($0) } : skeleton
    }

    /// Wide letters, ligatures and the like as plain letters; UTS 39 lists only some of them.
    private static func plainForms(of character: UInt32) -> [UInt32] {
        guard let parts = decomposition(of: character, compatible: true).map(characters), !parts.isEmpty,
            // A mark that stands alone would become one on a space.
            !parts.contains(0x20)
        else { return [character] }
        return parts
    }

    private static func characters(_ utf8: [UInt8]) -> [UInt32] {
        String(decoding: utf8, as: UTF8.self).unicodeScalars.map(\.value)
    }

    /// Format characters, and what is to be left out where it cannot be shown: variation selectors, fillers.
    private static func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .format || scalar.properties.isDefaultIgnorableCodePoint
    }

    /// A character without the marks that Unicode can take off it.
    private static func withoutMarks(_ character: UInt32) -> [UInt32] {
        let parts = decomposition(of: character).map(characters)
        let whole = parts.flatMap { $0.isEmpty ? nil : $0 } ?? [character]
        let kept = whole.filter { Unicode.Scalar($0)?.properties.generalCategory != .nonspacingMark }
        return kept.count == whole.count ? [character] : kept
    }

    private static func utf8(_ characters: [UInt32]) -> [UInt8] {
        var bytes: [UInt8] = []
        for character in characters { UTF8Scalars.append(character, to: &bytes) }
        return bytes
    }

    // MARK: The library

    private static func skeleton(of text: [UInt8]) -> [UInt8]? {
        ask(text, lz_skeleton)
    }

    private static func decomposition(of character: UInt32, compatible: Bool = false) -> [UInt8]? {
        ask([]) { _, _, buffer, capacity in
            lz_decompose(Int32(bitPattern: character), compatible ? 1 : 0, buffer, capacity)
        }
    }

    private static func ask(
        _ text: [UInt8],
        _ function: (UnsafePointer<CChar>?, Int32, UnsafeMutablePointer<CChar>?, Int32) -> Int32
    ) -> [UInt8]? {
        var buffer = [CChar](repeating: 0, count: 64 + 4 * text.count)
        let count = text.withUnsafeBytes { bytes in
            function(
                bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(clamping: bytes.count), &buffer,
                Int32(clamping: buffer.count))
        }
        return count < 0 ? nil : buffer.prefix(Int(count)).map { UInt8(bitPattern: $0) }
    }
}

/// The characters that words are made of.
enum WordCharacter {
    /// Letters, numbers and the underscore.
    static func isOne(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
            .letterNumber, .otherNumber:
            true
        default: scalar == "_"
        }
    }
}
