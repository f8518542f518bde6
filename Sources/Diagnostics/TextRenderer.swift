/// Renders diagnostics for people: the source line, the place underlined, what is to be said beside it.
public struct TextRenderer: Sendable {
    /// Whether to colour by terminal escapes.
    public var coloured: Bool
    private let sources: SourceSet
    private let limits: DiagnosticLimits

    /// Makes a renderer over the files the diagnostics speak of.
    public init(sources: SourceSet, coloured: Bool = false, limits: DiagnosticLimits = DiagnosticLimits()) {
        self.sources = sources
        self.coloured = coloured
        self.limits = limits
    }

    /// All diagnostics, a blank line between them, in the order given.
    public func render(_ diagnostics: [Diagnostic]) -> String {
        diagnostics.map(render).joined(separator: "\n")
    }

    /// One diagnostic, ended by a line feed.
    public func render(_ diagnostic: Diagnostic) -> String {
        let tint = tint(of: diagnostic.severity)
        let head = paint("\(diagnostic.severity.rawValue)[\(diagnostic.code.id)]", tint)
        var lines = [head + paint(": " + Self.visible(diagnostic.message), "1")]
        let places = places(of: [diagnostic.primary] + diagnostic.secondary)
        lines += drawn(places, tint: tint)
        let margin = margin(of: places)
        var remarks = diagnostic.notes.map { ("note", $0) }
        if let help = diagnostic.help { remarks.append(("help", help)) }
        for fixIt in diagnostic.fixIts {
            remarks.append((diagnostic.sureFixIt == nil ? "fix if meant" : "fix", fixIt.title))
        }
        if !remarks.isEmpty { lines.append(margin + paint(" |", "1;34")) }
        for (word, text) in remarks {
            lines.append(margin + paint(" = ", "1;34") + paint(word, "1") + ": " + Self.visible(text))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Labels drawn as those of a diagnostic are, the first as the primary one: for what is no fault of a policy and has
    /// its own words above it.
    public func draw(_ labels: [DiagnosticLabel], severity: Severity) -> [String] {
        drawn(places(of: labels), tint: tint(of: severity))
    }

    // MARK: Places

    private func margin(of places: [Place]) -> String {
        String(repeating: " ", count: places.flatMap(\.labels).map { String($0.line + 1).count }.max() ?? 1)
    }

    private func drawn(_ places: [Place], tint: String) -> [String] {
        var lines: [String] = []
        let margin = margin(of: places)
        for (index, place) in places.enumerated() {
            let arrow = index == 0 ? "-->" : ":::"
            lines.append(margin + paint(arrow, "1;34") + " " + Self.visible(place.title))
            lines.append(margin + paint(" |", "1;34"))
            lines += excerpt(place, widest: margin.count, tint: tint)
        }
        return lines
    }

    private struct Mark {
        let line: Int
        let columns: Range<Int>
        let text: String
        let isPrimary: Bool
    }

    private struct Place {
        let file: SourceFile
        let title: String
        var labels: [Mark]
    }

    /// The labels by file, the primary one's file first.
    private func places(of labels: [DiagnosticLabel]) -> [Place] {
        var result: [Place] = []
        for (index, label) in labels.enumerated() {
            guard let file = sources[label.span.file] else { continue }
            let mark = mark(label, in: file, isPrimary: index == 0)
            if let known = result.firstIndex(where: { $0.file.id == file.id }) {
                result[known].labels.append(mark)
            } else {
                let start = file.position(of: label.span.start)
                let title = "\(file.path):\(start.line):\(start.column)"
                result.append(Place(file: file, title: title, labels: [mark]))
            }
        }
        return result
    }

    /// Where a label stands on the screen; of a span over several lines the first line is underlined.
    private func mark(_ label: DiagnosticLabel, in file: SourceFile, isPrimary: Bool) -> Mark {
        let line = file.lineIndex(of: min(label.span.start, file.bytes.count))
        let range = file.lineRange(line)
        let start = min(label.span.start, range.upperBound)
        let end = min(max(label.span.end, start), range.upperBound)
        let shownEnd = min(range.upperBound, range.lowerBound + limits.bytesPerLine)
        let before = Self.shown(file.text(range.lowerBound..<min(start, shownEnd))).width
        let width = Self.shown(file.text(min(start, shownEnd)..<min(end, shownEnd))).width
        let goesOn = label.span.end > range.upperBound && label.span.end > label.span.start
        let rest = goesOn && label.span.end > range.upperBound + 1 ? "…" : ""
        return Mark(
            line: line, columns: before..<before + max(width, 1),
            text: label.text + (label.text.isEmpty ? "" : rest), isPrimary: isPrimary)
    }

    private func excerpt(_ place: Place, widest: Int, tint: String) -> [String] {
        var lines: [String] = []
        var last: Int?
        for line in Set(place.labels.map(\.line)).sorted() {
            if let last, line > last + 1 { lines.append(paint("...", "1;34")) }
            last = line
            let number = String(line + 1)
            let gutter = String(repeating: " ", count: widest - number.count) + number + " |"
            let range = place.file.lineRange(line)
            let shownEnd = min(range.upperBound, range.lowerBound + limits.bytesPerLine)
            var source = Self.shown(place.file.text(range.lowerBound..<shownEnd)).text
            if source.count > limits.columnsPerLine || shownEnd < range.upperBound {
                source = source.prefix(limits.columnsPerLine) + "…"
            }
            lines.append(paint(gutter, "1;34") + (source.isEmpty ? "" : " " + source))
            let marks = place.labels.filter { $0.line == line }
                .sorted {
                    ($0.columns.lowerBound, $0.columns.upperBound) < ($1.columns.lowerBound, $1.columns.upperBound)
                }
            let margin = String(repeating: " ", count: widest) + paint(" |", "1;34")
            lines += underlines(marks, tint: tint).map { margin + " " + $0 }
        }
        return lines
    }

    /// The line of carets, the last label's words beside it, the other labels' words below, hung on bars.
    private func underlines(_ marks: [Mark], tint: String) -> [String] {
        let limit = limits.columnsPerLine
        var cells: [(String, String)] = []
        for mark in marks.sorted(by: { !$0.isPrimary && $1.isPrimary }) {
            let columns = min(mark.columns.lowerBound, limit)..<min(mark.columns.upperBound, limit + 1)
            while cells.count < columns.upperBound { cells.append((" ", "")) }
            for column in columns { cells[column] = mark.isPrimary ? ("^", tint) : ("-", "1;34") }
        }
        var first = cells.map { $0.1.isEmpty ? $0.0 : paint($0.0, $0.1) }.joined()
        guard let last = marks.last else { return [first] }
        if !last.text.isEmpty { first += " " + paint(Self.visible(last.text), last.isPrimary ? tint : "1;34") }
        var lines = [first]
        let hanging = marks.dropLast().filter { !$0.text.isEmpty }
        for (index, mark) in hanging.enumerated().reversed() {
            var line = ""
            var column = 0
            for earlier in hanging[..<index] where earlier.columns.lowerBound >= column {
                line += String(repeating: " ", count: earlier.columns.lowerBound - column) + paint("|", "1;34")
                column = earlier.columns.lowerBound + 1
            }
            line += String(repeating: " ", count: max(0, mark.columns.lowerBound - column))
            lines.append(line + paint(Self.visible(mark.text), mark.isPrimary ? tint : "1;34"))
        }
        return lines
    }

    // MARK: Characters

    private func tint(of severity: Severity) -> String {
        switch severity {
        case .error: "1;31"
        case .warning: "1;33"
        case .note: "1;36"
        }
    }

    private func paint(_ text: String, _ tint: String) -> String {
        coloured && !text.isEmpty ? "\u{1B}[\(tint)m\(text)\u{1B}[0m" : text
    }

    /// The text with its invisible characters written as escapes, so that no source can play with a terminal.
    static func visible(_ text: String) -> String { shown(text).text }

    /// A text as it is shown, and how many columns that takes.
    static func shown(_ text: String) -> (text: String, width: Int) {
        var result = String.UnicodeScalarView()
        var width = 0
        for scalar in text.unicodeScalars {
            if scalar == "\t" {
                result.append(contentsOf: "    ".unicodeScalars)
                width += 4
                continue
            }
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned, .privateUse, .surrogate:
                let escape = "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
                result.append(contentsOf: escape.unicodeScalars)
                width += escape.count
            case .nonspacingMark, .enclosingMark: result.append(scalar)
            default:
                result.append(scalar)
                width += isWide(scalar) ? 2 : 1
            }
        }
        return (String(result), width)
    }

    /// Whether terminals give a character two columns (East Asian Wide and emoji, by blocks).
    private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
            0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
            true
        default: false
        }
    }
}
