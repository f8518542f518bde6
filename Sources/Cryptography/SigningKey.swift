import CCrypto

/// An Ed25519 key (RFC 8032) that signs.
///
/// OpenSSL's key belongs to this object alone and is freed with it. Signing makes a context of its own each time, so
/// several threads may sign at once.
public final class SigningKey: @unchecked Sendable {
    /// Bytes of the seed that a key is made of.
    public static let seedBytes = 32

    /// The half that others may know.
    public let verifying: VerifyingKey

    private let key: OpaquePointer

    /// A new key from the system's random numbers.
    ///
    /// - Throws: `KeyFault` when OpenSSL gives none.
    public convenience init() throws(KeyFault) {
        guard let context = EVP_PKEY_CTX_new_id(EVP_PKEY_ED25519, nil) else { throw .unavailable }
        defer { EVP_PKEY_CTX_free(context) }
        var key: OpaquePointer?
        guard EVP_PKEY_keygen_init(context) == 1, EVP_PKEY_keygen(context, &key) == 1, let key else {
            throw .unavailable
        }
        try self.init(owning: key)
    }

    /// The key of a seed.
    ///
    /// - Throws: `KeyFault` when there are not 32 bytes.
    public convenience init(seed: [UInt8]) throws(KeyFault) {
        guard seed.count == Self.seedBytes else { throw KeyFault("a private key has \(Self.seedBytes) bytes") }
        guard let key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nil, seed, seed.count) else {
            throw .unavailable
        }
        try self.init(owning: key)
    }

    /// Takes the key over; it is freed also where this fails.
    private init(owning key: OpaquePointer) throws(KeyFault) {
        self.key = key
        var bytes = [UInt8](repeating: 0, count: VerifyingKey.byteCount)
        var count = bytes.count
        guard EVP_PKEY_get_raw_public_key(key, &bytes, &count) == 1,
            let verifying = VerifyingKey(bytes: bytes.prefix(count))
        else {
            EVP_PKEY_free(key)
            throw .unavailable
        }
        self.verifying = verifying
    }

    deinit { EVP_PKEY_free(key) }

    /// The secret: whoever has it signs as the key's owner.
    ///
    /// - Throws: `KeyFault` when OpenSSL does not hand it out.
    public func seed() throws(KeyFault) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: Self.seedBytes)
        var count = bytes.count
        guard EVP_PKEY_get_raw_private_key(key, &bytes, &count) == 1, count == Self.seedBytes else {
            throw .unavailable
        }
        return bytes
    }

    /// The signature of a message: 64 bytes, the same each time.
    ///
    /// - Throws: `KeyFault` when OpenSSL does not sign.
    public func sign(_ message: [UInt8]) throws(KeyFault) -> [UInt8] {
        guard let context = EVP_MD_CTX_new() else { throw .unavailable }
        defer { EVP_MD_CTX_free(context) }
        var signature = [UInt8](repeating: 0, count: VerifyingKey.signatureBytes)
        var count = signature.count
        guard EVP_DigestSignInit(context, nil, nil, nil, key) == 1,
            EVP_DigestSign(context, &signature, &count, message, message.count) == 1,
            count == VerifyingKey.signatureBytes
        else { throw .unavailable }
        return signature
    }
}

/// Why there is no key.
public struct KeyFault: Error, Equatable, Sendable, CustomStringConvertible {
    /// In words, without capital and full stop.
    public let reason: String

    public init(_ reason: String) { self.reason = reason }

    static let unavailable = KeyFault("OpenSSL does not do Ed25519 here")

    public var description: String { reason }
}
