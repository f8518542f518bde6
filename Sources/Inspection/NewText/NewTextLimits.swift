/// Bounds of the search for quoted mail. What lies beyond one counts as the sender's own text: a policy must see it.
enum NewTextLimits {
    /// Lines of one text that are looked at.
    static let lines = 200_000
    /// Bytes of a signature, its delimiter included. Programs append notices of a page; what is longer is a letter.
    static let signatureBytes = 4_096
    /// Bytes of the lines that say who wrote what follows.
    static let attributionBytes = 512
    /// Lines that such words may be wrapped over.
    static let attributionLines = 3
    /// Lines of an original's fields among which the ones that tell it must stand; a long list of recipients is wrapped.
    static let fieldLines = 16
    /// Bytes of the name of a field.
    static let labelBytes = 40
    /// Bytes of an element's attribute.
    static let attributeBytes = 512
}
