import CTOML

/// A place in a file, from 1.
struct TOMLPlace: Equatable, Sendable {
    var line: Int
    var column: Int
}

/// A value of a TOML file, with the place of its key, or its own where it has none.
struct TOMLValue: Equatable, Sendable {
    enum Content: Equatable, Sendable {
        case table([String: TOMLValue])
        case list([TOMLValue])
        case text(String)
        case integer(Int64)
        case real(Double)
        case boolean(Bool)
        /// A date or a time.
        case other
    }

    var content: Content
    var place: TOMLPlace

    /// For people: `a text`.
    var kind: String {
        switch content {
        case .table: "a table"
        case .list: "a list"
        case .text: "a text"
        case .integer, .real: "a number"
        case .boolean: "true or false"
        case .other: "a date"
        }
    }
}

/// Reads TOML 1.0.
enum TOMLDocument {
    struct SyntaxFault: Error, Equatable {
        var place: TOMLPlace
        /// In words.
        var cause: String
    }

    /// The outermost table.
    static func read(_ bytes: [UInt8]) throws(SyntaxFault) -> TOMLValue {
        var message = [CChar](repeating: 0, count: 512)
        var place = (line: Int32(1), column: Int32(1))
        let document = bytes.withUnsafeBytes { buffer in
            lz_toml_read(
                buffer.baseAddress?.assumingMemoryBound(to: CChar.self), Int64(buffer.count), &message,
                Int64(message.count), &place.line, &place.column)
        }
        guard let document else {
            let words = String(decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            throw SyntaxFault(
                place: TOMLPlace(line: Int(place.line), column: Int(place.column)), cause: words)
        }
        defer { lz_toml_free(document) }
        var count: Int64 = 0
        let nodes = UnsafeBufferPointer(start: lz_toml_nodes(document, &count), count: Int(count))
        var next = 0
        return value(nodes, &next).value
    }

    /// The depth is bounded by toml++.
    private static func value(
        _ nodes: UnsafeBufferPointer<lz_toml_node>, _ next: inout Int
    ) -> (key: String, value: TOMLValue) {
        let node = nodes[next]
        next += 1
        let content: TOMLValue.Content
        switch node.kind {
        case Int32(lz_toml_table.rawValue):
            var members: [String: TOMLValue] = [:]
            for _ in 0..<node.count {
                let (key, member) = value(nodes, &next)
                members[key] = member
            }
            content = .table(members)
        case Int32(lz_toml_array.rawValue):
            content = .list((0..<node.count).map { _ in value(nodes, &next).value })
        case Int32(lz_toml_string.rawValue): content = .text(text(node.text, node.text_length))
        case Int32(lz_toml_integer.rawValue): content = .integer(node.integer)
        case Int32(lz_toml_real.rawValue): content = .real(node.real)
        case Int32(lz_toml_boolean.rawValue): content = .boolean(node.integer != 0)
        default: content = .other
        }
        let place = TOMLPlace(line: Int(node.line), column: Int(node.column))
        return (text(node.key, node.key_length), TOMLValue(content: content, place: place))
    }

    private static func text(_ start: UnsafePointer<CChar>?, _ length: Int64) -> String {
        guard let start else { return "" }
        return String(decoding: UnsafeRawBufferPointer(start: start, count: Int(length)), as: UTF8.self)
    }
}
