import Cryptography

/// Who answers for a bundle.
public struct BundleSignature: Equatable, Sendable {
    /// The signer's public key. That it is in the bundle proves nothing: a caller asks whether it trusts this key.
    public let key: VerifyingKey
    let signature: [UInt8]

    /// What the signer's key is called.
    public var keyID: String { key.id }
}

/// Signing. The signature is over the digest of the header that the bundle has without it, and so over every other
/// byte. Its section holds the algorithm (one byte, 1 is Ed25519), the public key (32) and the signature (64).
extension Bundle {
    private static let ed25519: UInt8 = 1
    private static let signatureSectionBytes = 1 + VerifyingKey.byteCount + VerifyingKey.signatureBytes
    /// Before what is signed, so that a signature which the key made over something else is none over a bundle.
    private static let purpose = Array("LAZARET bundle signature\0".utf8)

    /// The bundle with a signature, in place of one that it has. The program is not verified.
    ///
    /// - Throws: `BundleFault` if the bytes are no bundle; `KeyFault` when OpenSSL does not sign.
    public static func sign(_ bytes: [UInt8], with key: SigningKey) throws -> [UInt8] {
        let ranges = try sectionRanges(of: bytes)
        let digest = try digest(of: bytes)
        let signature = try key.sign(purpose + digest.bytes)
        let section = [ed25519] + key.verifying.bytes + signature
        return assembled(sections(in: bytes, ranges) + [(.signature, section)])
    }

    /// The bundle without its signature; the same bytes where it has none.
    ///
    /// - Throws: `BundleFault` if the bytes are no bundle.
    public static func unsigned(_ bytes: [UInt8]) throws(BundleFault) -> [UInt8] {
        assembled(sections(in: bytes, try sectionRanges(of: bytes)))
    }

    /// What names a bundle: the digest of its header without a signature, so of everything in it. Signed or not, by
    /// whomever, it is the same.
    ///
    /// - Throws: `BundleFault` if the bytes are no bundle.
    public static func digest(of bytes: [UInt8]) throws(BundleFault) -> SHA256Digest {
        unsignedDigest(bytes, try sectionRanges(of: bytes))
    }

    /// The signature of a bundle, which is one over just these bytes; `nil` where it has none.
    ///
    /// - Throws: `BundleFault` if the bytes are no bundle or the signature does not belong to them.
    public static func signature(of bytes: [UInt8]) throws(BundleFault) -> BundleSignature? {
        let ranges = try sectionRanges(of: bytes)
        return ranges[.signature] == nil ? nil : try signature(in: bytes, ranges)
    }

    static func signature(
        in bytes: [UInt8], _ ranges: [Section: Range<Int>]
    ) throws(BundleFault) -> BundleSignature {
        guard let range = ranges[.signature], range.count == signatureSectionBytes else {
            throw BundleFault(.value, "section signature: it does not have \(signatureSectionBytes) bytes")
        }
        guard bytes[range.lowerBound] == ed25519 else {
            throw BundleFault(.value, "section signature: its algorithm is unknown")
        }
        let key = bytes[(range.lowerBound + 1)...].prefix(VerifyingKey.byteCount)
        let signature = bytes[range].suffix(VerifyingKey.signatureBytes)
        guard let key = VerifyingKey(bytes: key),
            key.verifies(signature, of: purpose + unsignedDigest(bytes, ranges).bytes)
        else { throw BundleFault(.signature, "its signature is not one over these bytes") }
        return BundleSignature(key: key, signature: Array(signature))
    }

    private static func unsignedDigest(_ bytes: [UInt8], _ ranges: [Section: Range<Int>]) -> SHA256Digest {
        let entries = ordered(bytes, ranges).map { ($0, $1.count, SHA256Digest.hash(bytes[$1])) }
        return SHA256Digest.hash(header(entries))
    }

    /// All sections but the signature.
    static func sections(in bytes: [UInt8], _ ranges: [Section: Range<Int>]) -> [(Section, [UInt8])] {
        ordered(bytes, ranges).map { ($0, Array(bytes[$1])) }
    }

    /// As they stand in the file's table, which was looked at before, without the signature.
    private static func ordered(
        _ bytes: [UInt8], _ ranges: [Section: Range<Int>]
    ) -> [(Section, Range<Int>)] {
        (0..<ranges.count).compactMap { index in
            let number = bytes[(16 + index * entryBytes)...].prefix(4).reversed().reduce(0) { $0 << 8 | UInt32($1) }
            guard let section = Section(rawValue: number), section != .signature, let range = ranges[section] else {
                return nil
            }
            return (section, range)
        }
    }
}
