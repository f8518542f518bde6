import Cryptography
import Foundation
import Testing

/// The examples of FIPS 180-4 and the behaviour of the value around them.
@Suite struct SHA256Tests {
    static let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    static let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

    @Test func publishedExamples() {
        #expect(SHA256Digest.hash(Array("abc".utf8)).hex == Self.abc)
        #expect(SHA256Digest.hash([UInt8]()).hex == Self.empty)
        #expect(SHA256Digest.hash(UnsafeRawBufferPointer(start: nil, count: 0)).hex == Self.empty)
        let million = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)
        #expect(
            SHA256Digest.hash(million).hex == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    }

    @Test func piecesGiveTheSameAsTheWhole() {
        let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let whole = SHA256Digest.hash(bytes)
        for size in [1, 7, 63, 64, 65, 999, 1000] {
            var hasher = SHA256Hasher()
            var start = 0
            while start < bytes.count {
                let end = min(start + size, bytes.count)
                hasher.update(bytes[start..<end])
                start = end
            }
            #expect(hasher.finish() == whole)
        }
        #expect(SHA256Digest.hash(bytes.span) == whole)
    }

    @Test func hexAndBytesRoundTrip() throws {
        let digest = try #require(SHA256Digest(hex: Self.abc))
        #expect(digest.description == Self.abc)
        #expect(SHA256Digest(hex: Self.abc.uppercased()) == digest)
        #expect(SHA256Digest(bytes: digest.bytes) == digest)
        #expect(Set([digest, SHA256Digest.hash(Array("abc".utf8))]).count == 1)
    }

    @Test(arguments: ["", "ba78", "zz", abc + "00", String(abc.dropLast()), String(abc.dropLast()) + "g"])
    func otherTextIsNoDigest(text: String) {
        #expect(SHA256Digest(hex: text) == nil)
    }

    @Test func codedAsOneString() throws {
        let digest = SHA256Digest.hash(Array("abc".utf8))
        let json = try JSONEncoder().encode([digest])
        #expect(String(decoding: json, as: UTF8.self) == "[\"\(Self.abc)\"]")
        #expect(try JSONDecoder().decode([SHA256Digest].self, from: json) == [digest])
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([SHA256Digest].self, from: Data("[\"abc\"]".utf8))
        }
    }
}
