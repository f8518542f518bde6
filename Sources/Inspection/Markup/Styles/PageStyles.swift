import CXML2
import Glibc

/// An element that is open while a page is read.
struct OpenElement {
    let identity: ElementIdentity
    let style: ComputedStyle
    /// Its style where all rules count that may, if there are such.
    let doubtful: ComputedStyle?
    /// Whether it stands on lines of its own.
    let isBlock: Bool
    /// What style sheets put behind its content.
    let behind: [PageStyles.Words]
    /// What stands in it so far, as far as rules ask for neighbours.
    var children: [ElementIdentity] = []
    /// How many children it has so far, and of each name.
    var number = 0
    var numbers: [String: Int] = [:]
}

/// What the styles of a page make of the element at hand: whether its text is seen.
struct PageStyles {
    /// What was found out about an element.
    struct Effect {
        var hiding: Hiding
        var isBlock: Bool
        var isReplaced = false
        var box = PageBox.plain
        var doubtfulHiding: Hiding?
        /// What style sheets put before its content.
        var words: [Words] = []
    }

    /// A text that style sheets put into a page, and who is shown it.
    typealias Words = (words: [UInt8], readers: PageText.Readers)

    /// What is declared for an element: for all readers, and for some where that is not the same.
    private struct Declared {
        var values = StyleValues()
        var doubtful: StyleValues?
    }

    private let sheet: StyleSheet
    /// Whether the page is looked at as Outlook does, through Word.
    private let isWord: Bool
    private var open: [OpenElement] = []
    /// Elements that are open beyond the limit.
    private var surplus = 0
    private var steps = StyleLimits.steps
    /// False where a limit kept styles from being looked at.
    private(set) var isComplete: Bool

    /// Elements that stand on lines of their own. All others join the words around them, whatever they are called.
    private static let blocks: Set<String> = [
        "address", "article", "aside", "blockquote", "body", "br", "center", "dd", "div", "dl", "dt", "fieldset",
        "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "html", "li", "main",
        "nav", "ol", "option", "p", "pre", "section", "table", "tbody", "tfoot", "thead", "title", "tr", "ul",
    ]
    /// Elements without content.
    private static let voids: Set<String> = [
        "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "keygen", "link",
        "meta", "param", "source", "track", "wbr",
    ]
    /// Elements that browsers don't show the content of (HTML, 15.3.1); mail programs take frames out.
    private static let unshown: Set<String> = ["datalist", "dialog", "iframe", "noembed", "noframes", "template"]

    /// Elements whose content is for readers that don't know them.
    private static let replaced: Set<String> = ["audio", "canvas", "meter", "progress", "rp", "video"]
    /// Elements of drawings that describe them.
    private static let descriptions: Set<String> = ["desc", "metadata", "title"]

    init(page: [UInt8], isWord: Bool) {
        sheet = StyleSheet(ofPage: page)
        isComplete = sheet.isComplete
        self.isWord = isWord
    }

    /// How text is hidden at this place.
    var hiding: Hiding { open.last?.style.hiding ?? .none }

    /// How text is hidden at this place where all rules count that may, if there are such.
    var doubtfulHiding: Hiding? { open.last?.doubtful?.hiding }

    /// Whether browsers show something else at this place.
    var isReplaced: Bool { open.last?.style.isReplaced ?? false }

    /// How many elements are open.
    var depth: Int { open.count }

    /// Whether an element of this name has no content, and so no end.
    static func isVoid(_ name: String) -> Bool { voids.contains(name) }

