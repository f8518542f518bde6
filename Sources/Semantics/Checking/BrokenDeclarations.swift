import Diagnostics
import Syntax

/// The declarations that the parser found a fault of syntax in, by where they stand.
///
/// What was read of such a declaration may not be what was meant: nothing is said of its uses, and little of itself.
struct BrokenDeclarations {
    /// A declaration by where it begins.
    private struct Place: Hashable {
        let file: FileID
        let start: Int
    }

    private var declarations: [FileID: [SourceSpan]] = [:]
    private var places: Set<Place> = []
    /// Those, and each declaration that a fault follows before the next one: it may have lost its end.
    private var doubtful: Set<Place> = []

    init(_ loaded: LoadedPolicy) {
        let errors = loaded.diagnostics.filter { $0.severity == .error }
        guard !errors.isEmpty else { return }
        for tree in loaded.trees + loaded.modules.values {
            declarations[tree.file] = tree.declarations.map(\.span).sorted { $0.start < $1.start }
        }
        extend(errors, loaded.sources)
        places = Set(errors.compactMap { place(of: $0.primary.span) })
        doubtful = Set(errors.compactMap { placeBefore($0.primary.span)?.place })
    }

    /// Counts a fault that begins behind a declaration, on the line where that ends, as the declaration's: its end was
    /// cut off there.
    private mutating func extend(_ errors: [Diagnostic], _ sources: SourceSet) {
        for error in errors {
            let span = error.primary.span
            guard let file = sources[span.file], let index = indexBefore(span),
                let declaration = declarations[span.file]?[index], declaration.end <= span.start,
                file.lineIndex(of: declaration.end) == file.lineIndex(of: span.start)
            else { continue }
            declarations[span.file]?[index] = declaration.joined(to: span)
        }
    }

    /// Whether the declaration that a span belongs to is broken.
    func contain(_ span: SourceSpan) -> Bool {
        !places.isEmpty && place(of: span).map(places.contains) == true
    }

    /// Whether the declaration that a span belongs to is broken, or a fault follows it: it may have lost its end.
    func mayContain(_ span: SourceSpan) -> Bool {
        !doubtful.isEmpty && placeBefore(span).map { doubtful.contains($0.place) } == true
    }

    /// The diagnostics with no more than `most` of each broken declaration, what the parser found first. Warnings of
    /// what may not have been meant are left out.
    func withoutFollowing(_ parsed: [Diagnostic], _ found: [Diagnostic], most: Int) -> [Diagnostic] {
        guard !doubtful.isEmpty else { return parsed + found }
        let all = parsed.sortedByPlace() + found.sortedByPlace()
        var told: [Place: Int] = [:]
        return all.filter { diagnostic in
            guard let place = place(of: diagnostic.primary.span) else { return true }
            if diagnostic.severity != .error { return !doubtful.contains(place) }
            guard places.contains(place) else { return true }
            told[place, default: 0] += 1
            return told[place, default: 0] <= most
        }
    }

    /// `nil` between declarations, where those stood that could not be read at all: each of them is told.
    private func place(of span: SourceSpan) -> Place? {
        guard let (place, end) = placeBefore(span), span.start < end else { return nil }
        return place
    }

    /// The last declaration that begins no later than a span, and its end.
    private func placeBefore(_ span: SourceSpan) -> (place: Place, end: Int)? {
        guard let index = indexBefore(span), let known = declarations[span.file]?[index] else { return nil }
        return (Place(file: span.file, start: known.start), known.end)
    }

    private func indexBefore(_ span: SourceSpan) -> Int? {
        let known = declarations[span.file] ?? []
        var (low, high) = (0, known.count)
        while low < high {
            let middle = (low + high) / 2
            if known[middle].start <= span.start { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? low - 1 : nil
    }
}

extension [Diagnostic] {
    /// Without what `subject != "x"` lacks for mail that has no subject, where the parser tells how it is written: one
    /// mistake is told once, and the rest when that is mended.
    func withoutDenials(beside parsed: [Diagnostic]) -> [Diagnostic] {
        let foreign = parsed.filter { $0.code.name == "foreign-operator" }.map(\.primary.span)
        guard !foreign.isEmpty else { return self }
        let starts = Dictionary(grouping: foreign, by: \.file).mapValues { $0.map(\.start).sorted() }
        return filter { diagnostic in
            let span = diagnostic.primary.span
            guard diagnostic.code.number == SemanticsCode.unguarded.rawValue, let places = starts[span.file] else {
                return true
            }
            var (low, high) = (0, places.count)
            while low < high {
                let middle = (low + high) / 2
                if places[middle] < span.start { low = middle + 1 } else { high = middle }
            }
            return low == places.count || places[low] >= span.end
        }
    }
}
