/// Reads what a rule is for out of a style sheet (Selectors 4, 3).
struct SelectorReader {
    private let bytes: ArraySlice<UInt8>
    private var index: Int
    /// Selectors within this one.
    private let depth: Int
    /// Whether it is too long to be looked at.
    private(set) var isLong = false
    /// Whether it is for states that no page is in when it is opened, or for what is no element.
    private(set) var isForNothing = false

    /// Reads all selectors of a list; those that are none, or for nothing, are left out.
    ///
    /// - Parameter isComplete: set to false where one is left out because it is too long.
    static func list(_ bytes: ArraySlice<UInt8>, depth: Int = 0, isComplete: inout Bool) -> [StyleSelector] {
        var found: [StyleSelector] = []
        var start = bytes.startIndex
        while start < bytes.endIndex {
            let end = StyleScan.end(of: bytes, from: start, at: UInt8(ascii: ","))
            var reader = SelectorReader(bytes[start..<end], depth: depth)
            let selector = reader.read()
            if let selector, !reader.isForNothing {
                if reader.isLong { isComplete = false } else { found.append(selector) }
            }
            start = end + 1
        }
        return found
    }

    private init(_ bytes: ArraySlice<UInt8>, depth: Int) {
        self.bytes = bytes
        self.depth = depth
        index = bytes.startIndex
    }

    private var next: UInt8? { index < bytes.endIndex ? bytes[index] : nil }

    private mutating func take(_ byte: Character) -> Bool {
        guard let own = byte.asciiValue, next == own else { return false }
        index += 1
        return true
    }

    /// Passes over blanks and comments.
    private mutating func skipBlank() -> Bool {
        let start = index
        while let byte = next {
            if byte <= 0x20 {
                index += 1
            } else if StyleScan.endOfComment(bytes, from: index) != index {
                index = min(StyleScan.endOfComment(bytes, from: index) + 1, bytes.endIndex)
            } else {
                break
            }
        }
        return index > start
    }

    private mutating func read() -> StyleSelector? {
        var selector = StyleSelector(compounds: [])
        _ = skipBlank()
        var combinator = StyleSelector.Combinator.within
        while next != nil {
            guard var compound = compound(&selector) else { return nil }
            compound.combinator = combinator
            if selector.compounds.count < StyleLimits.compounds {
                selector.compounds.append(compound)
            } else {
                isLong = true
            }
            _ = skipBlank()
            combinator = takeCombinator()
            _ = skipBlank()
        }
        return selector.compounds.isEmpty ? nil : selector
    }

    private mutating func takeCombinator() -> StyleSelector.Combinator {
        if take(">") { return .child }
        if take("+") { return .next }
        return take("~") ? .after : .within
    }

    private mutating func compound(_ selector: inout StyleSelector) -> StyleSelector.Compound? {
        var compound = StyleSelector.Compound()
        let start = index
        while let byte = next, byte > 0x20, !">+~".utf8.contains(byte) {
            switch byte {
            case UInt8(ascii: "*"): index += 1
            case UInt8(ascii: "."), UInt8(ascii: "#"):
                index += 1
                guard let name = name() else { return nil }
                if byte == UInt8(ascii: "#") {
                    compound.identifier = name
                } else if compound.classes.count < StyleLimits.compounds {
                    compound.classes.append(name)
                } else {
                    isLong = true
                }
            case UInt8(ascii: "["):
                index += 1
                guard let test = attribute() else { return nil }
                compound.tests.append(.attribute(test))
            case UInt8(ascii: ":"):
                index += 1
                guard pseudo(&compound, &selector) else { return nil }
            case UInt8(ascii: "/") where skipBlank(): break
            default:
                guard let name = name() else { return nil }
                compound.element = name
            }
            if compound.tests.count > StyleLimits.compounds { isLong = true }
        }
        return index > start ? compound : nil
    }

    /// A name in lower case, escapes undone; nil where none stands.
    private mutating func name() -> String? {
        var name: [UInt8] = []
        while let byte = next, Self.isOfName(byte) || byte == UInt8(ascii: "\\") {
            index += 1
            name.append(
                WebAddress.lowercased(byte == UInt8(ascii: "\\") ? StyleScan.escaped(bytes, &index) : byte))
        }
        if name.count > StyleLimits.nameBytes { isLong = true }
        return name.isEmpty ? nil : String(decoding: name, as: UTF8.self)
    }

