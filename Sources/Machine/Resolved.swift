import Vocabulary

/// The values of an operand with their texts, folded once.
final class Resolved: @unchecked Sendable {
    // Shared only as a constant of a loaded program, which is filled completely when it is made: `init` computes the
    // lazy parts for it, and every other one belongs to the one thread that judges the message.
    let values: [Value]
    let missing: Reasons
    let alternatives: [TextAlternatives]
    /// The searchable text of each value.
    let texts: [Text?]
    private var keyCache: [ComparisonKey?]?
    private var foldedCache: [[UInt8]?]?
    private var skeletonCache: [[[UInt32]]]?
    private let isShared: Bool

    init(_ value: FactValue, isShared: Bool = true) {
        values = value.values
        missing = value.missing
        alternatives = value.alternatives
        self.isShared = isShared
        texts = value.values.map(\.searchableText)
        if isShared {
            keyCache = values.map { ComparisonKey($0, exactly: false) }
            foldedCache = texts.map { $0?.folded }
        }
    }

    var isAbsent: Bool { values.isEmpty && missing.isEmpty }

    /// The keys of the values for comparison after folding; `nil` for values that have none.
    var keys: [ComparisonKey?] {
        if let keyCache { return keyCache }
        let keys = values.map { ComparisonKey($0, exactly: false) }
        keyCache = keys
        return keys
    }

    /// What each value looks like.
    func skeletons(_ characters: any CharacterTables) -> [[[UInt32]]] {
        if let skeletonCache { return skeletonCache }
        let skeletons = values.map { characters.skeletons(of: $0) }
        // What several threads use is prepared before they do.
        if !isShared { skeletonCache = skeletons }
        return skeletons
    }

    /// Keeps what a constant looks like; only while nobody else has it.
    func prepareSkeletons(_ characters: any CharacterTables) {
        skeletonCache = values.map { characters.skeletons(of: $0) }
    }

    /// The searchable texts, folded.
    var foldedTexts: [[UInt8]?] {
        if let foldedCache { return foldedCache }
        let folded = texts.map { $0?.folded }
        foldedCache = folded
        return folded
    }
}
