/// The rules of a page's style sheets that can hide text, or show it again.
struct StyleSheet {
    private struct Rule {
        let selector: StyleSelector
        let declarations: StyleDeclarations
        /// Whether it counts for whoever reads the page.
        let certainty: Certainty
    }

    private var rules: [Rule] = []
    /// The rules by what their last element must have.
    private var byClass: [String: [Int]] = [:]
    private var byIdentifier: [String: [Int]] = [:]
    private var byElement: [String: [Int]] = [:]
    private var ofAll: [Int] = []
    /// False where a limit kept rules from counting.
    private(set) var isComplete = true

    /// Whether rules ask for attributes, for an element's neighbours, and add boxes.
    private(set) var usesAttributes = false
    private(set) var usesNeighbours = false
    private(set) var hasPseudoElements = false

    var isEmpty: Bool { rules.isEmpty }

    /// Takes the rules out of every `<style>` of a page. Linear in the length.
    init(ofPage page: [UInt8]) {
        var index = 0
        while let start = Self.find("<style", in: page, from: index) {
            guard let open = page[start...].firstIndex(of: UInt8(ascii: ">")) else { return }
            let end = Self.find("</style", in: page, from: open) ?? page.count
            var reader = StyleSheetReader(page[(open + 1)..<end])
            reader.read { add($0) }
            isComplete = isComplete && reader.isComplete
            index = end
        }
    }

    private mutating func add(_ rule: StyleBlocks.Rule) {
        let blocks = StyleBlocks(rule)
        isComplete = isComplete && blocks.isComplete
        for rule in blocks.rules where rule.certainty != .no { addPlain(rule) }
    }

    private mutating func addPlain(_ rule: StyleBlocks.Rule) {
        let declarations = StyleDeclarations(rule.block)
        isComplete = isComplete && declarations.isComplete
        guard !declarations.list.isEmpty || !declarations.variables.isEmpty else { return }
        if rule.selectors.count > StyleLimits.attributeBytes { isComplete = false }
        let selectors = rule.selectors.prefix(StyleLimits.attributeBytes)
        for selector in SelectorReader.list(selectors, isComplete: &isComplete) {
            guard rules.count < StyleLimits.rules else {
                isComplete = false
                return
            }
            usesAttributes =
                usesAttributes || asksAttributes(selector) || declarations.list.contains { $0.property.hasWords }
            usesNeighbours = usesNeighbours || asksNeighbours(selector)
            if selector.pseudo != nil { hasPseudoElements = true }
            let target = selector.target
            if let name = target.classes.first {
                byClass[name, default: []].append(rules.count)
            } else if let name = target.identifier {
                byIdentifier[name, default: []].append(rules.count)
            } else if let name = target.element {
                byElement[name, default: []].append(rules.count)
            } else {
                ofAll.append(rules.count)
            }
            rules.append(Rule(selector: selector, declarations: declarations, certainty: rule.certainty))
        }
    }

    private func asksAttributes(_ selector: StyleSelector) -> Bool {
        selector.compounds.lazy.flatMap(\.tests).contains { test in
            switch test {
            case .attribute: true
            case .anyOf(let inner), .noneOf(let inner): inner.contains(where: asksAttributes)
            default: false
            }
        }
    }

    private func asksNeighbours(_ selector: StyleSelector) -> Bool {
        selector.compounds.contains { compound in
            compound.combinator == .next || compound.combinator == .after
                || compound.tests.contains { test in
                    switch test {
                    case .number: true
                    case .anyOf(let inner), .noneOf(let inner): inner.contains(where: asksNeighbours)
                    default: false
                    }
                }
        }
    }

