import CXML2
import Glibc

/// What the elements of a page link to, as it stands in their attributes: pages to go to, and what the page loads.
struct MarkupLinks {
    struct Link {
        /// As written, but for the content of a `data:` address.
        var target: [UInt8]
        /// Where the text of the link stands in the page's text; `nil` where none is shown.
        var shown: Range<Int>?
        /// Text that an attribute gives in place of the page's.
        var label: [UInt8]?
    }

    private(set) var links: [Link] = []
    /// What the page's addresses are relative to.
    private(set) var base: [UInt8]?
    /// Comments whose content some clients read as a page all the same.
    private(set) var comments: [UInt8] = []
    /// False where a limit left links out.
    private(set) var isComplete = true
    private let limits: InspectionLimits
    private var open: (target: [UInt8], start: Int)?

    init(limits: InspectionLimits) { self.limits = limits }

    typealias Attributes = UnsafeMutablePointer<UnsafePointer<xmlChar>?>

    /// Attributes that hold an address, on whatever element they stand.
    private static let addresses: [StaticString] = [
        "href", "src", "action", "formaction", "background", "poster", "xlink:href",
    ]

    /// Takes the addresses among an element's attributes.
    ///
    /// - Parameter place: how long the page's text is where the element starts.
    mutating func add(_ attributes: Attributes, of element: String, at place: Int) {
        var index = 0
        while let name = attributes[index] {
            defer { index += 2 }
            guard let value = attributes[index + 1], Self.isAddress(name) || Self.holdsAddress(name, of: element) else {
                continue
            }
            guard let target = target(value) else { continue }
            switch element {
            case "base":
                if base == nil { base = target }
            case "a" where open == nil:
                open = (target, place)
            case "area":
                append(Link(target: target, label: Self.value(of: "alt", in: attributes)))
            default:
                append(Link(target: target))
            }
        }
        if element == "meta", let target = Self.refresh(attributes) { append(Link(target: target)) }
    }

    /// Ends the open link, whose text is the page's from its start on.
    mutating func close(at place: Int) {
        guard let link = open else { return }
        open = nil
        append(Link(target: link.target, shown: min(link.start, place)..<place))
    }

    /// Keeps a conditional comment, which is a page to one client.
    mutating func addComment(_ bytes: UnsafePointer<xmlChar>) {
        guard bytes[0] == UInt8(ascii: "["), comments.count < limits.textBytes else { return }
        let count = min(strlen(bytes), limits.textBytes - comments.count)
        comments += UnsafeBufferPointer(start: UnsafePointer(bytes), count: count)
        comments.append(0x0A)
    }

    private mutating func append(_ link: Link) {
        guard links.count < limits.links else {
            isComplete = false
            return
        }
        links.append(link)
    }

    private static func isAddress(_ name: UnsafePointer<xmlChar>) -> Bool { addresses.contains { equals(name, $0) } }

    private static func holdsAddress(_ name: UnsafePointer<xmlChar>, of element: String) -> Bool {
        element == "object" && equals(name, "data")
    }

    private static func equals(_ name: UnsafePointer<xmlChar>, _ other: StaticString) -> Bool {
        name[0] == other.utf8Start[0] && strcmp(name, other.utf8Start) == 0
    }

    /// An address up to its limit; of a `data:` one no more than what comes before its content.
    private mutating func target(_ value: UnsafePointer<xmlChar>) -> [UInt8]? {
        let count = strnlen(value, limits.linkBytes + 1)
        guard count > 0 else { return nil }
        let bytes = [UInt8](UnsafeBufferPointer(start: value, count: min(count, limits.linkBytes)))
        if count > limits.linkBytes, !bytes.starts(with: Array("data:".utf8)) { isComplete = false }
        return bytes
    }

    /// The value of an attribute.
    static func value(of name: StaticString, in attributes: Attributes) -> [UInt8]? {
        // Name and value by turns, a NULL name at the end.
        var index = 0
        while let own = attributes[index] {
            if equals(own, name) {
                return attributes[index + 1].map { Array(UnsafeBufferPointer(start: $0, count: strlen($0))) }
            }
            index += 2
        }
        return nil
    }

    /// Where `<meta http-equiv=refresh content="0; url=…">` goes.
    private static func refresh(_ attributes: Attributes) -> [UInt8]? {
        guard let kind = value(of: "http-equiv", in: attributes),
            kind.map(WebAddress.lowercased) == Array("refresh".utf8),
            let content = value(of: "content", in: attributes),
            let separator = content.firstIndex(where: { $0 == UInt8(ascii: ";") || $0 == UInt8(ascii: ",") })
        else { return nil }
        var rest = content[(separator + 1)...].drop { $0 <= 0x20 }
        if rest.prefix(3).map(WebAddress.lowercased) == Array("url".utf8) {
            let behind = rest.dropFirst(3).drop { $0 <= 0x20 }
            if behind.first == UInt8(ascii: "=") { rest = behind.dropFirst().drop { $0 <= 0x20 } }
        }
        if let quote = rest.first, quote == 0x22 || quote == 0x27 { rest = rest.dropFirst().prefix { $0 != quote } }
        return rest.isEmpty ? nil : Array(rest)
    }
}
