import Diagnostics
import Syntax

/// What is known of declarations, to be found by a place in one of them: whoever asks for many places does not walk over
/// all declarations for each.
struct PlaceIndex<Element> {
    /// In the order of the text.
    private var files: [FileID: [(range: Range<Int>, element: Element)]] = [:]

    /// - Parameter element: what is known of a declaration; `nil` where nothing is.
    init(_ loaded: LoadedPolicy, _ element: (Declaration) -> Element?) {
        for tree in loaded.trees + loaded.modules.values {
            files[tree.file] = tree.declarations.compactMap { declaration in
                element(declaration).map { (declaration.span.range, $0) }
            }
        }
    }

    /// What is known of the declaration that holds a place.
    func element(at span: SourceSpan) -> Element? {
        guard let entries = files[span.file] else { return nil }
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].range.upperBound <= span.start { low = middle + 1 } else { high = middle }
        }
        return low < entries.count && entries[low].range.contains(span.start) ? entries[low].element : nil
    }
}
