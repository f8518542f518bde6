import Diagnostics
import Vocabulary

struct PatternLibrary: PatternChecker {
    func fault(of pattern: TextPattern) -> PatternFault? { nil }
    func makeScanner(_ patterns: [TextPattern]) throws(PatternFault) -> any TextScanner {
        throw PatternFault(message: "pending")
    }
}
enum PolicyFormatter {
    enum Result {
        case broken([Diagnostic])
        case formatted([UInt8])
    }
    static func format(_ file: SourceFile) -> Result { .formatted(file.bytes) }
}
enum BundleText {
    static func disassembly(of bytes: [UInt8], path: String) throws(CommandFailure) -> String { "" }
}
