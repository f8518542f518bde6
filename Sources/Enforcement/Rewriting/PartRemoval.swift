import Message
import Vocabulary

/// Parts taken away, each with a text in its place that says what stood there.
struct PartRemoval {
    private let byPath: [String: [StrippedPart]]
    private let policy: String
    private let phrases: Phrases
    private let limits: EnforcementLimits
    /// The paths of parts that went.
    private(set) var done: [String] = []

    init(_ parts: [StrippedPart], policy: String, phrases: Phrases, limits: EnforcementLimits) {
        byPath = Dictionary(grouping: parts, by: \.removed)
        self.policy = policy
        self.phrases = phrases
        self.limits = limits
    }

    /// The paths that were not found; what lies within a part that went is gone with it.
    var missing: [String] {
        byPath.keys.filter { path in !done.contains { path == $0 || path.hasPrefix($0 + ".") } }.sorted()
    }

    /// Goes through the parts of one buffer. Recursion is bounded by the depth that the walk over the message allows.
    mutating func edit(_ part: Part, _ edits: inout ByteEdits) {
        if let stripped = byPath[part.path] {
            done.append(part.path)
            if part.isMessageRoot {
                replaceContent(of: part, by: stripped, &edits)
            } else {
                replaceEntity(part, by: stripped, &edits)
            }
            return
        }
        guard part.children.contains(where: concerns) else { return }
        guard part.encoding.isIdentity else { return editEncoded(part, &edits) }
        for child in part.children { edit(child, &edits) }
    }

    private func concerns(_ part: Part) -> Bool {
        byPath.keys.contains { $0 == part.path || $0.hasPrefix(part.path + ".") }
    }

    /// The children stand in a buffer of their own, which is encoded anew.
    private mutating func editEncoded(_ part: Part, _ edits: inout ByteEdits) {
        guard let inner = part.children.first?.bytes else { return }
        var innerEdits = ByteEdits()
        for child in part.children { edit(child, &innerEdits) }
        let encoded = BodyEncoding.base64Lines(innerEdits.applied(to: inner.array))
        edits.replace(part.bodyRange, with: Array(encoded.utf8))
        for (index, field) in part.header.all("Content-Transfer-Encoding").enumerated() {
            let line = index == 0 ? Array("Content-Transfer-Encoding: base64\r\n".utf8) : []
            edits.replace(field.lineRange, with: line)
        }
    }

    private func replaceEntity(_ part: Part, by stripped: [StrippedPart], _ edits: inout ByteEdits) {
        let (fields, body) = notice(stripped)
        var bytes = Array((fields.map { $0 + "\r\n" }.joined() + "\r\n" + body).utf8)
        // The line end before a delimiter is the delimiter's. A part that is all header has swallowed it.
        let behind = part.range.upperBound
        if part.bytes[behind..<behind + 1].first.map({ $0 != 0x0D && $0 != 0x0A }) ?? false { bytes += [0x0D, 0x0A] }
        edits.replace(part.range, with: bytes)
    }

    /// A message stays, with its other fields.
    private func replaceContent(of root: Part, by stripped: [StrippedPart], _ edits: inout ByteEdits) {
        let (fields, body) = notice(stripped)
        ContentFields.replace(in: root, by: fields, &edits) { $0.name.lowercased().hasPrefix("content-") }
        // A message that is all header has no empty line before its body.
        let hasEmptyLine = root.bodyRange.lowerBound > root.header.range.upperBound
        edits.replace(root.bodyRange, with: Array(((hasEmptyLine ? "" : "\r\n") + body).utf8))
    }

    private func notice(_ stripped: [StrippedPart]) -> (fields: [String], body: String) {
        var lines = [phrases.removed(policy), ""]
        for part in stripped.prefix(limits.listedParts) {
            let name = part.name ?? part.found
            lines.append("  \(name)" + (part.sha256.map { " (SHA-256 \($0))" } ?? ""))
        }
        if stripped.count > limits.listedParts {
            lines.append("  " + phrases.more(stripped.count - limits.listedParts))
        }
        let (encoding, body) = BodyEncoding.encoded(lines.joined(separator: "\n") + "\n")
        let fields = [
            "Content-Type: text/plain; charset=utf-8", "Content-Disposition: inline",
            "Content-Transfer-Encoding: \(encoding)",
        ]
        return (fields, body)
    }
}
