import PolicyTesting

/// Writes an author's own files anew: all of them or none, and only while they are what was read. Between reading and
/// writing the author's editor may have saved.
enum AuthorFiles {
    struct Change {
        let path: String
        /// What was read.
        let old: [UInt8]
        let new: [UInt8]
    }

    /// - Throws: `CommandFailure` when a file has changed meanwhile or one of them cannot be written; then none is.
    static func write(_ changes: [Change]) throws(CommandFailure) {
        var staged: [StagedFile] = []
        for change in changes {
            let file = try StagedFile(replacing: change.path)
            staged.append(file)
            try file.write(change.new)
            try file.settle()
        }
        for change in changes {
            let present = try FileOnDisk.read(change.path)
            guard present == change.old || present == change.new else {
                throw CommandFailure(
                    .environment, "\(change.path) was changed by somebody else meanwhile, so nothing was written")
            }
        }
        for file in staged { try file.commit() }
    }
}
