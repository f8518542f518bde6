import Cryptography
import Vocabulary

/// Which release a program belongs to.
///
/// The two ends of the worker's protocol change together, so a worker of another release would misunderstand what it
/// is asked without either noticing. Both say this word when they meet, and part if it differs.
public enum Release {
    public static let version = "0.1.0"

    /// The version and a digest of the vocabulary, which tells builds between two versions apart.
    static let identity: String = {
        var hasher = SHA256Hasher()
        for row in FactCatalogue.rows {
            hasher.update(Array("\(row.fact) \(row.type) \(row.reasons.names) \(row.symbols)\n".utf8))
        }
        for type in FileType.all { hasher.update(Array("\(type.name)\n".utf8)) }
        return "\(version)/\(hasher.finish().hex.prefix(8))"
    }()
}
