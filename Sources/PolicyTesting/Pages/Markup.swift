/// Builds HTML. Text and attributes are escaped here and nowhere else, so that no subject, name or address of a mail can
/// become markup; element names and attribute names come from the program alone.
struct Markup {
    private(set) var text = ""

    /// An element with what stands in it.
    mutating func element(
        _ name: StaticString, _ attributes: [(StaticString, String)] = [], _ body: (inout Markup) -> Void
    ) {
        open(name, attributes)
        body(&self)
        text += "</\(name)>"
    }

    /// An element with a text.
    mutating func element(_ name: StaticString, _ words: String) { element(name, [], words) }

    /// An element with attributes and a text.
    mutating func element(_ name: StaticString, _ attributes: [(StaticString, String)], _ words: String) {
        element(name, attributes) { $0.words(words) }
    }

    /// An element that has no end: `meta`, or a shape of an SVG.
    mutating func void(_ name: StaticString, _ attributes: [(StaticString, String)] = []) { open(name, attributes) }

    /// Text.
    mutating func words(_ words: String) { text += XMLText.escaped(words) }

    /// Our own style sheet, which holds nothing that came from outside.
    mutating func style(_ sheet: StaticString) { text += "<style>\(sheet)</style>" }

    /// A line end between blocks, for whoever reads the source.
    mutating func newline() { text += "\n" }

    private mutating func open(_ name: StaticString, _ attributes: [(StaticString, String)]) {
        text += "<\(name)"
        for (key, value) in attributes { text += " \(key)=\"\(XMLText.escaped(value))\"" }
        text += ">"
    }
}

/// A whole page: one file that needs nothing beside it, no script and no network.
enum Page {
    static func text(title: String, _ body: (inout Markup) -> Void) -> String {
        var markup = Markup()
        markup.element("html", [("lang", "en")]) { html in
            html.element("head") { head in
                head.void("meta", [("charset", "utf-8")])
                head.void("meta", [("name", "viewport"), ("content", "width=device-width, initial-scale=1")])
                head.void("meta", [("name", "color-scheme"), ("content", "light dark")])
                // Even if something slipped through as markup, it could neither run nor load anything.
                head.void(
                    "meta",
                    [
                        ("http-equiv", "Content-Security-Policy"),
                        (
                            "content",
                            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
                        ),
                    ])
                head.element("title", title)
                head.style(PageStyle.sheet)
            }
            html.newline()
            html.element("body") { page in body(&page) }
        }
        return "<!DOCTYPE html>\n" + markup.text + "\n"
    }
}
