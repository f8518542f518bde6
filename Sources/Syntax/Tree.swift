import Diagnostics

// The tree of a policy file, as written: nothing is resolved here, every node knows its place.
// Where the source was faulty a node may be missing (nil, an empty list, `.missing`); the parser has then said so.

/// A file as parsed.
public struct SourceTree: Sendable {
    /// The file.
    public var file: FileID
    /// The declarations in their order.
    public var declarations: [Declaration]
    /// The `#` comments in their order.
    public var comments: [Comment]
    /// Whether a policy's header begins in it, be it one that could not be read.
    public var hasHeader: Bool
}

/// A comment: from `#` to the end of its line.
public struct Comment: Sendable {
    /// The text with its `#`, without white space at its end.
    public var text: String
    /// Its place.
    public var span: SourceSpan
}

/// A name in kebab-case.
public struct Name: Hashable, Sendable {
    /// The name.
    public var text: String
    /// Its place.
    public var span: SourceSpan

    /// A name that is written somewhere else than where names are parsed, such as in a text.
    public init(text: String, span: SourceSpan) {
        self.text = text
        self.span = span
    }
}

/// One or several names joined by dots: `from.display-name`, `media.no-clips`.
public struct Path: Hashable, Sendable {
    /// The names; never empty.
    public var segments: [Name]
    /// The place of the whole.
    public var span: SourceSpan

    /// The path as written.
    public var text: String { segments.map(\.text).joined(separator: ".") }
}

/// A quoted text.
public struct TextLiteral: Hashable, Sendable {
    /// The text it stands for: escapes resolved, a block's indentation taken away.
    public var value: String
    /// Its place, quotes included.
    public var span: SourceSpan
}

/// An exact decimal number: `mantissa` / 10^`scale`.
public struct NumberLiteral: Hashable, Sendable {
    /// The digits, negative after a minus.
    public var mantissa: Int64
    /// How many of the digits are behind the point.
    public var scale: Int
    /// Its place, the minus included.
    public var span: SourceSpan

    /// The value where it is whole.
    public var integer: Int64? { scale == 0 ? mantissa : nil }
}

/// A unit of size or duration.
public enum Unit: String, Hashable, Sendable, CaseIterable {
    case bytes = "B"
    case kilobytes = "KB"
    case megabytes = "MB"
    case gigabytes = "GB"
    case kibibytes = "KiB"
    case mebibytes = "MiB"
    case gibibytes = "GiB"
    case second, seconds, minute, minutes, hour, hours, day, days, week, weeks

    /// Bytes in one, or nil for a duration. KB, MB and GB are decimal.
    public var bytes: Int64? {
        switch self {
        case .bytes: 1
        case .kilobytes: 1000
        case .megabytes: 1_000_000
        case .gigabytes: 1_000_000_000
        case .kibibytes: 1024
        case .mebibytes: 1_048_576
        case .gibibytes: 1_073_741_824
        default: nil
        }
    }

    /// Seconds in one, or nil for a size.
    public var seconds: Int64? {
        switch self {
        case .second, .seconds: 1
        case .minute, .minutes: 60
        case .hour, .hours: 3600
        case .day, .days: 86400
        case .week, .weeks: 604_800
        default: nil
        }
    }
}

/// A number, with or without unit.
public struct Quantity: Hashable, Sendable {
    /// The number.
    public var number: NumberLiteral
    /// The unit, where one is written.
    public var unit: Unit?
    /// The place of both.
    public var span: SourceSpan
}

/// A day: `2026-11-24`.
public struct DateLiteral: Hashable, Sendable {
    /// The year.
    public var year: Int
    /// The month, 1 to 12.
    public var month: Int
    /// The day of the month, valid for it.
    public var day: Int
    /// Its place.
    public var span: SourceSpan
}

/// A regular expression: `/source/flags`.
public struct RegexLiteral: Hashable, Sendable {
    /// What stands between the slashes; `\/` is kept as written.
    public var source: String
    /// The letters behind the second slash.
    public var flags: String
    /// Its place, slashes and flags included.
    public var span: SourceSpan
}

/// A constant.
public enum Literal: Hashable, Sendable {
    case text(TextLiteral)
    case quantity(Quantity)
    case date(DateLiteral)
    case bool(Bool, SourceSpan)

    /// Its place.
    public var span: SourceSpan {
        switch self {
        case .text(let text): text.span
        case .quantity(let quantity): quantity.span
        case .date(let date): date.span
        case .bool(_, let span): span
        }
    }
}

/// A constant or the name of something: what arguments, parameters and settings take.
public enum Value: Hashable, Sendable {
    case literal(Literal)
    case name(Name)

    /// Its place.
    public var span: SourceSpan {
        switch self {
        case .literal(let literal): literal.span
        case .name(let name): name.span
        }
    }
}
