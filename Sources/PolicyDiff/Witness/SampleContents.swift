import Foundation
import Vocabulary

/// Contents of the shortest kind that inspection takes for a type, and contents that cannot be read.
enum SampleContents {
    struct Sample {
        let type: String
        let fileExtension: String
        let bytes: [UInt8]
        /// What may follow without making it another type or a broken one.
        var padding: UInt8 = 0
    }

    static let all: [Sample] = [
        Sample(type: "plain", fileExtension: "txt", bytes: Array("Figures of the week.\n".utf8), padding: 0x0a),
        Sample(type: "png", fileExtension: "png", bytes: png),
        Sample(type: "gif", fileExtension: "gif", bytes: join(ascii("GIF89a"), [1, 0, 1, 0, 0, 0, 0, 0x3b])),
        Sample(
            type: "jpeg", fileExtension: "jpg",
            bytes: join([0xff, 0xd8, 0xff, 0xe0, 0, 16], ascii("JFIF"), [0, 1, 1, 0, 0, 1, 0, 1, 0, 0, 0xff, 0xd9])),
        Sample(type: "pdf", fileExtension: "pdf", bytes: Array("%PDF-1.4\n%%EOF\n".utf8), padding: 0x0a),
        Sample(type: "mp3", fileExtension: "mp3", bytes: mp3),
        Sample(
            type: "wav", fileExtension: "wav",
            bytes: join(
                ascii("RIFF"), [36, 0, 0, 0], ascii("WAVEfmt "),
                [16, 0, 0, 0, 1, 0, 1, 0, 0x44, 0xac, 0, 0, 0x88, 0x58, 1, 0, 2, 0, 16, 0], ascii("data"),
                [0, 0, 0, 0])),
        Sample(
            type: "mp4", fileExtension: "mp4",
            bytes: join(
                [0, 0, 0, 24], ascii("ftypmp42"), [0, 0, 0, 0], ascii("mp42isom"), [0, 0, 0, 8], ascii("mdat"))),
        Sample(type: "sh", fileExtension: "sh", bytes: Array("#!/bin/sh\necho sample\n".utf8), padding: 0x0a),
        Sample(type: "elf", fileExtension: "bin", bytes: elf),
        Sample(type: "exe", fileExtension: "exe", bytes: program),
        Sample(type: "zip", fileExtension: "zip", bytes: ZipWriter.archive([("note.txt", Array("note\n".utf8))])),
        Sample(
            type: "html", fileExtension: "html",
            bytes: Array(
                "<!DOCTYPE html>\n<html><body><p>Figures</p></body></html>\n".utf8), padding: 0x0a),
        Sample(type: "rtf", fileExtension: "rtf", bytes: Array("{\\rtf1\\ansi Figures\\par}\n".utf8), padding: 0x0a),
    ]

    /// A sample of the type or of a kind of it.
    static func sample(where isWanted: (FileType) -> Bool) -> Sample? {
        all.first { FileType.named($0.type).map(isWanted) ?? false }
    }

    private static let png: [UInt8] = decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")

    private static let mp3 = join(
        ascii("ID3"), [3, 0, 0, 0, 0, 0, 0], [0xff, 0xfb, 0x90, 0x64], [UInt8](repeating: 0, count: 413))

    private static let elf = join(
        [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0], [UInt8](repeating: 0, count: 8), [2, 0, 0x3e, 0, 1, 0, 0, 0],
        [UInt8](repeating: 0, count: 40))

    private static func join(_ pieces: [UInt8]...) -> [UInt8] { pieces.flatMap { $0 } }

    private static func ascii(_ text: String) -> [UInt8] { Array(text.utf8) }

    /// A DOS stub, a PE header without sections.
    private static let program: [UInt8] = {
        var bytes = [UInt8](repeating: 0, count: 512)
        bytes.replaceSubrange(0..<2, with: Array("MZ".utf8))
        bytes[0x3c] = 0x80
        bytes.replaceSubrange(0x80..<0x84, with: [0x50, 0x45, 0, 0])
        bytes.replaceSubrange(0x84..<0x86, with: [0x64, 0x86])
        bytes[0x94] = 0xf0
        bytes[0x96] = 0x22
        bytes.replaceSubrange(0x98..<0x9a, with: [0x0b, 0x02])
        bytes[0xdc] = 2
        return bytes
    }()

    private static func decode(_ base64: String) -> [UInt8] { Data(base64Encoded: base64).map { Array($0) } ?? [] }

    // MARK: What cannot be read

    /// The header fields and the body of a part that is unreadable for the reason; `nil` for reasons no sample has.
    static func unreadablePart(_ reason: Reasons) -> (fields: [String], body: String)? {
        switch reason {
        case .encryptedArchive: file("sealed.zip", "application/zip", lockedZip)
        case .damaged: file("broken.zip", "application/zip", Array(lockedZip.prefix(60)))
        case .pgpInline:
            (
                ["Content-Type: text/plain; charset=utf-8"],
                "-----BEGIN PGP MESSAGE-----\r\n\r\n" + pgp + "\r\n-----END PGP MESSAGE-----\r\n"
            )
        case .pgpMIME:
            (
                [
                    "Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=\"sealed\""
                ],
                "--sealed\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n\r\n--sealed\r\n"
                    + "Content-Type: application/octet-stream; name=\"encrypted.asc\"\r\n\r\n"
                    + "-----BEGIN PGP MESSAGE-----\r\n\r\n" + pgp
                    + "\r\n-----END PGP MESSAGE-----\r\n\r\n--sealed--\r\n"
            )
        case .smime:
            (
                [
                    "Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=\"smime.p7m\"",
                    "Content-Transfer-Encoding: base64",
                ],
                sealedForNobody
            )
        case .unsupported:
            (
                [
                    "Content-Type: message/external-body; access-type=URL; URL=\"https://files.client.example/figures\""
                ],
                "Content-Type: application/octet-stream\r\nContent-ID: <figures@client.example>\r\n\r\n"
            )
        default: nil
        }
    }

