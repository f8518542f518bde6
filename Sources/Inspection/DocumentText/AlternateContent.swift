import CXML2
import Glibc

/// What a part of Office Open XML has for programs that know more and for those that know less (ECMA-376 part 3, 7.5): each
/// shows one of the two, where both stand beside each other.
struct AlternateContent {
    /// Whose choice is followed.
    enum Reading {
        /// Everything stands there.
        case all
        /// The first content whose namespaces are those of Office, or else what stands there for programs that know none.
        case office
        /// What stands there for programs that know none.
        case fallback
    }

    private let reading: Reading
    /// Whether a content of each open choice was taken.
    private var taken: [Bool] = []
    /// Prefixes that stand for what Office knows anywhere in the part.
    private var prefixes: Set<String> = []
    /// Open contents that are left out, or lie in one that is.
    private var leftOut = 0

    private static let known = [
        "http://schemas.microsoft.com/office/", "http://schemas.openxmlformats.org/", "urn:schemas-microsoft-com",
    ]

    init(_ reading: Reading) { self.reading = reading }

    /// Whether what stands here is left out.
    var isLeftOut: Bool { leftOut > 0 }

    /// Whether a part has such contents.
    static func isIn(_ part: [UInt8]) -> Bool {
        part.firstIndex(ofSequence: Array("AlternateContent".utf8), from: 0) != nil
    }

    /// Takes an element's start; true for a content that is left out, whose end is told.
    mutating func start(
        _ name: String, _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?, _ values: [String: String]
    ) -> Bool {
        guard reading != .all else { return false }
        addPrefixes(attributes)
        switch name {
        case "AlternateContent": taken.append(false)
        case "Choice":
            guard let last = taken.indices.last else { break }
            let required = (values["Requires"] ?? "").split(separator: " ")
            let isKnown = required.allSatisfy { prefixes.contains(String($0)) }
            guard reading == .office, !taken[last], isKnown else { return leaveOut() }
            taken[last] = true
        case "Fallback":
            guard let last = taken.indices.last, reading == .office, taken[last] else { break }
            return leaveOut()
        default: break
        }
        return false
    }

    private mutating func addPrefixes(_ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?) {
        var index = 0
        while let attributes, let attribute = attributes[index] {
            defer { index += 2 }
            guard strncmp(attribute, "xmlns:", 6) == 0, let value = attributes[index + 1] else { continue }
            let prefix = String(cString: attribute + 6)
            let space = String(cString: value)
            if Self.known.contains(where: space.hasPrefix) { prefixes.insert(prefix) }
        }
    }

    private mutating func leaveOut() -> Bool {
        leftOut += 1
        return true
    }

    /// Takes an element's end.
    mutating func end(_ name: String, wasLeftOut: Bool) {
        if wasLeftOut { leftOut -= 1 }
        if name == "AlternateContent" { _ = taken.popLast() }
    }
}
