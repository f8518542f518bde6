import Diagnostics
import Vocabulary

struct PatternLibrary: PatternChecker {
    func fault(of pattern: TextPattern) -> PatternFault? { nil }
    func makeScanner(_ patterns: [TextPattern]) throws(PatternFault) -> any TextScanner {
        throw PatternFault(message: "pending")
    }
}
enum BundleText {
    static func disassembly(of bytes: [UInt8], path: String) throws(CommandFailure) -> String { "" }
}