    static func file(_ name: String, _ mediaType: String, _ bytes: [UInt8]) -> (fields: [String], body: String) {
        let lines = Data(bytes).base64EncodedString(options: [.lineLength76Characters, .endLineWithCarriageReturn])
        return (
            [
                "Content-Type: \(mediaType); name=\"\(name)\"",
                "Content-Disposition: attachment; filename=\"\(name)\"",
                "Content-Transfer-Encoding: base64",
            ], lines.replacingOccurrences(of: "\r", with: "\r\n") + "\r\n"
        )
    }

    /// A zip with one entry of ZipCrypto, made for this project.
    private static let lockedZip: [UInt8] = decode(
        "UEsDBBQACQAIAABgYlxHDSBXIwAAABwAAAALAAAAZmlndXJlcy50eHRAN3JYyFokXKSuRsuog03KGW9azsELNch/bqbOk2Qqtz+v1lBLBwhH"
            + "DSBXIwAAABwAAABQSwECHgMUAAkACAAAYGJcRw0gVyMAAAAcAAAACwAAAAAAAAABAAAApIEAAAAAZmlndXJlcy50eHRQSwUGAAAAAAEA"
            + "AQA5AAAAXAAAAAAA")

    /// An enveloped message whose key was thrown away.
    private static let sealedForNobody = """
        MIIB8gYJKoZIhvcNAQcDoIIB4zCCAd8CAQAxggFqMIIBZgIBADBOMDYxEzARBgNVBAMMCkJvYiBN
        YXJ0aW4xHzAdBgkqhkiG9w0BCQEWEGJvYkBhY21lLmV4YW1wbGUCFElRAASgqehMe1zaOxMAuQ6u
        khIjMA0GCSqGSIb3DQEBAQUABIIBAJ03l0C5lkyepylThPVf85yHoasGT1V2I3EDvsZS4w5H7727
        LMBqkHvandEfJQyw4vkh+xIRssxsF4XBctB9NB62GNTiyIOStPcmln7cVOPihiYbc6iG9gUaCILW
        aIVWJLp+MntDFRnKSK0z09tcS5yTZ6gs5u7Y6zaIBzIIL4fmmI4FKPiu/OA7LSiSypQZEkoA9nOZ
        PftGXV93JzanxHfzCWOlKi9XX+jZd3dEv2QePmHC8hx3Hu/K8eJ4VxLZthxJoPCuXU9Z3ZLg2nt9
        wwAKdxm6DtznC31hJd27Lnf1R0nYeDy4eduHPzvQbZ+hWj6rV5tRdEYZZKk/aG849ZIwbAYJKoZI
        hvcNAQcBMB0GCWCGSAFlAwQBKgQQ5WaLn62R7dftHZiuCpv7IoBAI2IQ0kNOpqdbXTJcoJ3qlLeJ
        egwhRzqwPIxLAq+o7VmwQfo4W/lIUVjWjyUFYZyfIlhS8P6Isgt78e2vYbFtcg==

        """.replacingOccurrences(of: "\n", with: "\r\n")

    /// A symmetrically encrypted packet and its data, without meaning.
    private static let pgp =
        "wy4ECQMCAAECAwQFBgdgAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwd0j8B\r\n"
        + "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4v\r\nMDEyMzQ1Njc4OTo7PD0="
}

/// Writes zip archives of stored entries: enough to put a file one level deeper.
enum ZipWriter {
    static func archive(_ entries: [(name: String, bytes: [UInt8])]) -> [UInt8] {
        var archive: [UInt8] = []
        var directory: [UInt8] = []
        for (name, bytes) in entries {
            let offset = archive.count
            let common: [[UInt8]] = [
                number(20, 2), number(0, 2), number(0, 2), number(0, 2), number(0x5c62, 2),
                number(Int(crc32(bytes)), 4), number(bytes.count, 4), number(bytes.count, 4),
                number(name.utf8.count, 2), number(0, 2),
            ]
            let label = Array(name.utf8)
            archive += [0x50, 0x4b, 3, 4]
            archive += common.flatMap { $0 } + label + bytes
            directory += [0x50, 0x4b, 1, 2, 20, 0]
            directory += common.flatMap { $0 }
            directory += number(0, 2) + number(0, 4) + number(0, 4)
            directory += number(offset, 4) + label
        }
        let end: [[UInt8]] = [
            [0x50, 0x4b, 5, 6], number(0, 4), number(entries.count, 2), number(entries.count, 2),
            number(directory.count, 4), number(archive.count, 4), number(0, 2),
        ]
        return archive + directory + end.flatMap { $0 }
    }

    private static func number(_ value: Int, _ bytes: Int) -> [UInt8] {
        (0..<bytes).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    private static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0xedb8_8320 : value >> 1 }
    }

    private static func crc32(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(~UInt32(0)) { sum, byte in sum >> 8 ^ table[Int((sum ^ UInt32(byte)) & 0xff)] }
    }
}
