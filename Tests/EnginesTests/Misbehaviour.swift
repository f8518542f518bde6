import Engines
import Foundation
import TestSupport
import Vocabulary

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

/// Work that waits for others, off the few threads that tests share; and how long it took, which is less than how long
/// the test waited for its turn.
func timed<Result: Sendable>(_ work: @escaping @Sendable () -> Result) async -> (Result, Duration) {
    await onThread {
        let start = ContinuousClock.now
        let result = work()
        return (result, start.duration(to: .now))
    }
}

/// Work that waits for others, off the few threads that tests share.
func onThread<Result: Sendable>(_ work: @escaping @Sendable () -> Result) async -> Result {
    await withCheckedContinuation { continuation in
        Thread.detachNewThread { continuation.resume(returning: work()) }
    }
}

extension FakeServer {
    var address: EngineAddress { .tcp(host: "127.0.0.1", port: port) }

    /// An address of loopback at which nobody listens.
    static var refusing: EngineAddress {
        let server = FakeServer { _ in }
        server.stop()
        return server.address
    }
}
