import Message
import Vocabulary

/// Which signatures a change breaks.
enum SignatureDamage {
    /// - Parameter touched: the paths of parts whose content changed.
    static func remarks(
        _ message: ParsedMessage, touched: [String], _ changes: MessageChanges
    ) -> [RewritingRemark] {
        var remarks: [RewritingRemark] = []
        for part in message.view.parts where part.contentType.mediaType == "multipart/signed" {
            let isTouched = touched.contains { $0 == part.path || $0.hasPrefix(part.path + ".") }
            // What goes as a whole is missed, not broken.
            if isTouched, !touched.contains(where: { isAtOrAbove($0, part.path) }) {
                remarks.append(RewritingRemark(.signatureBroken, part: part.path))
            }
        }
        if breaksDomainSignature(message, touched: touched, changes) {
            remarks.append(RewritingRemark(.domainSignatureBroken))
        }
        return remarks
    }

    private static func isAtOrAbove(_ path: String, _ other: String) -> Bool {
        path == other || other.hasPrefix(path + ".")
    }

    /// A body is signed always, of the fields those that `h=` lists (RFC 6376, section 3.5); one that is listed without
    /// being there must not appear.
    private static func breaksDomainSignature(
        _ message: ParsedMessage, touched: [String], _ changes: MessageChanges
    ) -> Bool {
        let signatures = message.header.all("DKIM-Signature") + message.header.all("ARC-Message-Signature")
        guard !signatures.isEmpty else { return false }
        guard touched.isEmpty else { return true }
        var changed = Set(
            changes.removedFields.map { $0.lowercased() } + changes.addedFields.map { $0.name.lowercased() })
        if !changes.subjectTags.isEmpty { changed.insert("subject") }
        return signatures.contains { signature in
            signedFields(signature).contains { changed.contains($0) }
        }
    }

    private static func signedFields(_ signature: HeaderField) -> [String] {
        for tag in signature.unfolded.split(separator: ";") {
            let sides = tag.split(separator: "=", maxSplits: 1).map { $0.filter { !$0.isWhitespace } }
            if sides.count == 2, sides[0] == "h" { return sides[1].split(separator: ":").map { $0.lowercased() } }
        }
        return []
    }
}
