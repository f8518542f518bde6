/// Words that an element shows out of its attributes, and whom.
enum ElementWords {
    private static let buttons: Set<String> = ["button", "reset", "submit"]
    /// Fields of forms that show no words.
    private static let wordless: Set<String> = ["checkbox", "color", "file", "hidden", "password", "radio", "range"]

    /// Words that stand for pictures are for those who don't see the pictures; what forms hold, for browsers.
    static func of(
        _ name: String, _ attributes: MarkupLinks.Attributes
    ) -> [(words: [UInt8], readers: PageText.Readers)] {
        func value(_ attribute: StaticString) -> [UInt8]? { MarkupLinks.value(of: attribute, in: attributes) }
        switch name {
        case "img", "image", "area":
            return value("alt").map { [($0, .plain)] } ?? []
        case "input":
            let kind = String(decoding: value("type")?.map(WebAddress.lowercased) ?? [], as: UTF8.self)
            if kind == "image" { return value("alt").map { [($0, .plain)] } ?? [] }
            guard !wordless.contains(kind) else { return [] }
            let words = value("value").flatMap { $0.isEmpty ? nil : $0 }
            return (words ?? (buttons.contains(kind) ? nil : value("placeholder"))).map { [($0, .browsers)] } ?? []
        case "textarea":
            return value("placeholder").map { [($0, .browsers)] } ?? []
        case "option", "optgroup":
            return value("label").map { [($0, .browsers)] } ?? []
        case "v:textpath":
            return value("string").map { [($0, .plain)] } ?? []
        default:
            return []
        }
    }
}
