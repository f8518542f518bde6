import Message
import Vocabulary

/// Texts put below what a person wrote, in every form in which a reader may show it: plain and HTML. Not into what is
/// signed or encrypted, which would break, nor into what cannot be read whole.
struct DisclaimerInsertion {
    private let disclaimers: [MessageChanges.Disclaimer]
    private let limits: EnforcementLimits
    /// The paths of parts that were changed.
    private(set) var done: [String] = []
    private(set) var remarks: [RewritingRemark] = []

    init(_ disclaimers: [MessageChanges.Disclaimer], limits: EnforcementLimits) {
        self.disclaimers = disclaimers
        self.limits = limits
    }

    /// - Parameter removed: the paths of parts that are taken away.
    mutating func edit(_ root: Part, removed: [String], _ edits: inout ByteEdits) {
        guard !disclaimers.isEmpty else { return }
        let closed = Self.closedParts(root)
        let bodies = root.bodies.filter { body in !removed.contains { Self.isWithin(body.part.path, $0) } }
        if bodies.isEmpty { remarks.append(RewritingRemark(.disclaimerLeftOut)) }
        for body in bodies {
            let isClosed = closed.contains { Self.isWithin(body.part.path, $0) }
            if !isClosed, insert(into: body, &edits) {
                done.append(body.part.path)
            } else {
                remarks.append(RewritingRemark(.disclaimerLeftOut, part: body.part.path))
            }
        }
    }

    private static func isWithin(_ path: String, _ other: String) -> Bool {
        path == other || path.hasPrefix(other + ".")
    }

    /// Parts below which nothing may be changed, or stands in a buffer of its own.
    private static func closedParts(_ root: Part) -> [String] {
        root.descendants.filter { part in
            let isSealed = ["multipart/signed", "multipart/encrypted"].contains(part.contentType.mediaType)
            return isSealed || (!part.children.isEmpty && !part.encoding.isIdentity)
        }.map(\.path)
    }

    private func insert(into body: MessageBody, _ edits: inout ByteEdits) -> Bool {
        let decoded = body.part.decoded(limit: limits.disclaimedBytes)
        guard decoded.isComplete, !Self.isArmoured(decoded.bytes) else { return false }
        switch body.form {
        case .html: return insertHTML(into: body.part, decoded.bytes, &edits)
        case .plain: return insertText(into: body.part, decoded.bytes, &edits)
        }
    }

    /// Inline PGP: a signed text, or one that is encrypted whole.
    private static func isArmoured(_ text: [UInt8]) -> Bool {
        let armour = Array("-----BEGIN PGP ".utf8)
        return text.split(separator: 0x0A).contains { $0.starts(with: armour) }
    }

    // MARK: HTML

    /// In ASCII, other characters by their numbers: it is the same in every charset that has ASCII in its place.
    private func insertHTML(into part: Part, _ html: [UInt8], _ edits: inout ByteEdits) -> Bool {
        let isEncoded = part.encoding == .base64 || part.encoding == .quotedPrintable
        guard ASCIICharset.contains(part.contentType.charset), isEncoded || part.encoding.isIdentity else {
            return false
        }
        var block = ""
        for disclaimer in disclaimers { block += "\r\n<hr>\r\n<p>\(Self.ascii(disclaimer.html))</p>\r\n" }
        let place = Self.endOfBody(html)
        if !isEncoded {
            edits.insert(Array(block.utf8), at: part.bodyRange.lowerBound + place)
            return true
        }
        var changed = html
        changed.insert(contentsOf: block.utf8, at: place)
        edits.replace(part.bodyRange, with: Self.encoded(changed, like: part))
        return true
    }

    /// Before the last `</body`, else before the last `</html`, else at the end.
    private static func endOfBody(_ html: [UInt8]) -> Int {
        for tag in ["</body", "</html"] {
            let wanted = Array(tag.utf8)
            var place = html.count - wanted.count
            while place >= 0 {
                if html[place] == wanted[0],
                    zip(html[place...], wanted).allSatisfy({ ($0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0) == $1 })
                {
                    return place
                }
                place -= 1
            }
        }
        return html.count
    }