    /// Takes an element's start; an implied one stands in no tag and looks like nothing.
    mutating func start(_ name: String, _ attributes: MarkupLinks.Attributes?, isImplied: Bool) -> Effect {
        let isVoid = Self.voids.contains(name)
        guard open.count < StyleLimits.openElements else {
            isComplete = false
            if !isVoid { surplus += 1 }
            return Effect(hiding: hiding, isBlock: Self.blocks.contains(name))
        }
        var identity = ElementIdentity(name: name)
        var declared = isImplied ? Declared() : self.declared(for: &identity, attributes)
        var style = open.last?.style ?? ComputedStyle()
        let doubtful = doubtfulStyle(name, declared)
        style.resolve(&declared.values)
        let values = declared.values
        if !values.isEmpty { style.apply(values, to: name, isWord: isWord) }
        if isReplacement(name) { style.replace() }
        let isBlock = values[.display].map(Self.breaksLines) ?? (Self.blocks.contains(name) && !isImplied)
        var effect = Effect(
            hiding: style.hiding, isBlock: isBlock, isReplaced: style.isReplaced, doubtfulHiding: doubtful?.hiding)
        if !isVoid {
            if !values.isEmpty || style.isFromRight {
                effect.box = PageBox(name, values, isFromRight: style.isFromRight)
            }
            if name == "li", let mark = style.listMark { effect.words = [(StyleText.of(mark, [:]), .browsers)] }
            effect.words += words(.before, of: identity, style)
            let behind = words(.behind, of: identity, style)
            open.append(
                OpenElement(identity: identity, style: style, doubtful: doubtful, isBlock: isBlock, behind: behind))
        }
        return effect
    }

    private func doubtfulStyle(_ name: String, _ declared: Declared) -> ComputedStyle? {
        guard declared.doubtful != nil || open.last?.doubtful != nil else { return nil }
        var values = declared.doubtful ?? declared.values
        var style = open.last?.doubtful ?? open.last?.style ?? ComputedStyle()
        style.resolve(&values)
        if !values.isEmpty { style.apply(values, to: name, isWord: isWord) }
        return style
    }

    /// What rules put before or behind an element's content, where it is seen.
    private mutating func words(
        _ pseudo: StyleSelector.PseudoElement, of identity: ElementIdentity, _ style: ComputedStyle
    ) -> [Words] {
        guard sheet.hasPseudoElements else { return [] }
        let all = sheet.declarations(for: identity, pseudo, in: open, steps: &steps)
        if steps <= 0 { isComplete = false }
        guard !all.isEmpty else { return [] }
        func words(_ declarations: [StyleDeclarations]) -> [UInt8] {
            var values = StyleValues()
            values.add(declarations)
            var style = style
            style.resolve(&values)
            style.apply(values, to: "span", isWord: isWord)
            return style.hiding == .none ? StyleText.of(values[.content], identity.attributes) : []
        }
        let strict = words(all.filter { $0.certainty == .yes }.map(\.declarations))
        let doubtful = words(all.map(\.declarations))
        let pieces: [Words] =
            strict == doubtful ? [(strict, .browsers)] : [(strict, .strict), (doubtful, .doubtful)]
        return pieces.filter { !$0.words.isEmpty }
    }

    /// What style sheets put behind the content of the element that ends.
    func wordsBehind(endOf name: String) -> [Words] {
        guard surplus == 0, let last = open.last, last.identity.name == name else { return [] }
        return last.behind
    }

    private func isReplacement(_ name: String) -> Bool {
        Self.replaced.contains(name)
            || Self.descriptions.contains(name) && open.suffix(Self.reach).contains { $0.identity.name == "svg" }
    }

    /// Whether lines end where an end tag stands.
    func breaksLine(endOf name: String) -> Bool {
        guard surplus == 0, let last = open.last, last.identity.name == name else { return Self.blocks.contains(name) }
        return last.isBlock
    }

    /// Takes an element's end, and with it those of all elements in it that were not closed.
    mutating func end(_ name: String) {
        guard !Self.voids.contains(name) else { return }
        guard surplus == 0 else {
            surplus -= 1
            return
        }
        // What lies further up was closed already, or never open.
        let nearest = open.suffix(Self.reach).lastIndex { $0.identity.name == name }
        if let nearest { open.removeSubrange(nearest...) }
    }

    /// Elements passed in search of what an end tag closes.
    private static let reach = 64

