/// What of an element's style decides whether its text is seen, as far as that can be told without laying a page out.
struct ComputedStyle {
    /// In pixels.
    private(set) var fontSize = 16.0
    private(set) var color = StyleColor.black
    /// What lies behind the letters; nil where that is a picture.
    private(set) var ground: StyleColor? = StyleColor.white
    private(set) var opacity = 1.0
    private(set) var isInvisible = false
    /// Neither it nor anything in it is shown, whatever that says of itself.
    private(set) var isGone = false
    /// Whether browsers show something else in its place: they play a film rather than saying that they can't.
    private(set) var isReplaced = false
    /// What variables stand for in it.
    private(set) var variables: [String: String] = [:]
    /// What stands in front of the items of its lists, as a style sheet has it.
    private(set) var listMark: String?
    /// Whether its text runs from the right to the left.
    private(set) var isFromRight = false

    /// How the text of the element is hidden.
    var hiding: Hiding {
        if isGone || fontSize <= SightThreshold.pixels { return .absent }
        if isInvisible || opacity <= SightThreshold.opacity || color.alpha == 0 { return .unseen }
        guard let ground else { return .none }
        return color.isSeen(on: ground) ? .none : .unseen
    }

    /// Marks all of an element as left out.
    mutating func leaveOut() { isGone = true }

    /// Marks all of an element as something that browsers show otherwise.
    mutating func replace() { isReplaced = true }

    /// Adds an element's own variables to its parent's, and puts them in the places of its values.
    mutating func resolve(_ values: inout StyleValues) {
        if !values.variables.isEmpty { variables.merge(values.variables) { $1 } }
        values.resolve(variables)
    }

    /// Makes the style of an element out of its parent's.
    mutating func apply(_ values: StyleValues, to name: String, isWord: Bool) {
        applyLetters(values)
        applyGround(values)
        if let value = values[.listStyleType] ?? values[.listStyle] { listMark = value }
        if let value = values[.direction] { isFromRight = value == "rtl" }
        if let value = values[.visibility] { isInvisible = value == "hidden" || value == "collapse" }
        if let value = values[.opacity] { opacity *= StyleLength.pixels(value, font: 1, whole: 1) ?? 1 }
        if values[.display] == "none" || values[.contentVisibility] == "hidden" { isGone = true }
        if isWord, values[.msoHide] == "all" { isGone = true }
        if Self.isZeroBox(values, name, fontSize) || Self.isElsewhere(values, fontSize) || Self.isCut(values) {
            isGone = true
        }
    }

    private mutating func applyLetters(_ values: StyleValues) {
        if let value = values[.font] {
            // The size stands in front of the height of a line, behind words that are no lengths.
            for word in value.split(separator: " ") {
                let size = word.prefix { $0 != "/" }
                guard let first = size.utf8.first, (0x2B...0x39).contains(first) || size.hasSuffix("-small"),
                    let length = StyleLength.fontSize(size, parent: fontSize), !Self.isWeight(size)
                else { continue }
                fontSize = length
                break
            }
        }
        if let value = values[.fontSize] { fontSize = StyleLength.fontSize(value, parent: fontSize) ?? fontSize }
        if let color = values[.color].flatMap(StyleColor.init(_:)) { self.color = color }
        if let color = values[.textFillColor].flatMap(StyleColor.init(_:)) { self.color = color }
    }

    /// `400` in front of a font's size; a size has a unit.
    private static func isWeight(_ word: Substring) -> Bool {
        word.count == 3 && word.hasSuffix("00") && word.allSatisfy { $0.isNumber }
    }

    private mutating func applyGround(_ values: StyleValues) {
        if let value = values[.background] {
            setGround(Self.words(value).compactMap(StyleColor.init(_:)).last, isPicture: Self.isPicture(value))
        }
        if let value = values[.backgroundColor] { setGround(StyleColor(value), isPicture: false) }
        if let value = values[.backgroundImage], Self.isPicture(value), values[.backgroundColor] == nil {
            ground = nil
        }
    }

    /// A picture may not be loaded: where a colour stands beside it, letters must be seen on that.
    private mutating func setGround(_ color: StyleColor?, isPicture: Bool) {
        if let color, color.alpha > 0 {
            ground = color.over(ground ?? .white)
        } else if isPicture {
            ground = nil
        }
    }

    private static func isPicture(_ value: String) -> Bool { value.contains("url(") || value.contains("gradient(") }

    /// The words of a value, brackets kept together.
    private static func words(_ value: String) -> [String] {
        var words = [""]
        var brackets = 0
        for character in value {
            if character == "(" { brackets += 1 }
            if character == ")" { brackets -= 1 }
            if character == " ", brackets <= 0 { words.append("") } else { words[words.count - 1].append(character) }
        }
        return words
    }

    // MARK: - Boxes

    /// Elements that have no box of a size of their own unless a style makes them one; cells grow with their text.
    private static let boxless: Set<String> = [
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd",
        "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "var",
        "table", "tbody", "td", "tfoot", "th", "thead", "tr",
    ]

    /// A box without size that lets nothing hang out.
    private static func isZeroBox(_ values: StyleValues, _ name: String, _ font: Double) -> Bool {
        func isClosed(_ property: StyleProperty) -> Bool {
            let value = values[property] ?? values[.overflow] ?? "visible"
            return value.hasPrefix("hidden") || value.hasPrefix("clip")
        }
        let display = values[.display]
        let isBox =
            display.map { $0 != "inline" && !$0.hasPrefix("table") } ?? !boxless.contains(name) || isPlaced(values)
            || (values[.float].map { $0 != "none" } ?? false)
        guard isBox else { return false }
        func isFlat(_ properties: [StyleProperty]) -> Bool {
            properties.contains { StyleLength.isNothing(values[$0], font: font) }
        }
        return isFlat([.height, .maxHeight]) && isClosed(.overflowY)
            || isFlat([.width, .maxWidth]) && isClosed(.overflowX)
    }

    private static func isPlaced(_ values: StyleValues) -> Bool {
        values[.position] == "absolute" || values[.position] == "fixed"
    }

    /// Somewhere outside of the page.
    private static func isElsewhere(_ values: StyleValues, _ font: Double) -> Bool {
        let isMoved = values[.position].map { $0 != "static" } ?? false
        let places: [StyleProperty] =
            [.textIndent, .marginLeft, .marginTop] + (isMoved ? [.left, .top, .right, .bottom] : [])
        return places.contains { StyleLength.leadsOut(values[$0], font: font) }
    }

    /// Cut off or shrunk to nothing.
    private static func isCut(_ values: StyleValues) -> Bool {
        func arguments(_ property: StyleProperty, of function: String) -> [Double?]? {
            guard let value = values[property], value.hasPrefix(function + "(") else { return nil }
            let inside = value.dropFirst(function.count + 1).prefix { $0 != ")" }
            return inside.split { $0 == " " || $0 == "," }.map { StyleLength.pixels($0, font: 16, whole: 100) }
        }
        if isPlaced(values), let edges = arguments(.clip, of: "rect"), edges.count == 4,
            edges.allSatisfy({ $0.map { $0 <= SightThreshold.pixels } ?? false })
        {
            return true
        }
        if let inset = arguments(.clipPath, of: "inset")?.first, let inset, inset >= 50 { return true }
        if let radius = arguments(.clipPath, of: "circle")?.first, radius == 0 { return true }
        return arguments(.transform, of: "scale")?.first == .some(0) || values[.scale] == "0"
    }
}
