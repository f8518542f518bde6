/// A block of a rule with its own declarations and the rules within it (CSS Nesting 1).
struct StyleBlocks {
    /// A rule of a style sheet: what it is for, what it declares, and whether it counts.
    typealias Rule = (selectors: ArraySlice<UInt8>, block: ArraySlice<UInt8>, certainty: Certainty)

    private(set) var rules: [Rule] = []
    /// False where rules lie too deep within one another.
    private(set) var isComplete = true

    init(_ rule: Rule) { add(rule, depth: 0) }

    private mutating func add(_ rule: Rule, depth: Int) {
        guard rule.block.contains(UInt8(ascii: "{")) else {
            rules.append(rule)
            return
        }
        guard depth < StyleLimits.selectorNesting else {
            isComplete = false
            return
        }
        var own: [UInt8] = []
        var index = rule.block.startIndex
        while index < rule.block.endIndex {
            let end = StyleScan.end(of: rule.block, from: index, at: UInt8(ascii: ";"), or: UInt8(ascii: "{"))
            guard end < rule.block.endIndex, rule.block[end] == UInt8(ascii: "{") else {
                own += rule.block[index..<end] + [UInt8(ascii: ";")]
                index = end + 1
                continue
            }
            let close = StyleScan.endOfBlock(rule.block, from: end)
            add(nested(rule, rule.block[index..<end], rule.block[min(end + 1, close)..<close]), depth: depth + 1)
            index = close + 1
        }
        rules.append((rule.selectors, own[...], rule.certainty))
    }

    private mutating func nested(_ rule: Rule, _ prelude: ArraySlice<UInt8>, _ block: ArraySlice<UInt8>) -> Rule {
        let words = prelude.drop { $0 <= 0x20 }
        if words.first == UInt8(ascii: "@") {
            return (rule.selectors, block, min(rule.certainty, MediaQuery.holds(words)))
        }
        let parent = Array(":is(".utf8) + rule.selectors + Array(")".utf8)
        var selectors: [UInt8] = []
        for part in words.split(separator: UInt8(ascii: ",")) {
            if !selectors.isEmpty { selectors.append(UInt8(ascii: ",")) }
            if part.contains(UInt8(ascii: "&")) {
                for byte in part {
                    if byte == UInt8(ascii: "&") { selectors += parent } else { selectors.append(byte) }
                }
            } else {
                selectors += parent + [0x20] + part
            }
            guard selectors.count <= StyleLimits.attributeBytes else {
                isComplete = false
                return ([], [], .no)
            }
        }
        return (selectors[...], block, rule.certainty)
    }
}