    private static func breaksLines(_ display: String) -> Bool {
        !(display.hasPrefix("inline") || display == "contents" || display == "none" || display.hasPrefix("ruby"))
    }

    /// Everything that is declared for an element, the weaker first: by the browser, by attributes, sheets, itself.
    private mutating func declared(
        for identity: inout ElementIdentity, _ attributes: MarkupLinks.Attributes?
    ) -> Declared {
        var values = StyleValues()
        let name = identity.name
        var own: StyleDeclarations?
        if Self.unshown.contains(name) { values.add(.display, "none") }
        if name == "bdo" { values.add(.unicodeBidi, "isolate-override") }
        var index = 0
        while let attributes, let attribute = attributes[index] {
            defer { index += 2 }
            let value = attributes[index + 1]
            if sheet.usesAttributes, identity.attributes.count < StyleLimits.classes {
                identity.attributes[String(cString: attribute)] = Self.lowercased(bytes(value)[...])
            }
            switch StyleAttribute(attribute) {
            case .style: own = StyleDeclarations(bytes(value)[...])
            case .classes:
                let classes = bytes(value).split { $0 <= 0x20 }
                if classes.count > StyleLimits.classes { isComplete = false }
                identity.classes = classes.prefix(StyleLimits.classes).map(Self.lowercased)
            case .identifier: identity.identifier = Self.lowercased(bytes(value)[...])
            default: if let found = StyleAttribute(attribute) { Self.add(found, value, of: name, to: &values) }
            }
        }
        if sheet.usesNeighbours { count(&identity) }
        let found = sheet.isEmpty ? [] : sheet.declarations(for: identity, in: open, steps: &steps)
        if steps <= 0 || own?.isComplete == false || !values.isComplete { isComplete = false }
        let ofElement = own.map { [$0] } ?? []
        var declared = Declared(values: values)
        if found.contains(where: { $0.certainty == .maybe }) {
            values.add(found.map(\.declarations) + ofElement)
            declared.doubtful = values
        }
        let sure = found.filter { $0.certainty == .yes }.map(\.declarations) + ofElement
        if !sure.isEmpty { declared.values.add(sure) }
        return declared
    }

    private static func add(
        _ attribute: StyleAttribute, _ value: UnsafePointer<xmlChar>?, of name: String, to values: inout StyleValues
    ) {
        switch attribute {
        case .hidden: values.add(.display, "none")
        case .open where name == "dialog": values.add(.display, "block")
        case .color where name == "font": values.add(.color, attribute: value)
        case .text where name == "body": values.add(.color, attribute: value)
        case .ground: values.add(.backgroundColor, attribute: value)
        case .picture: values.add(.backgroundImage, "url()")
        case .address where name == "a": values.add(.color, "#0000ee")
        case .direction:
            guard let value, strnlen(value, 4) < 4 else { return }
            values.add(.direction, String(cString: value).lowercased())
        default: break
        }
    }

    /// Numbers an element among its neighbours.
    private mutating func count(_ identity: inout ElementIdentity) {
        guard let parent = open.indices.last else {
            (identity.number, identity.numberOfType) = (1, 1)
            return
        }
        open[parent].number += 1
        open[parent].numbers[identity.name, default: 0] += 1
        identity.number = open[parent].number
        identity.numberOfType = open[parent].numbers[identity.name] ?? 0
        if open[parent].children.count < StyleLimits.neighbours { open[parent].children.append(identity) }
    }

    private mutating func bytes(_ value: UnsafePointer<xmlChar>?) -> [UInt8] {
        guard let value else { return [] }
        let count = strnlen(value, StyleLimits.attributeBytes + 1)
        if count > StyleLimits.attributeBytes { isComplete = false }
        return Array(UnsafeBufferPointer(start: value, count: min(count, StyleLimits.attributeBytes)))
    }

    private static func lowercased(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: bytes.lazy.map(WebAddress.lowercased), as: UTF8.self)
    }
}
