import Diagnostics
import Syntax

/// The canonical form of a policy file, or why it has none.
enum PolicyFormatter {
    enum Outcome {
        case formatted([UInt8])
        /// Errors of syntax; the file stays as it is.
        case broken([Diagnostic])
    }

    static func format(_ file: SourceFile) -> Outcome {
        guard let text = Formatter.format(file: file) else {
            return .broken(Parser.parse(file: file).diagnostics.filter { $0.severity == .error })
        }
        return .formatted(Array(text.utf8))
    }
}
