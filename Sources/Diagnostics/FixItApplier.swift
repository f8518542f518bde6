/// Applies the corrections of diagnostics to a file's text.
public enum FixItApplier {
    /// The file's bytes with the first correction of every error and warning applied, and how many were. Corrections
    /// that overlap an earlier one are left for the next run.
    public static func apply(_ diagnostics: [Diagnostic], to file: SourceFile) -> (bytes: [UInt8], applied: Int) {
        var taken: [SourceEdit] = []
        var applied = 0
        for diagnostic in diagnostics.sortedByPlace() {
            guard let fixIt = diagnostic.fixIts.first, fixIt.edits.allSatisfy({ fits($0, taken, file) }) else {
                continue
            }
            taken += fixIt.edits
            applied += 1
        }
        var bytes = file.bytes
        // From the end, so that earlier offsets stay; at one offset the edit added last comes first.
        let ordered = taken.enumerated().sorted {
            ($0.element.span.start, $0.offset) > ($1.element.span.start, $1.offset)
        }
        for (_, edit) in ordered { bytes.replaceSubrange(edit.span.range, with: Array(edit.replacement.utf8)) }
        return (bytes, applied)
    }

    private static func fits(_ edit: SourceEdit, _ taken: [SourceEdit], _ file: SourceFile) -> Bool {
        guard edit.span.file == file.id, edit.span.start >= 0, edit.span.end <= file.bytes.count else { return false }
        return taken.allSatisfy { $0.span.end <= edit.span.start || edit.span.end <= $0.span.start }
    }
}
