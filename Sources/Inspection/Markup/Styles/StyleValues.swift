import CXML2
import Glibc

/// The declarations that count for one element, the strongest of each property (CSS Cascading 4, 6).
struct StyleValues {
    private var values: [StyleProperty: String] = [:]
    private(set) var variables: [String: String] = [:]
    /// False where a value was too long to be looked at.
    private(set) var isComplete = true

    /// Adds declarations, the weaker ones first.
    mutating func add(_ declarations: [StyleDeclarations]) {
        for own in declarations where !own.variables.isEmpty { variables.merge(own.variables) { $1 } }
        for isImportant in [false, true] {
            for declaration in declarations.lazy.flatMap(\.list) where declaration.isImportant == isImportant {
                add(declaration.property, declaration.value)
            }
        }
    }

    /// Adds what stands in place of a declaration.
    mutating func add(_ property: StyleProperty, _ value: String) {
        // A shorthand takes back what was said before of what it stands for.
        switch property {
        case .background:
            values[.backgroundColor] = nil
            values[.backgroundImage] = nil
        case .font: values[.fontSize] = nil
        case .overflow:
            values[.overflowX] = nil
            values[.overflowY] = nil
        default: break
        }
        values[property] = value
    }

    /// Adds a colour as an attribute of HTML has it.
    mutating func add(_ property: StyleProperty, attribute value: UnsafePointer<xmlChar>?) {
        guard let value else { return }
        guard strnlen(value, StyleLimits.valueBytes + 1) <= StyleLimits.valueBytes else {
            isComplete = false
            return
        }
        let plain = StyleScan.plain(Array(UnsafeBufferPointer(start: value, count: strlen(value)))[...])
        guard let color = StyleColor(attribute: String(decoding: plain, as: UTF8.self)) else { return }
        values[property] = "rgb(\(color.red),\(color.green),\(color.blue))"
    }

    var isEmpty: Bool { values.isEmpty && variables.isEmpty }

    /// Puts the values of variables in their places; what asks for one that there is not is no declaration.
    mutating func resolve(_ variables: [String: String]) {
        for (property, value) in values where value.contains("var(") {
            values[property] = StyleVariables.resolved(value, variables)
        }
    }

    subscript(_ property: StyleProperty) -> String? { values[property] }
}

/// The attributes of HTML that say how an element looks.
enum StyleAttribute: CaseIterable {
    case style, classes, identifier, hidden, open, color, text, ground, picture, address, direction

    private var name: StaticString {
        switch self {
        case .style: "style"
        case .classes: "class"
        case .identifier: "id"
        case .hidden: "hidden"
        case .open: "open"
        case .color: "color"
        case .text: "text"
        case .ground: "bgcolor"
        case .picture: "background"
        case .address: "href"
        case .direction: "dir"
        }
    }

    /// The attribute of a name in lower case.
    init?(_ name: UnsafePointer<xmlChar>) {
        let found = Self.allCases.first { attribute in
            let own = attribute.name.utf8Start
            return own[0] == name[0] && strcmp(name, own) == 0
        }
        guard let found else { return nil }
        self = found
    }
}
