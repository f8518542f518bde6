import Diagnostics

/// A policy's files with those corrections applied whose result is sure to be what was meant.
///
/// A diagnostic that offers several corrections, or one that is not sure, leaves a choice that belongs to the author,
/// so none of them is made.
/// Modules lie outside the policy and are left alone.
public struct PolicyCorrection {
    /// A file as it is to stand.
    public struct File: Equatable {
        /// The path an author can open.
        public let path: String
        /// The file as it was read.
        public let old: [UInt8]
        public let bytes: [UInt8]
    }

    /// The files that change.
    public let files: [File]
    /// How many diagnostics were corrected.
    public let corrected: Int
    /// How many offer corrections that the author must choose.
    public let choices: Int

    /// One round: what it uncovers is found by building again.
    public init(_ build: PolicyBuild) {
        var files: [File] = []
        var corrected = 0
        let sure = build.diagnostics.filter { $0.sureFixIt != nil }
        for file in build.ownFiles {
            let here = sure.filter { $0.primary.span.file == file.id }
            let (bytes, applied) = FixItApplier.apply(here, to: file)
            guard applied > 0, bytes != file.bytes else { continue }
            files.append(File(path: file.path, old: file.bytes, bytes: bytes))
            corrected += applied
        }
        self.files = files
        self.corrected = corrected
        choices = build.diagnostics.count { !$0.fixIts.isEmpty && $0.sureFixIt == nil }
    }
}
