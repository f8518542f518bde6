/// Whether a block of rules counts for a person at a screen (Media Queries 4).
enum MediaQuery {
    /// Blocks of no rules for elements.
    private static let others = [
        "@font-", "@keyframes", "@-webkit-keyframes", "@-moz-keyframes", "@-o-keyframes", "@-ms-", "@page", "@property",
        "@counter-style", "@color-profile", "@position-try", "@view-transition", "@viewport",
    ]

    /// Narrow screens, dark colours and the like are those of some readers: it may hold.
    static func holds(_ prelude: ArraySlice<UInt8>) -> Certainty {
        let words = String(decoding: StyleScan.plain(prelude.prefix(StyleLimits.attributeBytes)), as: UTF8.self)
        if words.hasPrefix("@layer") || words.hasPrefix("@supports") && !words.hasPrefix("@supports not") {
            return .yes
        }
        guard words.hasPrefix("@media") else {
            return others.contains(where: words.hasPrefix) ? .no : .maybe
        }
        let queries = words.dropFirst(6).split(separator: ",", omittingEmptySubsequences: false)
        return queries.map(certainty).max() ?? .maybe
    }

    private static func certainty(of query: Substring) -> Certainty {
        let conditions = query.replacing(" and ", with: ",").split(separator: ",")
        return conditions.map { condition in
            let words = condition.filter { $0 != " " }
            if ["all", "screen", "onlyscreen", "onlyall", "yahoo"].contains(words) { return .yes }
            if ["print", "speech", "tty", "braille"].contains(where: { words.hasSuffix($0) }) {
                return words.hasPrefix("not") ? .yes : .no
            }
            guard words.hasPrefix("("), words.hasSuffix(")") else { return .maybe }
            let parts = words.dropFirst().dropLast().split(separator: ":")
            let length = parts.count == 2 ? StyleLength.pixels(parts[1], font: 16) : nil
            guard let name = parts.first, let length else { return .maybe }
            switch name {
            case "min-width", "min-device-width": return length <= SightThreshold.pageWidth ? .yes : .maybe
            case "max-width", "max-device-width": return length >= SightThreshold.pageWidth ? .yes : .maybe
            default: return .maybe
            }
        }.min() ?? .yes
    }
}
