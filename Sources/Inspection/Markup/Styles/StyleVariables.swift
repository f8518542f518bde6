/// Variables of styles (CSS Custom Properties 1).
enum StyleVariables {
    /// A value with those of variables in the places of `var()`; nil where there is none, or they go round in a circle.
    static func resolved(_ value: String, _ variables: [String: String]) -> String? {
        var value = value
        for _ in 0..<StyleLimits.variables {
            guard let mark = value.firstRange(of: "var(") else { return value }
            let inside = value[mark.upperBound...]
            guard let end = closing(inside) else { return nil }
            let parts = inside[..<end].split(separator: ",", maxSplits: 1)
            let name = parts.first?.filter { $0 != " " } ?? ""
            guard let own = variables[name] ?? (parts.count == 2 ? String(parts[1].drop { $0 == " " }) : nil) else {
                return nil
            }
            value.replaceSubrange(mark.lowerBound..<value.index(after: end), with: own)
            guard value.utf8.count <= StyleLimits.valueBytes else { return nil }
        }
        return nil
    }

    private static func closing(_ text: Substring) -> String.Index? {
        var brackets = 0
        for index in text.indices {
            if text[index] == "(" { brackets += 1 }
            if text[index] == ")" {
                if brackets == 0 { return index }
                brackets -= 1
            }
        }
        return nil
    }
}
