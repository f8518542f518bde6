/// What a rule of a style sheet is for (Selectors 4): elements by name, class and identifier, within others.
struct StyleSelector {
    struct Compound {
        var element: String?
        var identifier: String?
        var classes: [String] = []

        func matches(_ other: ElementIdentity) -> Bool {
            if let element, element != other.name { return false }
            if let identifier, identifier != other.identifier { return false }
            return classes.allSatisfy(other.classes.contains)
        }
    }

    /// From the outside in; the last one is the element itself.
    let compounds: [Compound]

    var target: Compound { compounds[compounds.count - 1] }

    /// Identifiers, classes and names, in this order of weight.
    var specificity: Int {
        compounds.reduce(0) { sum, compound in
            sum + (compound.identifier == nil ? 0 : 10_000) + compound.classes.count * 100
                + (compound.element == nil ? 0 : 1)
        }
    }

    /// Nil where it tells elements apart by what is not looked at here: attributes, states, neighbours. Mail programs
    /// leave most such rules out.
    ///
    /// - Parameter isComplete: set to false where it is nil because it is too long.
    init?(_ bytes: ArraySlice<UInt8>, isComplete: inout Bool) {
        let plain = StyleScan.plain(bytes)
        var compounds: [Compound] = []
        var isLong = false
        for word in plain.split(whereSeparator: { $0 == 0x20 || $0 == UInt8(ascii: ">") }) {
            guard let compound = Self.compound(word, &isLong) else { return nil }
            if compounds.count < StyleLimits.compounds { compounds.append(compound) } else { isLong = true }
        }
        if isLong { isComplete = false }
        guard !isLong, !compounds.isEmpty else { return nil }
        self.compounds = compounds
    }

    private static func compound(_ word: ArraySlice<UInt8>, _ isLong: inout Bool) -> Compound? {
        var compound = Compound()
        var index = word.startIndex
        while index < word.endIndex {
            let mark = word[index]
            if mark == UInt8(ascii: "*") {
                index += 1
                continue
            }
            let hasMark = mark == UInt8(ascii: ".") || mark == UInt8(ascii: "#")
            let start = hasMark ? index + 1 : index
            let end = word[start...].firstIndex { !isOfName($0) } ?? word.endIndex
            guard end > start else { return nil }
            let isOneMore = mark == UInt8(ascii: ".") && compound.classes.count == StyleLimits.compounds
            if isOneMore || end - start > StyleLimits.nameBytes { isLong = true }
            let name = String(decoding: word[start..<min(end, start + StyleLimits.nameBytes)], as: UTF8.self)
            switch mark {
            case UInt8(ascii: ".") where !isLong: compound.classes.append(name)
            case UInt8(ascii: "."): break
            case UInt8(ascii: "#"): compound.identifier = name
            default: compound.element = name
            }
            index = end
        }
        return compound
    }

    private static func isOfName(_ byte: UInt8) -> Bool {
        byte >= 0x80 || (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2D || byte == 0x5F
    }
}

/// What rules tell an element by.
struct ElementIdentity {
    let name: String
    var identifier: String?
    var classes: [String] = []
}
