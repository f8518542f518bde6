import CXML2

/// The styles of a Word document that hide what bears them (ECMA-376, 17.7 and 17.3.2.41), those that rest on another one
/// that does included.
enum HiddenStyles {
    /// - Parameter parts: the XML parts of a document; those that name no style and hide nothing are not read.
    static func names(in parts: [[UInt8]]) -> Set<String> {
        var found: Set<String> = []
        for bytes in parts where mentions(bytes, "styleId") && mentions(bytes, "anish") {
            let reader = StyleReader()
            withExtendedLifetime(reader) {
                var handler = xmlSAXHandler()
                handler.startElement = { context, name, attributes in StyleReader.of(context)?.start(name, attributes) }
                handler.endElement = { context, name in StyleReader.of(context)?.end(name) }
                XMLText.parse(bytes, &handler, Unmanaged.passUnretained(reader).toOpaque())
            }
            found.formUnion(reader.hidden)
        }
        return found
    }

    private static func mentions(_ bytes: [UInt8], _ word: String) -> Bool {
        bytes.firstIndex(ofSequence: Array(word.utf8), from: 0) != nil
    }
}

private final class StyleReader {
    private var own: Set<String> = []
    private var base: [String: String] = [:]
    private var style: String?

    static func of(_ context: UnsafeMutableRawPointer?) -> StyleReader? {
        context.map { Unmanaged<StyleReader>.fromOpaque($0).takeUnretainedValue() }
    }

    func start(_ name: UnsafePointer<xmlChar>?, _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?) {
        let values = XMLText.values(attributes)
        switch XMLText.local(name) {
        case "style": style = values["styleId"]
        case "basedOn": if let style { base[style] = values["val"] }
        case "vanish", "webHidden":
            if let style, !XMLText.isOff(values["val"]) { own.insert(style) }
        default: break
        }
    }

    func end(_ name: UnsafePointer<xmlChar>?) {
        if XMLText.local(name) == "style" { style = nil }
    }

    /// Linear: each style is asked once, and a circle of them ends where it began.
    var hidden: Set<String> {
        var known: [String: Bool] = [:]
        for start in Set(base.keys).union(own) {
            var row: [String] = []
            var next: String? = start
            while let style = next, known[style] == nil, !own.contains(style) {
                known[style] = false
                row.append(style)
                next = base[style]
            }
            let hides = next.map { own.contains($0) || known[$0] == true } ?? false
            for style in row { known[style] = hides }
        }
        return own.union(known.filter(\.value).keys)
    }
}
