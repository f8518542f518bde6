import Vocabulary

/// The regular expressions the language allows: what a finite automaton can decide.
///
/// Refused are look-around, back-references, recursion, atomic and possessive constructs, conditionals, callouts and
/// verbs, each by its place in the source.
enum RegularSubset {
    /// The first construct that is not regular, or `nil`.
    static func fault(in source: [UInt8]) -> PatternFault? {
        var index = 0
        var isInClass = false
        var quantifierEnd = -1
        while index < source.count {
            let byte = source[index]
            switch byte {
            case UInt8(ascii: "\\"):
                if let fault = escapeFault(source, at: index, isInClass: isInClass) { return fault }
                index += 2
                continue
            case UInt8(ascii: "[") where !isInClass:
                isInClass = true
                // A closing bracket right behind the opening one is a character.
                if next(source, index) == UInt8(ascii: "^") { index += 1 }
                if next(source, index) == UInt8(ascii: "]") { index += 1 }
            case UInt8(ascii: "]"):
                isInClass = false
            case UInt8(ascii: "(") where !isInClass:
                if let fault = groupFault(source, at: index) { return fault }
            case UInt8(ascii: "*") where !isInClass, UInt8(ascii: "?") where !isInClass:
                quantifierEnd = index
            case UInt8(ascii: "+") where !isInClass:
                if quantifierEnd == index - 1, index > 0 {
                    return PatternFault(message: "a possessive quantifier is not regular", offset: index)
                }
                quantifierEnd = index
            case UInt8(ascii: "}") where !isInClass:
                quantifierEnd = index
            case UInt8(ascii: "{") where !isInClass:
                if let count = greatestCount(source, at: index), count > LexicalLimits.repetition {
                    return PatternFault(
                        message: "a repetition of more than \(LexicalLimits.repetition) times is too long",
                        offset: index)
                }
            default: break
            }
            index += 1
        }
        return nil
    }

    private static func next(_ source: [UInt8], _ index: Int) -> UInt8? {
        index + 1 < source.count ? source[index + 1] : nil
    }

    private static func escapeFault(_ source: [UInt8], at index: Int, isInClass: Bool) -> PatternFault? {
        guard let escaped = next(source, index), !isInClass else { return nil }
        switch escaped {
        case UInt8(ascii: "1")...UInt8(ascii: "9"), UInt8(ascii: "k"), UInt8(ascii: "g"):
            return PatternFault(message: "a back-reference is not regular", offset: index)
        case UInt8(ascii: "K"), UInt8(ascii: "G"), UInt8(ascii: "C"), UInt8(ascii: "X"), UInt8(ascii: "R"):
            return PatternFault(
                message: "`\\\(Character(Unicode.Scalar(escaped)))` is not allowed in a policy", offset: index)
        default:
            return nil
        }
    }

    private static func groupFault(_ source: [UInt8], at index: Int) -> PatternFault? {
        let rest = source[(index + 1)...].prefix(4)
        if rest.first == UInt8(ascii: "*") {
            return PatternFault(message: "a verb is not regular", offset: index)
        }
        guard rest.first == UInt8(ascii: "?") else { return nil }
        switch rest.dropFirst().first {
        case UInt8(ascii: ":"), UInt8(ascii: "i"), UInt8(ascii: "s"), UInt8(ascii: "m"), UInt8(ascii: "x"),
            UInt8(ascii: "-"):
            return nil
        case UInt8(ascii: "="), UInt8(ascii: "!"):
            return PatternFault(message: "look-ahead is not regular", offset: index)
        case UInt8(ascii: "<"):
            let third = rest.dropFirst(2).first
            return third == UInt8(ascii: "=") || third == UInt8(ascii: "!")
                ? PatternFault(message: "look-behind is not regular", offset: index) : nil
        case UInt8(ascii: ">"):
            return PatternFault(message: "an atomic group is not regular", offset: index)
        case UInt8(ascii: "("):
            return PatternFault(message: "a condition is not regular", offset: index)
        default:
            return PatternFault(message: "this group is not regular", offset: index)
        }
    }

    private static func greatestCount(_ source: [UInt8], at index: Int) -> Int? {
        let body = source[(index + 1)...].prefix { $0 != UInt8(ascii: "}") }
        let numbers = body.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: true)
        return numbers.compactMap { Int(String(decoding: $0, as: UTF8.self)) }.max()
    }
}
