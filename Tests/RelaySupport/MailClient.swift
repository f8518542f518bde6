import Foundation
import Synchronization

/// An SMTP or LMTP client in the hands of a test.
///
/// Its functions wait on a queue of their own, so that they take no thread from the code under test.
public final class MailClient: Sendable {
    public let greeting: MailReply
    public let isLMTP: Bool
    private let wire: Wire
    private let queue = DispatchQueue(label: "mail client")
    private let offered = Mutex<[String]>([])
    /// Seconds that a reply may take.
    private let patience: Double

    private init(wire: Wire, greeting: MailReply, isLMTP: Bool, patience: Double) {
        self.wire = wire
        self.greeting = greeting
        self.isLMTP = isLMTP
        self.patience = patience
    }

    /// Connects and reads the greeting.
    public static func connect(
        port: Int, isLMTP: Bool = false, patience: Double = 30
    ) async throws -> MailClient {
        try await onOwnThread {
            let wire = try Wire.connect(port: port)
            let greeting = try MailReply.read(from: wire, within: patience)
            return MailClient(wire: wire, greeting: greeting, isLMTP: isLMTP, patience: patience)
        }
    }

    /// Connects to a socket in the file system and reads the greeting.
    public static func connect(
        path: String, isLMTP: Bool = true, patience: Double = 30
    ) async throws -> MailClient {
        try await onOwnThread {
            let wire = try Wire.connect(path: path)
            let greeting = try MailReply.read(from: wire, within: patience)
            return MailClient(wire: wire, greeting: greeting, isLMTP: isLMTP, patience: patience)
        }
    }

    /// Connects, greets, delivers one mail and quits.
    @discardableResult
    public static func deliver(
        port: Int, isLMTP: Bool = false, from sender: String, to recipients: [String], _ message: String
    ) async throws -> MailAnswers {
        let client = try await connect(port: port, isLMTP: isLMTP)
        try await client.hello()
        let answers = try await client.deliver(from: sender, to: recipients, message)
        try await client.quit()
        return answers
    }

    private func onQueue<Result: Sendable>(
        _ body: @escaping @Sendable (Wire) throws -> Result
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { [wire] in continuation.resume(with: Swift.Result { try body(wire) }) }
        }
    }

    // MARK: Bytes

    /// Sends bytes as they are.
    public func send(_ bytes: [UInt8]) async throws { try await onQueue { try $0.write(bytes) } }

    /// Sends text as it is: with its own line ends.
    public func send(_ text: String) async throws { try await send(Array(text.utf8)) }

    public func reply(within seconds: Double? = nil) async throws -> MailReply {
        let patience = seconds ?? patience
        return try await onQueue { try MailReply.read(from: $0, within: patience) }
    }

    /// Whether the server ends the connection in time, with nothing more to say.
    public func isClosedByServer(within seconds: Double = 10) async throws -> Bool {
        try await onQueue { wire in (try? wire.some(1, within: seconds).isEmpty) == true }
    }

    /// Ends the connection without a word.
    public func vanish() { wire.interrupt() }

    /// Ends our side of it and leaves the other to the server.
    public func endWriting() { wire.endWriting() }

    /// Ends the connection by a reset.
    public func reset() async throws { try await onQueue { $0.reset() } }

    // MARK: Commands

    /// Says one line, to which CRLF is added, and reads the reply.
    @discardableResult
    public func command(_ line: String, within seconds: Double? = nil) async throws -> MailReply {
        let patience = seconds ?? patience
        return try await onQueue { wire in
            try wire.write(line + "\r\n")
            return try MailReply.read(from: wire, within: patience)
        }
    }

    /// EHLO, in LMTP LHLO.
    @discardableResult
    public func hello(_ name: String = "client.example") async throws -> MailReply {
        let reply = try await command("\(isLMTP ? "LHLO" : "EHLO") \(name)")
        offered.withLock { $0 = reply.isSuccess ? Array(reply.lines.dropFirst()) : [] }
        return reply
    }

    /// What the last greeting was answered, without the first line.
    public var extensions: [String] { offered.withLock { $0 } }

    public func offers(_ keyword: String) -> Bool {
        extensions.contains { $0.uppercased().split(separator: " ").first.map(String.init) == keyword }
    }

    /// - Parameter attributes: their values as they go over the wire, in xtext.
    @discardableResult
    public func forward(_ attributes: KeyValuePairs<String, String>) async throws -> MailReply {
        try await command("XFORWARD " + attributes.map { "\($0.key)=\($0.value)" }.joined(separator: " "))
    }

    /// STARTTLS, the handshake, and EHLO again.
    ///
    /// - Parameter authority: a PEM file; any certificate is taken where it is `nil`.
    public func startTLS(authority: String? = nil, name: String = "localhost") async throws {
        let reply = try await command("STARTTLS")
        guard reply.code == 220 else { throw WireFault.noReply(reply.description) }
        try await onQueue { try $0.secure(expecting: name, authority: authority) }
        try await hello()
    }

    @discardableResult
    public func quit() async throws -> MailReply { try await command("QUIT") }
}
