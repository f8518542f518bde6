import Foundation
import Glibc

/// A message in DATA's framing, taken off a wire (RFC 5321 4.5.2).
struct HopContent {
    let wire: Wire
    let patience: Double

    func undotted() throws -> [UInt8] {
        // The line end that stands before the message makes its first line like every other.
        var raw: [UInt8] = [0x0D, 0x0A]
        var searched = 0
        while true {
            if let end = Self.find("\r\n.\r\n", in: raw, from: searched) {
                wire.unread(raw[(end + 5)...])
                raw.removeSubrange((end + 2)...)
                return Self.withoutDots(raw)
            }
            searched = max(0, raw.count - 4)
            let more = try wire.some(1 << 16, within: patience)
            guard !more.isEmpty else { throw WireFault.closed }
            raw += more
        }
    }

    /// - Parameter raw: with a line end before and one behind.
    private static func withoutDots(_ raw: [UInt8]) -> [UInt8] {
        var content: [UInt8] = []
        content.reserveCapacity(raw.count)
        var from = 2
        var searched = 0
        while let found = find("\r\n.", in: raw, from: searched) {
            content += raw[from..<max(from, found + 2)]
            from = found + 3
            searched = found + 2
        }
        return content + raw[from...]
    }

    private static func find(_ text: String, in bytes: [UInt8], from start: Int) -> Int? {
        let wanted = Array(text.utf8)
        return bytes.withUnsafeBytes { buffer in
            guard let base = buffer.baseAddress else { return nil }
            var place = start
            while place + wanted.count <= buffer.count,
                let found = memchr(base + place, Int32(wanted[0]), buffer.count - wanted.count + 1 - place)
            {
                place = base.distance(to: UnsafeRawPointer(found))
                if memcmp(base + place, wanted, wanted.count) == 0 { return place }
                place += 1
            }
            return nil
        }
    }
}
