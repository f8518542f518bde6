import Engines

/// What a server can do wrong, whatever it speaks.
enum Misbehaviour: String, CaseIterable, Sendable {
    case hangs
    case endsAtOnce
    case cutsItsAnswer
    case talksGarbage
    case diesInTheMiddle
    case drips
    case floods

    /// - Parameters:
    ///   - answer: what it would say if it said that all is well.
    func perform(_ connection: FakeServer.Connection, answer: String) {
        switch self {
        case .hangs: connection.hang()
        case .endsAtOnce: break
        case .cutsItsAnswer: connection.write(String(answer.dropLast()))
        case .talksGarbage:
            _ = connection.read(200)
            connection.write("\u{1}\u{2}OK 204 clean \u{0}\r\n\r\n\u{0}")
        case .diesInTheMiddle:
            _ = connection.read(200)
            connection.reset()
        case .drips: connection.drip(String(answer.dropLast()))
        case .floods: while connection.write(String(repeating: "A", count: 1 << 16)) {}
        }
    }
}

/// Contents that engines are asked about.
enum SampleContent {
    static let harmless = Array("good morning".utf8)
    /// More than the buffers of a socket hold.
    static let large = [UInt8](repeating: 0x42, count: 6 << 20)
}
