/// A part that `strip` takes away.
public struct StrippedPart: Hashable, Sendable, Codable {
    /// The part that the rule's condition found.
    public let found: String
    /// The part to be taken away: the found one, or the attachment around it where what lies between, such as an
    /// archive, cannot be made anew without it.
    public let removed: String
    /// The name of the found part, as most readers show it.
    public let name: String?
    /// The SHA-256 digest of the found part in hexadecimal digits; `nil` where not all of it could be read.
    public let sha256: String?

    public init(found: String, removed: String, name: String?, sha256: String?) {
        self.found = found
        self.removed = removed
        self.name = name
        self.sha256 = sha256
    }

    /// As a person reads it: `1.2/setup.exe (with all of 1.2)`.
    public var summary: String {
        let what = name.map { "\(found) \"\($0)\"" } ?? found
        return found == removed ? what : "\(what) (with all of \(removed))"
    }
}

extension FactSource {
    /// How an element is taken away from the message.
    ///
    /// Mails in one another are made anew without a part; whatever else holds files goes as a whole.
    public func strippedPart(_ part: Int) -> StrippedPart {
        let mail = FileType.named("mail")
        let whole = ancestors(ofPart: part).last { container in
            !value(of: .type, argument: nil, subject: .part(container)).values.contains { value in
                guard case .fileType(let type) = value, let mail else { return false }
                return type.isSubtype(of: mail)
            }
        }
        let name = value(of: .name, argument: nil, subject: .part(part)).values.first
        let digest = value(of: .sha256, argument: nil, subject: .part(part))
        return StrippedPart(
            found: path(ofPart: part), removed: path(ofPart: whole ?? part),
            name: name.map { WrittenText.line($0.described(as: .text), upTo: WrittenTextLimits.valueBytes) },
            sha256: digest.missing.isEmpty ? digest.values.first?.described(as: .hash) : nil)
    }
}
