import MailProtocols

extension FuzzTarget {
    /// What mail servers say to the relay.
    static let protocols = [
        FuzzTarget("milter", most: 4 << 10, seeds: [".milter"], ProtocolTargets.milter)
    ]
}

private enum ProtocolTargets {
    /// A mail server's whole side of a milter connection, never answered and always.
    static func milter(_ input: [UInt8], _ answer: inout Answer) throws {
        let whole = try talk(input, pieces: max(1, input.count), answers: false)
        let cut = try talk(input, pieces: 1, answers: false)
        try promise(cut == whole, "what comes of a talk does not depend on how its bytes arrive")
        answer.add(whole ?? [])
        // Byte by byte, so that each mail is answered before what follows it is read. Each is changed by one field.
        answer.add(try talk(input, pieces: 1, answers: true) ?? [])
    }

    /// What is said, with every message as it was put together; `nil` for a talk that cannot be followed.
    private static func talk(_ input: [UInt8], pieces: Int, answers: Bool) throws -> [UInt8]? {
        var limits = MilterLimits()
        limits.messageBytes = 1 << 10
        var session = MilterSession(limits: limits)
        var seen: [UInt8] = []
        for start in stride(from: 0, to: input.count, by: pieces) {
            do throws(MilterFault) {
                for event in try session.take(input[start..<min(start + pieces, input.count)]) {
                    guard case .message(let message) = event else { continue }
                    seen += message.content
                    var delivery = MilterDelivery()
                    delivery.content = Array("X-New: 1\r\n".utf8) + message.content
                    if answers { session.answer(message.number, .deliver(delivery)) }
                }
            } catch {
                return nil
            }
            try promise(session.heldBytes <= limits.messageBytes, "no more is held than may be")
        }
        let said = session.takeOutput()
        try promise(isWhole(said), "what is said is packets")
        return seen + said
    }

    private static func isWhole(_ wire: [UInt8]) -> Bool {
        var rest = wire[...]
        while rest.count >= 5 {
            let length = rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
            guard length > 0, rest.count >= 4 + length else { return false }
            rest = rest.dropFirst(4 + length)
        }
        return rest.isEmpty
    }
}
