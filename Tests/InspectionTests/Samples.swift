import Inspection
import Vocabulary

/// Bytes of small containers and mails, made when a test runs.
enum Samples {
    /// A zip with stored entries (APPNOTE 4.3), enough for readers that check the CRC.
    static func zip(_ entries: [(name: String, bytes: [UInt8])], encrypted: Bool = false) -> [UInt8] {
        var file: [UInt8] = []
        var directory: [UInt8] = []
        let flags: UInt16 = encrypted ? 1 : 0
        for (name, bytes) in entries {
            let offset = UInt32(file.count)
            var common: [UInt8] = []
            append(UInt16(20), to: &common)
            append(flags, to: &common)
            append(UInt16(0), to: &common)
            append(UInt32(0), to: &common)
            append(crc32(bytes), to: &common)
            append(UInt32(bytes.count), to: &common)
            append(UInt32(bytes.count), to: &common)
            append(UInt16(name.utf8.count), to: &common)
            append(UInt16(0), to: &common)
            file += [0x50, 0x4b, 3, 4] + common + Array(name.utf8) + bytes
            directory += [0x50, 0x4b, 1, 2, 20, 0] + common + [UInt8](repeating: 0, count: 10)
            append(offset, to: &directory)
            directory += Array(name.utf8)
        }
        let start = UInt32(file.count)
        file += directory + [0x50, 0x4b, 5, 6, 0, 0, 0, 0]
        append(UInt16(entries.count), to: &file)
        append(UInt16(entries.count), to: &file)
        append(UInt32(directory.count), to: &file)
        append(start, to: &file)
        append(UInt16(0), to: &file)
        return file
    }

    /// A mail with a text body and attachments in base64.
    static func mail(
        body: String = "Hello.", subject: String = "Test", attachments: [(name: String, type: String, bytes: [UInt8])]
    ) -> [UInt8] {
        var mail = """
            From: Eve <eve@partner.example>\r
            To: bob@acme.example\r
            Subject: \(subject)\r
            MIME-Version: 1.0\r
            Content-Type: multipart/mixed; boundary="b0"\r
            \r
            --b0\r
            Content-Type: text/plain; charset=utf-8\r
            \r
            \(body)\r

            """
        for (name, type, bytes) in attachments {
            mail += """
                --b0\r
                Content-Type: \(type); name="\(name)"\r
                Content-Disposition: attachment; filename="\(name)"\r
                Content-Transfer-Encoding: base64\r
                \r
                \(base64(bytes))\r

                """
        }
        return Array((mail + "--b0--\r\n").utf8)
    }

    static func base64(_ bytes: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        var text = ""
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            var bits = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            bits <<= UInt32(8 * (3 - group.count))
            for place in 0..<4 {
                text.append(place <= group.count ? alphabet[Int(bits >> UInt32(18 - 6 * place)) & 63] : "=")
            }
            if (start / 3) % 19 == 18 { text += "\r\n" }
        }
        return text
    }

    private static func append<Number: FixedWidthInteger>(_ number: Number, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: number.littleEndian) { bytes += $0 }
    }

    private static func crc32(_ bytes: [UInt8]) -> UInt32 {
        var crc = ~UInt32(0)
        for byte in bytes {
            crc ^= UInt32(byte)
            for _ in 0..<8 {
                let isOdd = crc & 1 == 1
                crc >>= 1
                if isOdd { crc ^= 0xedb8_8320 }
            }
        }
        return ~crc
    }
}
