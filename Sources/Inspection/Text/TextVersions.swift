import Vocabulary

/// Finds which texts of a message are versions of one another: those of one part, as it is shown and otherwise; the
/// text of a document and the source of its parts; bodies in different branches of one `multipart/alternative`.
///
/// Only bodies are the last: a file is shown beside whichever version a reader shows. Of alternatives within
/// alternatives the outermost one tells.
struct TextVersions {
    private let tree: Decomposition
    /// The values of the parts of each branch, by the alternative and the branch.
    private var branches: [Int: [Int: [Range<Int>]]] = [:]
    /// The values of a part that is no alternative, and of the parts that a document is made of.
    private var alone: [Int: (own: Range<Int>, source: [Int])] = [:]

    init(_ tree: Decomposition) { self.tree = tree }

    /// Notes the part that values were taken from; several are versions of one another.
    mutating func add(_ part: Int, values: Range<Int>) {
        guard !values.isEmpty else { return }
        if let place = alternative(of: part) {
            branches[place.alternative, default: [:]][place.branch, default: []].append(values)
        } else if let document = DocumentText.document(ofPart: part, in: tree), alone[document] != nil {
            alone[document]?.source += Array(values)
        } else {
            alone[part] = (values, [])
        }
    }

    private func alternative(of part: Int) -> (alternative: Int, branch: Int)? {
        guard tree.nodes[part].role == .body else { return nil }
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
        return found
    }

    /// Alternatives in the order of the tree, then the versions of other parts.
    var alternatives: [TextAlternatives] {
        let ofBranches = branches.sorted { $0.key < $1.key }.compactMap { _, branches in
            let versions = branches.sorted { $0.key < $1.key }.flatMap { Self.versions(of: $0.value) }
            return versions.count > 1 ? TextAlternatives(versions: versions) : nil
        }
        let ofOthers = alone.sorted { $0.key < $1.key }.compactMap { _, part in
            let versions = part.own.map { [$0] } + (part.source.isEmpty ? [] : [part.source])
            return versions.count > 1 ? TextAlternatives(versions: versions) : nil
        }
        return ofBranches + ofOthers
    }

    /// The parts of one branch, each as it is shown, then each in its next version if it has one.
    private static func versions(of parts: [Range<Int>]) -> [[Int]] {
        (0..<(parts.map(\.count).max() ?? 0)).map { version in
            parts.map { $0.lowerBound + min(version, $0.count - 1) }
        }
    }
}
