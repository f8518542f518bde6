import Vocabulary

/// A report as people read it: the tree of parts, one line each, with what is odd about them below.
public enum InspectionTree {
    public static func lines(_ report: InspectionReport, mail: String, paint: Paint) -> [String] {
        var traits: [String] = []
        if report.encrypted == true { traits.append(paint("encrypted", .yellow)) }
        if report.encrypted == nil { traits.append(paint("perhaps encrypted", .magenta)) }
        if report.signed == true { traits.append(paint("signed", .cyan)) }
        if report.malformed { traits.append(paint("malformed", .red)) }
        if report.ambiguous { traits.append(paint("ambiguous", .red)) }
        var lines = [
            paint(Shown.text(mail), .bold) + (traits.isEmpty ? "" : "  " + traits.joined(separator: ", "))
        ]
        append(report.root, prefix: "", childPrefix: "", to: &lines, paint)
        return lines + links(report, paint)
    }

    /// The links, each with what is shown for it where that says something else.
    private static func links(_ report: InspectionReport, _ paint: Paint) -> [String] {
        guard report.urlCount > 0 else { return [] }
        let isOpen = report.urlsUnread.isEmpty ? "" : "+"
        var lines = [paint("links", .bold) + paint("  \(report.urlCount)\(isOpen)", .faint)]
        for url in report.urls {
            var words = [paint(Shown.text(url.part), .cyan), Shown.text(Excerpt.of(url.url))]
            if let shown = url.shownText, shown != url.url {
                let isOther = url.shownDomain != nil && url.shownDomain != url.host
                words.append(paint("“\(Shown.text(Excerpt.of(shown)))”", isOther ? .yellow : .faint))
            }
            lines.append("    " + words.joined(separator: "  "))
        }
        if report.urlCount > report.urls.count {
            lines.append("    " + paint("and \(report.urlCount - report.urls.count) more", .faint))
        }
        return lines
    }

    /// The tree's depth is bounded by inspection.
    private static func append(
        _ node: InspectionNode, prefix: String, childPrefix: String, to lines: inout [String], _ paint: Paint
    ) {
        lines.append(prefix + head(node, paint))
        let hasChildren = !node.children.isEmpty
        let margin = childPrefix + (hasChildren ? "│   " : "    ")
        for anomaly in node.anomalies {
            let place = anomaly.range.map { " (bytes \($0.lowerBound)–\($0.upperBound))" } ?? ""
            lines.append(
                margin + paint(anomaly.name, .yellow) + ": " + Shown.text(anomaly.sentence)
                    + paint(place, .faint))
        }
        if let text = node.text {
            lines += text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map {
                margin + paint("│ ", .faint) + Shown.text(String($0))
            }
        }
        for (index, child) in node.children.enumerated() {
            let isLast = index == node.children.count - 1
            append(
                child, prefix: childPrefix + (isLast ? "└── " : "├── "),
                childPrefix: childPrefix + (isLast ? "    " : "│   "), to: &lines, paint)
        }
    }

    private static func head(_ node: InspectionNode, _ paint: Paint) -> String {
        var words = [paint(node.path.isEmpty ? "message" : Shown.text(node.path), .cyan)]
        if let name = node.name { words.append("“\(Shown.text(name))”") }
        if let type = node.type {
            let wider = node.kinds.filter { $0 != type }
            words.append(paint(type, .bold) + (wider.isEmpty ? "" : " (" + wider.joined(separator: ", ") + ")"))
        }
        if let declared = node.declaredType {
            words.append(paint("declared " + Shown.text(declared), .faint))
        } else if node.type == nil {
            words.append("type unknown")
        }
        if let size = node.size { words.append(ByteCount(Int64(size)).description) }
        if node.names.count > 1 {
            words.append(
                paint(
                    "also read as "
                        + node.names.dropFirst().map { "“\(Shown.text($0))”" }
                        .joined(separator: ", "), .yellow))
        }
        if let encryption = node.encryption { words.append(paint("encrypted (\(encryption.rawValue))", .yellow)) }
        if let signature = node.signature { words.append(paint("signed (\(signature))", .cyan)) }
        if node.macros == true { words.append(paint("macros", .yellow)) }
        if !node.unread.isEmpty {
            words.append(paint("not read: " + node.unread.names.joined(separator: ", "), .magenta))
        }
        for finding in node.virus {
            switch finding.infected {
            case true?:
                words.append(
                    paint("\(finding.engine): \(finding.names.map(Shown.text).joined(separator: ", "))", .red))
            case false?: words.append(paint("\(finding.engine): clean", .faint))
            case nil:
                words.append(
                    paint("\(finding.engine): no answer (\(finding.unknown.names.joined(separator: ", ")))", .magenta))
            }
        }
        return words.joined(separator: "  ")
    }
}
