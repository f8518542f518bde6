import Foundation
import Testing

@testable import Cryptography

@Suite struct SigningTests {
    /// RFC 8032, 7.1, tests 1 and 2.
    private static let vectors = [
        (
            seed: "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            key: "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", message: "",
            signature:
                "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
                + "d25bf5f0595bbe24655141438e7a100b"
        ),
        (
            seed: "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            key: "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", message: "72",
            signature:
                "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
                + "387b2eaeb4302aeeb00d291612bb0c00"
        ),
    ]

    private static func bytes(_ hex: String) -> [UInt8] {
        stride(from: 0, to: hex.count, by: 2).compactMap { UInt8(hex.dropFirst($0).prefix(2), radix: 16) }
    }

    @Test func theStandardsVectorsHold() throws {
        for vector in Self.vectors {
            let key = try SigningKey(seed: Self.bytes(vector.seed))
            let message = Self.bytes(vector.message)
            #expect(key.verifying.bytes == Self.bytes(vector.key))
            #expect(try key.sign(message) == Self.bytes(vector.signature))
            #expect(key.verifying.verifies(Self.bytes(vector.signature), of: message))
        }
    }

    @Test func aFlippedBitOrAnotherKeyDoesNotVerify() throws {
        let key = try SigningKey()
        let message = Array("a policy".utf8)
        let signature = try key.sign(message)
        #expect(key.verifying.verifies(signature, of: message))
        for index in signature.indices {
            var changed = signature
            changed[index] ^= 1
            #expect(!key.verifying.verifies(changed, of: message))
        }
        #expect(!key.verifying.verifies(signature, of: message + [0]))
        #expect(!key.verifying.verifies(signature.dropLast(), of: message))
        #expect(!key.verifying.verifies([], of: message))
        #expect(try !SigningKey().verifying.verifies(signature, of: message))
    }

    @Test func twoNewKeysDiffer() throws {
        let (one, two) = (try SigningKey(), try SigningKey())
        #expect(one.verifying != two.verifying)
        #expect(one.verifying.id != two.verifying.id)
        #expect(one.verifying.id.count == 16)
        #expect(try one.seed() != two.seed())
    }

    @Test func filesOfKeysAreReadBack() throws {
        let key = try SigningKey()
        let secret = try KeyText.write(key, name: "Anna\n-----BEGIN PRIVATE KEY-----")
        #expect(secret.hasPrefix("Lazaret private key \(key.verifying.id) of Anna"))
        #expect(try KeyText.signingKey(Array(secret.utf8)).seed() == key.seed())
        let open = KeyText.write(key.verifying, name: "")
        #expect(open.hasPrefix("Lazaret public key \(key.verifying.id)\n"))
        #expect(try KeyText.verifyingKey(Array(open.utf8)) == key.verifying)
        // With the line ends of another system.
        #expect(try KeyText.verifyingKey(Array(open.replacing("\n", with: "\r\n").utf8)) == key.verifying)
    }

    @Test func whatIsNoKeyIsToldWhy() throws {
        let key = try SigningKey()
        let secret = try KeyText.write(key, name: "")
        let open = KeyText.write(key.verifying, name: "")
        func reason(_ read: () throws(KeyFault) -> Void) -> String {
            do throws(KeyFault) {
                try read()
                return ""
            } catch { return error.reason }
        }
        #expect(
            reason { () throws(KeyFault) in _ = try KeyText.signingKey(Array(open.utf8)) }
                .contains("holds a public key"))
        #expect(
            reason { () throws(KeyFault) in _ = try KeyText.verifyingKey(Array(secret.utf8)) }
                .contains("holds a private key"))
        let rsa = "-----BEGIN PRIVATE KEY-----\nMAAA\n-----END PRIVATE KEY-----\n"
        #expect(reason { () throws(KeyFault) in _ = try KeyText.signingKey(Array(rsa.utf8)) }.contains("not Ed25519"))
        let cut = String(secret.dropLast(20))
        #expect(reason { () throws(KeyFault) in _ = try KeyText.signingKey(Array(cut.utf8)) }.contains("damaged"))
        for text in [[], Array("hello".utf8), [0xFF, 0xFE], [UInt8](repeating: 0x61, count: 1 << 20)] {
            #expect(reason { () throws(KeyFault) in _ = try KeyText.verifyingKey(text) }.contains("no key"))
        }
        #expect(throws: KeyFault.self) { try SigningKey(seed: [1, 2, 3]) }
        #expect(VerifyingKey(bytes: [1, 2, 3]) == nil)
    }

    /// OpenSSL's own program reads both files and makes the same signature's proof.
    @Test func opensslReadsTheFiles() throws {
        guard FileManager.default.isExecutableFile(atPath: "/usr/bin/openssl") else { return }
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("lazaret-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let key = try SigningKey()
        let file = folder.appendingPathComponent("key.pem")
        try Data(KeyText.write(key, name: "Anna").utf8).write(to: file)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
        process.arguments = ["pkey", "-in", file.path, "-pubout"]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        #expect(try KeyText.verifyingKey(Array(output)) == key.verifying)
    }
}