    private static func isOfName(_ byte: UInt8) -> Bool {
        byte >= 0x80 || (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || byte == 0x2D
            || byte == 0x5F
    }

    // MARK: Attributes

    private mutating func attribute() -> StyleSelector.AttributeTest? {
        _ = skipBlank()
        guard let name = name() else { return nil }
        var test = StyleSelector.AttributeTest(name: name)
        _ = skipBlank()
        if take("]") { return test }
        let relations: [Character: StyleSelector.AttributeTest.Relation] = [
            "~": .word, "|": .prefixOrDash, "^": .prefix, "$": .suffix, "*": .part,
        ]
        test.relation = .equals
        if let byte = next, let relation = relations[Character(Unicode.Scalar(byte))] {
            test.relation = relation
            index += 1
        }
        guard take("=") else { return nil }
        _ = skipBlank()
        if let quote = next, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
            let end = StyleScan.endOfString(bytes, from: index)
            test.value = String(decoding: StyleText.unescaped(bytes[min(index + 1, end)..<end]), as: UTF8.self)
                .lowercased()
            index = min(end + 1, bytes.endIndex)
        } else {
            test.value = self.name() ?? ""
        }
        _ = skipBlank()
        // `i` or `s`, which tell of letters' case.
        _ = self.name()
        _ = skipBlank()
        return take("]") ? test : nil
    }

    // MARK: Pseudo-classes and pseudo-elements

    private mutating func pseudo(_ compound: inout StyleSelector.Compound, _ selector: inout StyleSelector) -> Bool {
        let isElement = take(":")
        guard let name = name() else { return false }
        var argument: ArraySlice<UInt8> = []
        if take("(") {
            let end = StyleScan.end(of: bytes, from: index, at: UInt8(ascii: ")"))
            argument = bytes[index..<end]
            index = min(end + 1, bytes.endIndex)
        }
        switch name {
        case "before": selector.pseudo = .before
        case "after": selector.pseudo = .behind
        case _ where isElement || Self.ofNothing.contains(name): isForNothing = true
        case "is", "where", "matches", "-webkit-any", "-moz-any", "not":
            guard depth < StyleLimits.selectorNesting else {
                isLong = true
                return true
            }
            var isComplete = true
            let list = Self.list(argument, depth: depth + 1, isComplete: &isComplete)
            if !isComplete { isLong = true }
            compound.tests.append(name == "not" ? .noneOf(list) : .anyOf(list))
        default: compound.tests.append(PseudoClass.test(name, argument))
        }
        return true
    }

    /// States of what a person does, and pieces of elements.
    private static let ofNothing: Set<String> = [
        "hover", "active", "focus", "focus-within", "focus-visible", "visited", "target", "first-letter", "first-line",
        "host",
    ]
}

/// Pseudo-classes that tell elements by what stands in the page.
private enum PseudoClass {
    static func test(_ name: String, _ argument: ArraySlice<UInt8>) -> StyleSelector.Test {
        switch name {
        case "root", "scope": return .root
        case "link", "any-link": return .attribute(StyleSelector.AttributeTest(name: "href"))
        case "checked": return .attribute(StyleSelector.AttributeTest(name: "checked"))
        case "disabled": return .attribute(StyleSelector.AttributeTest(name: "disabled"))
        case "first-child": return .number(step: 0, offset: 1, ofType: false)
        case "first-of-type": return .number(step: 0, offset: 1, ofType: true)
        case "nth-child", "nth-of-type":
            guard let (step, offset) = number(StyleScan.plain(argument)) else { return .unknown }
            return .number(step: step, offset: offset, ofType: name == "nth-of-type")
        default: return .unknown
        }
    }

    /// `odd`, `even`, `3`, `2n+1`, `-n + 3` (CSS Syntax 3, 6).
    private static func number(_ bytes: [UInt8]) -> (Int, Int)? {
        let text = String(decoding: bytes.filter { $0 != 0x20 }, as: UTF8.self)
        if text == "odd" { return (2, 1) }
        if text == "even" { return (2, 0) }
        guard let n = text.firstIndex(of: "n") else { return value(text[...]).map { (0, $0) } }
        let step: Int? =
            switch text[..<n] {
            case "", "+": 1
            case "-": -1
            default: value(text[..<n])
            }
        let rest = text[text.index(after: n)...]
        guard let step, let offset = rest.isEmpty ? 0 : value(rest) else { return nil }
        return (step, offset)
    }

    private static func value(_ text: Substring) -> Int? {
        Int(text).flatMap { abs($0) < 1 << 30 ? $0 : nil }
    }
}
