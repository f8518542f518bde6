import Syntax

/// What each rule costs at worst, behind its name.
extension Session {
    func inlayHints(_ parameters: JSON) throws(RequestFault) -> JSON {
        let path = try path(parameters)
        guard let file = desk.file(path), let outcome = outcomes[desk.root(of: path)], let costs = outcome.costs,
            outcome.versions[path] == desk.documents[path]?.version
        else { return [] }
        let first = EditorPosition(parameters["range"]?["start"])?.line ?? 0
        let last = EditorPosition(parameters["range"]?["end"])?.line ?? Int.max
        var hints: [JSON] = []
        for declared in file.index.declared where declared.kind == .rule {
            let line = file.lines.line(of: declared.name.span.end)
            guard line >= first, line <= last, let cost = costs[declared.name.text] else { continue }
            let each = cost.isForEachRecipient ? " a recipient" : ""
            hints.append([
                "position": file.position(declared.name.span.end, encoding).json,
                "label": .string("≤ \(Self.short(cost.steps)) steps\(each)"), "paddingLeft": true,
                "tooltip": .string("\(cost.steps) steps at worst for the rule's own conditions\(each)"),
            ])
        }
        return .array(hints)
    }

    /// `950`, `12k`, `3.4M`
    static func short(_ number: UInt64) -> String {
        for (unit, size) in [("G", UInt64(1_000_000_000)), ("M", 1_000_000), ("k", 1000)] where number >= size {
            let tenths = number / (size / 10)
            return tenths >= 100 || tenths % 10 == 0 ? "\(tenths / 10)\(unit)" : "\(tenths / 10).\(tenths % 10)\(unit)"
        }
        return String(number)
    }
}
