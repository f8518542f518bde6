import Foundation

/// Keys as text files, in the forms that OpenSSL reads: PEM of PKCS #8 for a private key, of SubjectPublicKeyInfo for a
/// public one (RFC 8410). What stands before the first line with dashes is for people.
///
/// An Ed25519 key has one DER form: some bytes that never change before the 32 of the key. So nothing is parsed.
public enum KeyText {
    /// Characters of a file that is looked at; a key has some 300.
    static let mostBytes = 16 << 10

    private static let privatePrefix: [UInt8] = [
        0x30, 0x2E, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
    ]
    private static let publicPrefix: [UInt8] = [
        0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00,
    ]
    private static let privateLabel = "PRIVATE KEY"
    private static let publicLabel = "PUBLIC KEY"

    /// A private key with a line above it that says whose it is.
    ///
    /// - Throws: `KeyFault` when the key does not hand its secret out.
    public static func write(_ key: SigningKey, name: String) throws(KeyFault) -> String {
        heading("private", key.verifying, name) + pem(privateLabel, privatePrefix + (try key.seed()))
    }

    /// A public key with a line above it that says whose it is.
    public static func write(_ key: VerifyingKey, name: String) -> String {
        heading("public", key, name) + pem(publicLabel, publicPrefix + key.bytes)
    }

    /// The private key in a file.
    ///
    /// - Throws: `KeyFault` when there is none, or one that is not Ed25519.
    public static func signingKey(_ text: [UInt8]) throws(KeyFault) -> SigningKey {
        let bytes = try der(text, label: privateLabel, other: publicLabel)
        guard bytes.count == privatePrefix.count + SigningKey.seedBytes, bytes.starts(with: privatePrefix) else {
            throw KeyFault("its private key is not Ed25519; `lazaret key new` makes one")
        }
        return try SigningKey(seed: Array(bytes.dropFirst(privatePrefix.count)))
    }

    /// The public key in a file.
    ///
    /// - Throws: `KeyFault` when there is none, or one that is not Ed25519.
    public static func verifyingKey(_ text: [UInt8]) throws(KeyFault) -> VerifyingKey {
        let bytes = try der(text, label: publicLabel, other: privateLabel)
        guard bytes.starts(with: publicPrefix), let key = VerifyingKey(bytes: bytes.dropFirst(publicPrefix.count))
        else { throw KeyFault("its public key is not Ed25519; `lazaret key new` makes one") }
        return key
    }

    private static func heading(_ half: String, _ key: VerifyingKey, _ name: String) -> String {
        // A name may hold what ends the line, or begins a key.
        let shown = name.filter { $0.isLetter || $0.isNumber || " @.,_+()".contains($0) || $0 == "-" }
            .replacing("-----", with: "")
        return "Lazaret \(half) key \(key.id)" + (shown.isEmpty ? "" : " of \(shown)") + "\n"
    }

    private static func pem(_ label: String, _ bytes: [UInt8]) -> String {
        "-----BEGIN \(label)-----\n\(Data(bytes).base64EncodedString())\n-----END \(label)-----\n"
    }

    private static func der(_ text: [UInt8], label: String, other: String) throws(KeyFault) -> [UInt8] {
        guard text.count <= mostBytes, let string = String(validating: text, as: UTF8.self) else {
            throw KeyFault("it is no key in PEM")
        }
        let lines = string.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
        guard let start = lines.firstIndex(of: "-----BEGIN \(label)-----") else {
            if lines.contains("-----BEGIN \(other)-----") {
                throw KeyFault("it holds a \(other.lowercased()), where a \(label.lowercased()) is needed")
            }
            if lines.contains("-----BEGIN ENCRYPTED PRIVATE KEY-----") {
                throw KeyFault("its key is behind a pass phrase; `openssl pkey -in FILE` takes it away")
            }
            throw KeyFault("it is no key in PEM")
        }
        guard let end = lines[start...].firstIndex(of: "-----END \(label)-----"),
            let data = Data(base64Encoded: lines[(start + 1)..<end].joined())
        else { throw KeyFault("its key is damaged") }
        return Array(data)
    }
}
