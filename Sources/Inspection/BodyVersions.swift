import Vocabulary

/// Finds which bodies are versions of one another: those in different branches of one `multipart/alternative`.
///
/// Only bodies are: a file is shown beside whichever version a reader shows. Of alternatives within alternatives the
/// outermost one tells.
struct BodyVersions {
    private let tree: Decomposition
    /// The values of each branch, by the alternative and the branch.
    private var values: [Int: [Int: [Int]]] = [:]

    init(_ tree: Decomposition) { self.tree = tree }

    /// Notes the part that a value was taken from.
    mutating func add(_ part: Int, value: Int) {
        guard tree.nodes[part].role == .body else { return }
        var found: (alternative: Int, branch: Int)?
        var node = part
        while let parent = tree.nodes[node].parent {
            if tree.nodes[parent].role == .multipart,
                tree.nodes[parent].declaredType?.lowercased() == "multipart/alternative"
            {
                found = (parent, node)
            }
            node = parent
        }
        if let found { values[found.alternative, default: [:]][found.branch, default: []].append(value) }
    }

    /// In the order of the tree.
    var alternatives: [TextAlternatives] {
        values.sorted { $0.key < $1.key }.filter { $0.value.count > 1 }.map { _, branches in
            TextAlternatives(versions: branches.sorted { $0.key < $1.key }.map(\.value))
        }
    }
}
