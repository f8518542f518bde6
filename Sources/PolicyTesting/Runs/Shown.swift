import Diagnostics

/// Texts and numbers as lines for people have them.
public enum Shown {
    /// Names of files, addresses and a bundle's names come from outside: nothing of them may steer the terminal.
    public static func text(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { $0.isUnseen ? "\u{FFFD}" : $0 }))
    }

    /// `1 rule`, `3 rules`.
    public static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

    /// A number that ends at a column.
    static func right(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: " ", count: max(0, width - digits.count)) + digits
    }

    /// A part of a whole in percent; nothing where there is no whole.
    static func share(_ part: Int, of whole: Int) -> String {
        guard whole > 0 else { return "" }
        let tenths = (part * 1000 + whole / 2) / whole
        return "\(tenths / 10).\(tenths % 10) %"
    }

    static func milliseconds(_ microseconds: Int) -> String {
        "\(microseconds / 1000).\(microseconds % 1000 / 100) ms"
    }

    /// How often each name counted, the most frequent first, below a title; nothing where none did.
    static func counted(_ title: String, _ counts: [String: Int]) -> [String] {
        guard !counts.isEmpty else { return [] }
        let sorted = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        return [title] + sorted.map { "  " + right($0.value, 8) + "  " + text($0.key) }
    }
}
