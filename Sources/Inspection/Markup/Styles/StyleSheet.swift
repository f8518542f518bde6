/// The rules of a page's style sheets that can hide text, or show it again.
struct StyleSheet {
    private struct Rule {
        let selector: StyleSelector
        let declarations: StyleDeclarations
    }

    private var rules: [Rule] = []
    /// The rules by what their last element must have.
    private var byClass: [String: [Int]] = [:]
    private var byIdentifier: [String: [Int]] = [:]
    private var byElement: [String: [Int]] = [:]
    private var ofAll: [Int] = []
    /// False where a limit kept rules from counting.
    private(set) var isComplete = true

    var isEmpty: Bool { rules.isEmpty }

    /// Takes the rules out of every `<style>` of a page. Linear in the length.
    init(ofPage page: [UInt8]) {
        var index = 0
        while let start = Self.find("<style", in: page, from: index) {
            guard let open = page[start...].firstIndex(of: UInt8(ascii: ">")) else { return }
            let end = Self.find("</style", in: page, from: open) ?? page.count
            var reader = StyleSheetReader(page[(open + 1)..<end])
            reader.read { add($0, $1) }
            isComplete = isComplete && reader.isComplete
            index = end
        }
    }

    private mutating func add(_ selectors: ArraySlice<UInt8>, _ block: ArraySlice<UInt8>) {
        let declarations = StyleDeclarations(block)
        isComplete = isComplete && declarations.isComplete
        guard !declarations.list.isEmpty else { return }
        if selectors.count > StyleLimits.attributeBytes { isComplete = false }
        for words in selectors.prefix(StyleLimits.attributeBytes).split(separator: UInt8(ascii: ",")) {
            guard let selector = StyleSelector(words, isComplete: &isComplete) else { continue }
            guard rules.count < StyleLimits.rules else {
                isComplete = false
                return
            }
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
            rules.append(Rule(selector: selector, declarations: declarations))
        }
    }

    /// The declarations for an element, the weaker rules first.
    ///
    /// - Parameters:
    ///   - parents: what it lies in, from the outside in.
    ///   - steps: comparisons that are left; none are made when there are none left.
    func declarations(
        for element: ElementIdentity, in parents: [OpenElement], steps: inout Int
    ) -> [StyleDeclarations] {
        var found: [Int] = []
        func add(_ candidates: [Int]?) {
            for candidate in candidates ?? [] where steps > 0 {
                steps -= 1
                if matches(rules[candidate].selector, element, parents, &steps) { found.append(candidate) }
            }
        }
        for name in element.classes { add(byClass[name]) }
        if let name = element.identifier { add(byIdentifier[name]) }
        add(byElement[element.name])
        add(ofAll)
        let sorted = found.sorted {
            let (left, right) = (rules[$0].selector.specificity, rules[$1].selector.specificity)
            return left == right ? $0 < $1 : left < right
        }
        return sorted.map { rules[$0].declarations }
    }

    private func matches(
        _ selector: StyleSelector, _ element: ElementIdentity, _ parents: [OpenElement], _ steps: inout Int
    ) -> Bool {
        guard selector.target.matches(element) else { return false }
        // Within a parent or within any element around it: the first that fits from the inside is as good as another.
        var place = parents.count
        for compound in selector.compounds.dropLast().reversed() {
            repeat {
                place -= 1
                steps -= 1
                guard place >= 0, steps > 0 else { return false }
            } while !compound.matches(parents[place].identity)
        }
        return true
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
    /// False where it is not known whether rules hold.
    private(set) var isComplete = true

    init(_ sheet: ArraySlice<UInt8>) {
        self.sheet = sheet
        index = sheet.startIndex
    }

    /// Passes on what each rule is for, and its declarations.
    mutating func read(_ rule: (ArraySlice<UInt8>, ArraySlice<UInt8>) -> Void) {
        while index < sheet.endIndex {
            skipBetweenRules()
            let start = index
            let isSpecial = start < sheet.endIndex && sheet[start] == UInt8(ascii: "@")
            let semicolon = isSpecial ? UInt8(ascii: ";") : nil
            let open = StyleScan.end(of: sheet, from: start, at: UInt8(ascii: "{"), or: semicolon)
            if isSpecial {
                if open - start > StyleLimits.attributeBytes { isComplete = false }
                if open < sheet.endIndex, sheet[open] == semicolon {
                    index = open + 1
                } else if MediaQuery.holds(sheet[start..<open]) {
                    // Its rules are read like those around it; the bracket that ends them is passed over.
                    index = open + 1
                } else {
                    index = endOfBlock(from: open) + 1
                }
                continue
            }
            guard open < sheet.endIndex else { return }
            let end = endOfBlock(from: open)
            rule(sheet[start..<open], sheet[min(open + 1, end)..<end])
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

    /// The bracket that ends a block, blocks within it passed over, or the end of the sheet.
    private func endOfBlock(from open: Int) -> Int {
        var depth = 0
        var index = open
        while index < sheet.endIndex {
            switch sheet[index] {
            case UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "}"):
                depth -= 1
                if depth == 0 { return index }
            case UInt8(ascii: "\""), UInt8(ascii: "'"): index = StyleScan.endOfString(sheet, from: index)
            case UInt8(ascii: "\\"): index += 1
            case UInt8(ascii: "/"): index = StyleScan.endOfComment(sheet, from: index)
            default: break
            }
            index += 1
        }
        return sheet.endIndex
    }
}

/// Whether a block of rules counts for a person at a screen (Media Queries 4).
enum MediaQuery {
    static func holds(_ prelude: ArraySlice<UInt8>) -> Bool {
        let words = String(decoding: StyleScan.plain(prelude.prefix(StyleLimits.attributeBytes)), as: UTF8.self)
        if words.hasPrefix("@layer") || words.hasPrefix("@supports") && !words.hasPrefix("@supports not") {
            return true
        }
        guard words.hasPrefix("@media") else { return false }
        return words.dropFirst(6).split(separator: ",", omittingEmptySubsequences: false).contains(where: isTrue)
    }

    private static func isTrue(_ query: Substring) -> Bool {
        let conditions = query.replacing(" and ", with: ",").split(separator: ",")
        return conditions.allSatisfy { condition in
            let words = condition.filter { $0 != " " }
            if ["all", "screen", "onlyscreen", "onlyall", "yahoo"].contains(words) { return true }
            guard words.hasPrefix("("), words.hasSuffix(")") else { return false }
            let parts = words.dropFirst().dropLast().split(separator: ":")
            guard let name = parts.first else { return false }
            let length = parts.count == 2 ? StyleLength.pixels(parts[1], font: 16) : nil
            guard let length else { return false }
            switch name {
            case "min-width", "min-device-width": return length <= SightThreshold.pageWidth
            case "max-width", "max-device-width": return length >= SightThreshold.pageWidth
            default: return false
            }
        }
    }
}