    private static func ascii(_ html: String) -> String {
        html.unicodeScalars.reduce(into: "") { text, scalar in
            if scalar == "\n" {
                text += "\r\n"
            } else if scalar.isASCII {
                text.unicodeScalars.append(scalar)
            } else {
                text += "&#\(scalar.value);"
            }
        }
    }

    // MARK: Plain text

    private func insertText(into part: Part, _ text: [UInt8], _ edits: inout ByteEdits) -> Bool {
        let added = disclaimers.map { "\n" + $0.text }.joined()
        let isPlain =
            added.utf8.allSatisfy { $0 < 0x80 } && added.utf8.split(separator: 0x0A).allSatisfy { $0.count <= 998 }
        guard isPlain, ASCIICharset.contains(part.contentType.charset) else {
            return insertInUTF8(added, into: part, &edits)
        }
        let lines = Self.withLineEnds(Array(added.utf8))
        let needsLineEnd = !text.isEmpty && text.last != 0x0A
        let block = (needsLineEnd ? [0x0D, 0x0A] : []) + lines
        switch part.encoding {
        case .base64: edits.replace(part.bodyRange, with: Self.encoded(text + block, like: part))
        case .quotedPrintable:
            let start: [UInt8] = part.rawBody.isEmpty || part.rawBody.last == 0x0A ? [] : [0x0D, 0x0A]
            edits.insert(start + Array(BodyEncoding.quotedPrintableLines(lines).utf8), at: part.bodyRange.upperBound)
        case .sevenBit, .eightBit, .binary, .unknown: edits.insert(block, at: part.bodyRange.upperBound)
        case .uuencode, .yEnc, .binHex: return false
        }
        return true
    }

    /// The whole text in UTF-8, where its own charset lacks what is added.
    private func insertInUTF8(_ added: String, into part: Part, _ edits: inout ByteEdits) -> Bool {
        let text = part.text(limit: limits.disclaimedBytes)
        guard text.isComplete, !text.isCharsetUnknown, !text.hasInvalidBytes else { return false }
        var old = text.text.split(separator: "\r\n", omittingEmptySubsequences: false).joined(separator: "\n")
        if !old.isEmpty, !old.hasSuffix("\n") { old += "\n" }
        let (encoding, body) = BodyEncoding.encoded(old + added)
        var type = "Content-Type: text/\(part.contentType.subtype); charset=utf-8"
        for name in ["format", "delsp"] {
            guard let value = part.contentType.parameter(name)?.lowercased(),
                ["flowed", "fixed", "yes", "no"].contains(value)
            else { continue }
            type += "; \(name)=\(value)"
        }
        ContentFields.replace(in: part, by: [type, "Content-Transfer-Encoding: \(encoding)"], &edits) { field in
            field.isNamed("Content-Type") || field.isNamed("Content-Transfer-Encoding")
        }
        edits.replace(part.bodyRange, with: Array(body.utf8))
        return true
    }

    private static func withLineEnds(_ text: [UInt8]) -> [UInt8] {
        text.flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] }
    }

    private static func encoded(_ bytes: [UInt8], like part: Part) -> [UInt8] {
        let text =
            part.encoding == .base64 ? BodyEncoding.base64Lines(bytes) : BodyEncoding.quotedPrintableLines(bytes)
        return Array(text.utf8)
    }
}

/// Charsets in which the bytes of ASCII are its characters, wherever in a text they stand.
private enum ASCIICharset {
    private static let names = [
        "us-ascii", "ascii", "utf-8", "utf8", "iso-8859-", "iso8859-", "iso_8859-", "latin", "windows-125", "cp125",
        "koi8-", "euc-", "tis-620", "macintosh",
    ]

    static func contains(_ label: String?) -> Bool {
        guard let label = label?.lowercased() else { return true }
        return names.contains { label.hasPrefix($0) }
    }
}