    /// The declarations for an element, or for a box that rules add to it, the weaker rules first.
    ///
    /// - Parameters:
    ///   - parents: what it lies in, from the outside in.
    ///   - steps: comparisons that are left; none are made when there are none left.
    func declarations(
        for element: ElementIdentity, _ pseudo: StyleSelector.PseudoElement? = nil, in parents: [OpenElement],
        steps: inout Int
    ) -> [(declarations: StyleDeclarations, certainty: Certainty)] {
        var found: [(rule: Int, certainty: Certainty)] = []
        var match = SelectorMatch(parents: parents, steps: steps)
        func add(_ candidates: [Int]?) {
            for candidate in candidates ?? [] where match.steps > 0 && rules[candidate].selector.pseudo == pseudo {
                let certainty = min(rules[candidate].certainty, match.matches(rules[candidate].selector, element))
                if certainty != .no { found.append((candidate, certainty)) }
            }
        }
        for name in element.classes { add(byClass[name]) }
        if let name = element.identifier { add(byIdentifier[name]) }
        add(byElement[element.name])
        add(ofAll)
        steps = match.steps
        let sorted = found.sorted {
            let (left, right) = (rules[$0.rule].selector.specificity, rules[$1.rule].selector.specificity)
            return left == right ? $0.rule < $1.rule : left < right
        }
        return sorted.map { (rules[$0.rule].declarations, $0.certainty) }
    }

    private static func find(_ words: StaticString, in page: [UInt8], from start: Int) -> Int? {
        let count = words.utf8CodeUnitCount
        var index = start
        while index + count <= page.count {
            if page[index] == UInt8(ascii: "<"),
                (1..<count).allSatisfy({ WebAddress.lowercased(page[index + $0]) == words.utf8Start[$0] })
            {
                return index
            }
            index += 1
        }
        return nil
    }
}

/// Reads a style sheet rule by rule (CSS Syntax 3, 5), those of `@media` and its like where they hold.
private struct StyleSheetReader {
    private let sheet: ArraySlice<UInt8>
    private var index: Int
    /// Whether the rules count of each `@media` and its like that is open.
    private var around: [Certainty] = []
    /// False where it is not known whether rules hold.
    private(set) var isComplete = true

    init(_ sheet: ArraySlice<UInt8>) {
        self.sheet = sheet
        index = sheet.startIndex
    }

    /// Passes on every rule that may count.
    mutating func read(_ rule: (StyleBlocks.Rule) -> Void) {
        while index < sheet.endIndex {
            skipBetweenRules()
            let start = index
            let isSpecial = start < sheet.endIndex && sheet[start] == UInt8(ascii: "@")
            let semicolon = isSpecial ? UInt8(ascii: ";") : nil
            let open = StyleScan.end(of: sheet, from: start, at: UInt8(ascii: "{"), or: semicolon)
            if isSpecial {
                if open - start > StyleLimits.attributeBytes { isComplete = false }
                let isStatement = open < sheet.endIndex && sheet[open] == semicolon
                let certainty = isStatement ? .yes : MediaQuery.holds(sheet[start..<open])
                if isStatement {
                    index = open + 1
                } else if certainty != .no {
                    // Its rules are read like those around it, up to the bracket that ends them.
                    around.append(min(certainty, around.last ?? .yes))
                    index = open + 1
                } else {
                    index = StyleScan.endOfBlock(sheet, from: open) + 1
                }
                continue
            }
            guard open < sheet.endIndex else { return }
            let end = StyleScan.endOfBlock(sheet, from: open)
            rule((sheet[start..<open], sheet[min(open + 1, end)..<end], around.last ?? .yes))
            index = end + 1
        }
    }

    /// Blanks, comments, the marks of comments of HTML, and what ends `@media`.
    private mutating func skipBetweenRules() {
        while index < sheet.endIndex {
            let byte = sheet[index]
            if byte == UInt8(ascii: "/"), StyleScan.endOfComment(sheet, from: index) != index {
                index = min(StyleScan.endOfComment(sheet, from: index) + 1, sheet.endIndex)
            } else if byte <= 0x20 || byte == UInt8(ascii: "}") {
                if byte > 0x20 { _ = around.popLast() }
                index += 1
            } else if sheet[index...].starts(with: "<!--".utf8) {
                index += 4
            } else if sheet[index...].starts(with: "-->".utf8) {
                index += 3
            } else {
                return
            }
        }
    }
}
