import Vocabulary

/// Tries a pattern at every place of a text, scalar by scalar.
struct NaiveMatcher {
    private var scalars: [UInt32] = []
    private var offsets: [Int] = []

    /// - Parameters:
    ///   - folds: whether to fold. A byte that is not UTF-8 stands for itself, above all scalars.
    init(_ bytes: [UInt8], folds: Bool) {
        var index = 0
        while index < bytes.count {
            offsets.append(index)
            if let (scalar, length) = UTF8Scalars.decode(bytes, at: index) {
                scalars.append(folds ? CaseFolding.fold(scalar) : scalar)
                index += length
            } else {
                scalars.append(0x11_0000 + UInt32(bytes[index]))
                index += 1
            }
        }
        offsets.append(bytes.count)
    }

    static func matches(of pattern: TextPattern, in text: [UInt8]) -> [Range<Int>] {
        let folds = pattern.kind != .exact
        let own = NaiveMatcher(text, folds: folds)
        let sought = NaiveMatcher(pattern.source.utf8, folds: folds).scalars
        var ranges: [Range<Int>] = []
        var start = 0
        while start < own.scalars.count {
            if let end = own.end(of: sought, at: start, kind: pattern.kind) {
                ranges.append(own.offsets[start]..<own.offsets[end])
                start = end
            } else {
                start += 1
            }
        }
        return ranges
    }

    private func end(of sought: [UInt32], at start: Int, kind: TextPattern.Kind) -> Int? {
        let hasBoundaries = kind == .word || kind == .phrase
        if hasBoundaries, start > 0, Self.isWordCharacter(scalars[start - 1]) { return nil }
        var place = start
        var other = 0
        while other < sought.count {
            if kind == .phrase, Self.isSpace(sought[other]) {
                guard place < scalars.count, Self.isSpace(scalars[place]) else { return nil }
                while place < scalars.count, Self.isSpace(scalars[place]) { place += 1 }
                while other < sought.count, Self.isSpace(sought[other]) { other += 1 }
            } else {
                guard place < scalars.count, scalars[place] == sought[other] else { return nil }
                place += 1
                other += 1
            }
        }
        if hasBoundaries, place < scalars.count, Self.isWordCharacter(scalars[place]) { return nil }
        return place
    }

    static func isWordCharacter(_ scalar: UInt32) -> Bool {
        guard let properties = Unicode.Scalar(scalar)?.properties else { return false }
        return scalar == 0x5f || isLetterOrNumber(properties.generalCategory)
    }

    static func isSpace(_ scalar: UInt32) -> Bool { Unicode.Scalar(scalar)?.properties.isWhitespace ?? false }

    private static func isLetterOrNumber(_ category: Unicode.GeneralCategory) -> Bool {
        switch category {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
            .letterNumber, .otherNumber:
            true
        default: false
        }
    }
}

/// A generator of pseudo-random numbers with a seed, so that a failure can be had again.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
