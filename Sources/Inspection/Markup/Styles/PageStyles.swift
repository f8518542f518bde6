import CXML2
import Glibc

/// An element that is open while a page is read.
struct OpenElement {
    let identity: ElementIdentity
    let style: ComputedStyle
    /// Whether it stands on lines of its own.
    let isBlock: Bool
}

/// What the styles of a page make of the element at hand: whether its text is seen.
struct PageStyles {
    /// What was found out about an element.
    struct Effect {
        var hiding: Hiding
        var isBlock: Bool
        var isReplaced = false
        var box = PageBox.plain
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
        var style = open.last?.style ?? ComputedStyle()
        let values = isImplied ? StyleValues() : self.values(of: &identity, attributes)
        if !values.isEmpty { style.apply(values, to: name, isWord: isWord) }
        if isReplacement(name) { style.replace() }
        let isBlock = values[.display].map(Self.breaksLines) ?? (Self.blocks.contains(name) && !isImplied)
        if !isVoid { open.append(OpenElement(identity: identity, style: style, isBlock: isBlock)) }
        let hasBox = !isVoid && (!values.isEmpty || style.isFromRight)
        let box = hasBox ? PageBox(name, values, isFromRight: style.isFromRight) : .plain
        return Effect(hiding: style.hiding, isBlock: isBlock, isReplaced: style.isReplaced, box: box)
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
    private mutating func values(
        of identity: inout ElementIdentity, _ attributes: MarkupLinks.Attributes?
    ) -> StyleValues {
        var values = StyleValues()
        let name = identity.name
        var own: StyleDeclarations?
        if Self.unshown.contains(name) { values.add(.display, "none") }
        if name == "bdo" { values.add(.unicodeBidi, "isolate-override") }
        var index = 0
        while let attributes, let attribute = attributes[index] {
            defer { index += 2 }
            let value = attributes[index + 1]
            switch StyleAttribute(attribute) {
            case .style: own = StyleDeclarations(bytes(value)[...])
            case .classes:
                let classes = bytes(value).split { $0 <= 0x20 }
                if classes.count > StyleLimits.classes { isComplete = false }
                identity.classes = classes.prefix(StyleLimits.classes).map(Self.lowercased)
            case .identifier: identity.identifier = Self.lowercased(bytes(value)[...])
            case .hidden: values.add(.display, "none")
            case .open where name == "dialog": values.add(.display, "block")
            case .color where name == "font": values.add(.color, attribute: value)
            case .text where name == "body": values.add(.color, attribute: value)
            case .ground: values.add(.backgroundColor, attribute: value)
            case .picture: values.add(.backgroundImage, "url()")
            case .address where name == "a": values.add(.color, "#0000ee")
            case .direction: values.add(.direction, Self.lowercased(bytes(value)[...]))
            default: break
            }
        }
        var declarations = sheet.isEmpty ? [] : sheet.declarations(for: identity, in: open, steps: &steps)
        if steps <= 0 || own?.isComplete == false || !values.isComplete { isComplete = false }
        if let own { declarations.append(own) }
        if !declarations.isEmpty { values.add(declarations) }
        return values
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
