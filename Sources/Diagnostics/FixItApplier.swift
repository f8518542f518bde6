/// Applies the corrections of diagnostics to a file's text.
public enum FixItApplier {
    /// The file's bytes with the first correction of every error and warning applied, and how many were.
    public static func apply(_ diagnostics: [Diagnostic], to file: SourceFile) -> (bytes: [UInt8], applied: Int) {
        let (edits, applied) = chosen(diagnostics, in: file)
        var bytes = file.bytes
        // From the end, so that earlier offsets stay.
        for edit in edits.reversed() { bytes.replaceSubrange(edit.span.range, with: Array(edit.replacement.utf8)) }
        return (bytes, applied)
    }

    /// The edits of the first correction of every error and warning, and of how many. Corrections that overlap an
    /// earlier one are left for the next run; those that touch it are not, so who makes the edits keeps their order: at one
    /// offset what is put in, the first first, and then what is replaced there.
    public static func chosen(
        _ diagnostics: [Diagnostic], in file: SourceFile
    ) -> (edits: [SourceEdit], applied: Int) {
        var taken: [SourceEdit] = []
        var applied = 0
        for diagnostic in diagnostics.sortedByPlace() {
            guard let fixIt = diagnostic.fixIts.first else { continue }
            var edits: [SourceEdit] = []
            for edit in fixIt.edits where fits(edit, taken + edits, file) { edits.append(edit) }
            // A correction is made whole or not at all.
            guard edits.count == fixIt.edits.count else { continue }
            taken += edits
            applied += 1
        }
        let ordered = taken.enumerated().sorted {
            ($0.element.span.start, $0.element.span.end, $0.offset)
                < ($1.element.span.start, $1.element.span.end, $1.offset)
        }
        return (ordered.map(\.element), applied)
    }

    /// The same words put in at the same place by two faults would stand there twice.
    private static func fits(_ edit: SourceEdit, _ taken: [SourceEdit], _ file: SourceFile) -> Bool {
        guard edit.span.file == file.id, edit.span.start >= 0, edit.span.end <= file.bytes.count else { return false }
        return taken.allSatisfy {
            $0 != edit && ($0.span.end <= edit.span.start || edit.span.end <= $0.span.start)
        }
    }
}
