import Diagnostics
import Syntax

extension LoadedPolicy {
    /// The diagnostics without those that may well follow from a fault of syntax: of a declaration that has one no more
    /// than `most` are told, what the parser found first.
    func withoutFollowing(_ parsed: [Diagnostic], _ found: [Diagnostic], most: Int) -> [Diagnostic] {
        var starts: [FileID: [Int]] = [:]
        for tree in trees + modules.values { starts[tree.file] = tree.declarations.map(\.span.start).sorted() }
        func declaration(of diagnostic: Diagnostic) -> BrokenDeclaration {
            let span = diagnostic.primary.span
            let known = starts[span.file] ?? []
            // The number of declarations that begin up to here.
            var (low, high) = (0, known.count)
            while low < high {
                let middle = (low + high) / 2
                if known[middle] <= span.start { low = middle + 1 } else { high = middle }
            }
            return BrokenDeclaration(file: span.file, number: low)
        }
        var told: [BrokenDeclaration: Int] = [:]
        for fault in parsed where fault.severity == .error { told[declaration(of: fault)] = 0 }
        guard !told.isEmpty else { return parsed + found }
        // Errors before warnings, lest a broken policy seem good.
        let all = parsed.sortedByPlace() + found.sortedByPlace()
        let kept = all.filter { $0.severity == .error } + all.filter { $0.severity != .error }
        return kept.filter { diagnostic in
            let place = declaration(of: diagnostic)
            guard let count = told[place] else { return true }
            told[place] = count + 1
            return count < most
        }
    }
}

/// A declaration by its place: how many begin up to there, in which file.
private struct BrokenDeclaration: Hashable {
    let file: FileID
    let number: Int
}
