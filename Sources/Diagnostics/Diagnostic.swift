/// The stable name of a kind of fault: `LZ0123` and a word such as `unknown-fact`.
public struct DiagnosticCode: Hashable, Sendable, CustomStringConvertible {
    /// The number, printed with four digits.
    public let number: Int
    /// The name used in `allow` and `deny`, in kebab-case.
    public let name: String

    /// Makes a code. Numbers below 200 belong to the syntax, below 800 to the checker, the rest to the compiler.
    public init(_ number: Int, _ name: String) {
        self.number = number
        self.name = name
    }

    /// The number as it is shown: `LZ0123`.
    public var id: String {
        let digits = String(number)
        return "LZ" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    /// The number as it is shown.
    public var description: String { id }
}

/// How grave a diagnostic is.
public enum Severity: String, Sendable, Comparable, CaseIterable {
    case note, warning, error

    /// Notes are below warnings, warnings below errors.
    public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .note: 0
        case .warning: 1
        case .error: 2
        }
    }
}

/// A place with words about it.
public struct DiagnosticLabel: Hashable, Sendable {
    /// The place.
    public let span: SourceSpan
    /// What is to be said of it; may be empty.
    public let text: String

    /// Makes a label.
    public init(_ span: SourceSpan, _ text: String = "") {
        self.span = span
        self.text = text
    }
}

/// The replacement of one range of a source.
public struct SourceEdit: Hashable, Sendable {
    /// What is replaced; empty where something is inserted.
    public let span: SourceSpan
    /// What stands there afterwards.
    public let replacement: String

    /// Makes an edit.
    public init(_ span: SourceSpan, _ replacement: String) {
        self.span = span
        self.replacement = replacement
    }
}

/// A correction that an author can take over as it is.
public struct FixIt: Hashable, Sendable {
    /// What it does, in the imperative.
    public let title: String
    /// Whether its result is sure to be what was meant: only then may a tool apply it without asking. Where the author
    /// decides something by taking it, it is a suggestion.
    public let isSure: Bool
    /// The edits, all applied or none.
    public let edits: [SourceEdit]

    /// Makes a correction.
    public init(_ title: String, isSure: Bool = false, edits: [SourceEdit]) {
        self.title = title
        self.isSure = isSure
        self.edits = edits
    }

    /// Makes a correction of one edit.
    public init(_ title: String, isSure: Bool = false, replace span: SourceSpan, with replacement: String) {
        self.init(title, isSure: isSure, edits: [SourceEdit(span, replacement)])
    }
}

/// A fault of a policy, or a doubt about it, told to its author.
public struct Diagnostic: Hashable, Sendable {
    /// The kind of fault.
    public let code: DiagnosticCode
    /// How grave it is; a policy may change it by `allow` and `deny`.
    public var severity: Severity
    /// One sentence without capital and full stop.
    public var message: String
    /// The place of the fault.
    public var primary: DiagnosticLabel
    /// Other places that explain it.
    public var secondary: [DiagnosticLabel]
    /// Facts that explain it further.
    public var notes: [String]
    /// What to do about it.
    public var help: String?
    /// Corrections; where several, any of them will do.
    public var fixIts: [FixIt]

    /// Makes a diagnostic.
    public init(
        _ code: DiagnosticCode, severity: Severity = .error, message: String, at span: SourceSpan, label: String = "",
        secondary: [DiagnosticLabel] = [], notes: [String] = [], help: String? = nil, fixIts: [FixIt] = []
    ) {
        self.code = code
        self.severity = severity
        self.message = message
        self.primary = DiagnosticLabel(span, label)
        self.secondary = secondary
        self.notes = notes
        self.help = help
        self.fixIts = fixIts
    }

    /// The correction that a tool may apply without asking: the only one, if it is sure.
    public var sureFixIt: FixIt? {
        guard fixIts.count == 1, let only = fixIts.first, only.isSure else { return nil }
        return only
    }
}

/// Gathers diagnostics up to a bound, so that hostile input cannot make the report itself a burden.
public struct DiagnosticBag: Sendable {
    /// What was gathered, in order of arrival.
    public private(set) var diagnostics: [Diagnostic] = []
    /// How many were dropped at the bound.
    public private(set) var dropped = 0
    private var isFullOfErrors = false
    private let limits: DiagnosticLimits

    /// Makes an empty bag.
    public init(limits: DiagnosticLimits = DiagnosticLimits()) { self.limits = limits }

    /// Adds a diagnostic, or counts it as dropped where the bag is full.
    ///
    /// An error takes the place of the last one that is none: were it dropped behind hundreds of warnings, the faulty
    /// policy would pass for good.
    public mutating func add(_ diagnostic: Diagnostic) {
        if diagnostics.count < limits.diagnosticsPerRun {
            diagnostics.append(diagnostic)
        } else {
            dropped += 1
            guard diagnostic.severity == .error, !isFullOfErrors else { return }
            if let last = diagnostics.lastIndex(where: { $0.severity != .error }) {
                diagnostics.remove(at: last)
                diagnostics.append(diagnostic)
            } else {
                isFullOfErrors = true
            }
        }
    }

    /// Adds several diagnostics.
    public mutating func add(contentsOf others: some Sequence<Diagnostic>) {
        for diagnostic in others { add(diagnostic) }
    }

    /// Whether one of them is an error.
    public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

    /// The diagnostics by file and place.
    public var sorted: [Diagnostic] { diagnostics.sortedByPlace() }
}

extension Sequence where Element == Diagnostic {
    /// The diagnostics by file, place and code.
    public func sortedByPlace() -> [Diagnostic] {
        sorted {
            ($0.primary.span.file, $0.primary.span.start, $0.code.number)
                < ($1.primary.span.file, $1.primary.span.start, $1.code.number)
        }
    }
}
