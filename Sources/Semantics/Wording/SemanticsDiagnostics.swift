import Diagnostics
import Syntax
import Vocabulary

/// The words of the checker's diagnostics, by subject in the files beside this one, by number within them.
///
/// One sentence each, lower-case, without full stop, in the words of someone who administers mail.
enum SemanticsDiagnostics {
    /// The names that `allow` and `deny` take: the checker's warnings and the parser's one.
    static let warningNames = SemanticsCode.allCases.filter(\.isWarning).map(\.name) + ["invisible-character"]

    static func make(
        _ code: SemanticsCode, _ message: String, at span: SourceSpan, label: String = "",
        secondary: [DiagnosticLabel] = [], notes: [String] = [], help: String? = nil, fixIts: [FixIt] = []
    ) -> Diagnostic {
        Diagnostic(
            code.code, severity: code.isWarning ? .warning : .error, message: message, at: span, label: label,
            secondary: secondary, notes: notes, help: help, fixIts: fixIts)
    }

    /// The correction of a name by the nearest one.
    static func spelling(_ span: SourceSpan, _ nearest: NearName?) -> [FixIt] {
        nearest.map { [FixIt("write `\($0.name)`", isSure: $0.isSure, replace: span, with: $0.name)] } ?? []
    }

    /// `did you mean `x`?`, or what to do otherwise.
    static func didYouMean(_ nearest: NearName?, else help: String? = nil) -> String? {
        nearest.map { "did you mean `\($0.name)`?" } ?? help
    }

    /// Names with commas, the last after `or`.
    static func alternatives(_ names: some Sequence<String>) -> String {
        let quoted = names.map { "`\($0)`" }
        guard quoted.count > 1, let last = quoted.last else { return quoted.first ?? "" }
        return quoted.dropLast().joined(separator: ", ") + " or " + last
    }

    /// Names with commas, the last after `and`.
    static func enumeration(_ names: some Sequence<String>) -> String {
        let all = Array(names)
        guard all.count > 1, let last = all.last else { return all.first ?? "" }
        return all.dropLast().joined(separator: ", ") + " and " + last
    }
}

extension ValueType {
    /// With its article, as an administrator says it.
    var phrase: String {
        switch self {
        case .bool: "either true or false"
        case .int: "a number"
        case .decimal: "a decimal number"
        case .size: "a size"
        case .duration: "a duration"
        case .time: "a point in time"
        case .text: "a text"
        case .address: "an address"
        case .domain: "a domain"
        case .ip: "an IP address"
        case .fileType: "a file type"
        case .encryption: "a kind of encryption"
        case .hash: "a SHA-256 digest"
        case .symbol: "one of a few words"
        }
    }

    /// Without its article, in the plural.
    var plural: String {
        switch self {
        case .bool: "truths"
        case .int: "numbers"
        case .decimal: "decimal numbers"
        case .size: "sizes"
        case .duration: "durations"
        case .time: "points in time"
        case .text: "texts"
        case .address: "addresses"
        case .domain: "domains"
        case .ip: "networks"
        case .fileType: "file types"
        case .encryption: "kinds of encryption"
        case .hash: "SHA-256 digests"
        case .symbol: "words"
        }
    }
}

/// A name or path as written.
protocol Written {
    var text: String { get }
    var span: SourceSpan { get }
}

extension Name: Written {}
extension Path: Written {}
