/// What binary OpenPGP data holds, by its first packets (RFC 9580, section 4). The tag is one byte, a weak sign, so
/// the packet's own fields must make sense too.
enum OpenPGPPackets {
    /// Encrypted to keys or to a password.
    case encrypted
    /// Signed or compressed data: readable by anyone, but not unpacked here.
    case wrapped

    /// Reads two packets' heads at most.
    static func kind(of bytes: [UInt8]) -> OpenPGPPackets? {
        guard let first = Packet(bytes, at: 0) else { return nil }
        switch first.tag {
        case 1, 3:
            guard isSessionKey(first, bytes), let length = first.length else { return nil }
            // Session keys are followed by more of them or by the data that they open.
            let next = Packet(bytes, at: first.start + length)
            return next.map { [1, 3, 9, 18, 20, 10, 21].contains($0.tag) } ?? false ? .encrypted : nil
        case 4: return isOnePassSignature(first, bytes) ? .wrapped : nil
        default: return nil
        }
    }

    /// Whether the bytes may be OpenPGP at all, to be asked only of files that are named so.
    static func mayBe(_ bytes: [UInt8]) -> Bool {
        Packet(bytes, at: 0).map { [1, 3, 4, 8, 9, 11, 18, 20].contains($0.tag) } ?? false
    }

    private static func isSessionKey(_ packet: Packet, _ bytes: [UInt8]) -> Bool {
        guard let length = packet.length, length >= 4, packet.start + 4 <= bytes.count else { return false }
        let version = bytes[packet.start]
        if packet.tag == 1 { return (version == 2 || version == 3 || version == 6) && length >= 12 }
        return (4...6).contains(version) && (version > 4 || (1...13).contains(bytes[packet.start + 1]))
    }

    private static func isOnePassSignature(_ packet: Packet, _ bytes: [UInt8]) -> Bool {
        guard let length = packet.length, length >= 13, packet.start + length < bytes.count else { return false }
        let version = bytes[packet.start]
        return (version == 3 && length == 13 || version == 6) && bytes[packet.start + 1] <= 1
    }

    /// The head of one packet.
    private struct Packet {
        let tag: UInt8
        let start: Int
        /// Nil for the lengths that come in pieces or reach to the end.
        let length: Int?

        init?(_ bytes: [UInt8], at place: Int) {
            guard place >= 0, place + 2 <= bytes.count, bytes[place] & 0x80 != 0 else { return nil }
            let head = bytes[place]
            let one = Int(bytes[place + 1])
            func number(_ count: Int, at start: Int) -> Int? {
                guard start + count <= bytes.count else { return nil }
                return bytes[start..<(start + count)].reduce(0) { $0 << 8 | Int($1) }
            }
            if head & 0x40 != 0 {
                tag = head & 0x3F
                switch one {
                case ..<192: (start, length) = (place + 2, one)
                case ..<224:
                    guard let next = number(1, at: place + 2) else { return nil }
                    (start, length) = (place + 3, (one - 192) << 8 + next + 192)
                case 255: (start, length) = (place + 6, number(4, at: place + 2))
                default: (start, length) = (place + 2, nil)
                }
            } else {
                tag = head >> 2 & 0x0F
                let size = [1, 2, 4, 0][Int(head & 3)]
                (start, length) = (place + 1 + size, size == 0 ? nil : number(size, at: place + 1))
            }
        }
    }
}
