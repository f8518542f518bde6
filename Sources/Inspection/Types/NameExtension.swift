/// What stands behind the last dot of a file's name: a system goes by it when it opens the file.
///
/// Windows drops dots and blanks at the end of a name before it looks for the extension, so `run.js. ` is a script.
enum NameExtension {
    /// As it is written, without the dot; `nil` where there is none.
    static func of(_ name: String) -> String? {
        let name = trimmed(name)
        return name.lastIndex(of: ".").map { String(name[name.index(after: $0)...]) }
    }

    /// The name without it and its dot.
    static func removed(from name: String) -> String {
        let name = trimmed(name)
        return name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
    }

    private static func trimmed(_ name: String) -> String {
        String(name.reversed().drop { $0 == "." || $0.isWhitespace }.reversed())
    }
}
