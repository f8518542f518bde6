import Vocabulary

/// The two messages between a process that may not connect and the one that connects for it: datagrams of a local
/// socket, so that none is ever read in halves.
///
/// Both ends are one release, so their shape needs no versions. Every request has a number, which its reply repeats: a
/// reply that came too late is not taken for that of the next.
struct BrokerRequest: Equatable {
    var number: UInt32
    /// The server, by its place in the list that both know.
    var server: UInt16
    var attempt: UInt16

    static let bytes = 8

    var encoded: [UInt8] {
        var bytes: [UInt8] = []
        bytes.appendLittleEndian(number)
        bytes.appendLittleEndian(UInt32(server) | UInt32(attempt) << 16)
        return bytes
    }

    init(number: UInt32, server: UInt16, attempt: UInt16) {
        (self.number, self.server, self.attempt) = (number, server, attempt)
    }

    init?(_ bytes: ArraySlice<UInt8>) {
        guard bytes.count == Self.bytes else { return nil }
        number = bytes.littleEndian(at: 0)
        let places = bytes.littleEndian(at: 4)
        server = UInt16(truncatingIfNeeded: places)
        attempt = UInt16(truncatingIfNeeded: places >> 16)
    }
}

/// The reply; a descriptor comes with it where its outcome is `connecting`.
struct BrokerReply: Equatable {
    enum Outcome: UInt8 {
        case connecting, failed, ended
    }

    var number: UInt32
    var outcome: Outcome
    var sentence = ""

    /// Most bytes of a reply; a longer sentence is cut.
    static let bytes = 512

    var encoded: [UInt8] {
        var bytes: [UInt8] = []
        bytes.appendLittleEndian(number)
        bytes.append(outcome.rawValue)
        return bytes + sentence.utf8.prefix(Self.bytes - bytes.count)
    }

    init(number: UInt32, outcome: Outcome, sentence: String = "") {
        (self.number, self.outcome, self.sentence) = (number, outcome, sentence)
    }

    init?(_ bytes: ArraySlice<UInt8>) {
        guard bytes.count >= 5, let outcome = Outcome(rawValue: bytes[bytes.startIndex + 4]) else { return nil }
        number = bytes.littleEndian(at: 0)
        self.outcome = outcome
        sentence = String(decoding: bytes.dropFirst(5), as: UTF8.self)
    }
}

extension [UInt8] {
    fileprivate mutating func appendLittleEndian(_ number: UInt32) {
        append(contentsOf: (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) })
    }
}

extension ArraySlice<UInt8> {
    /// Four bytes, which must be there.
    fileprivate func littleEndian(at offset: Int) -> UInt32 {
        self[(startIndex + offset)..<(startIndex + offset + 4)].reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }
}
