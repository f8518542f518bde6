import MailProtocols
import NIOCore
import NIOSSL
import Operation

/// A talk with a next hop, in SMTP or LMTP. Used by one task at a time.
///
/// Unchecked: its owner passes it on only between commands.
final class HopConnection: @unchecked Sendable {
    let settings: HopSettings
    private(set) var capabilities = HopCapabilities()
    private var reader: WireReader
    private var replies = ReplyReader()
    private let replyTime: TimeAmount
    private let protocolLimits = ProtocolLimits()

    private init(_ wire: Wire, _ settings: HopSettings, replyTime: TimeAmount) {
        reader = WireReader(wire)
        self.settings = settings
        self.replyTime = replyTime
    }

    private var wire: Wire { reader.wire }

    /// Connects, greets and begins TLS as the settings ask for.
    ///
    /// - Throws: `HopFault`.
    static func open(
        _ settings: HopSettings, as hostName: String, sockets: Sockets, limits: RelayLimits
    ) async throws(HopFault) -> HopConnection {
        let wire: Wire
        do {
            wire = try await sockets.connect(to: settings.address, within: .seconds(Int64(limits.connectSeconds)))
        } catch {
            throw HopFault(.unreachable, "no connection to \(settings.address): \(error)")
        }
        let hop = HopConnection(wire, settings, replyTime: .seconds(Int64(limits.hopReplySeconds)))
        do throws(HopFault) {
            let greeting = try await hop.reply()
            guard greeting.isSuccess else { throw HopFault(.unreachable, "it greets with \(greeting.summary)") }
            try await hop.greet(as: hostName)
            try await hop.secure(as: hostName)
            return hop
        } catch {
            hop.close()
            throw error
        }
    }

    private func greet(as hostName: String) async throws(HopFault) {
        let reply = try await command("\(settings.isLMTP ? "LHLO" : "EHLO") \(hostName)")
        if reply.isSuccess {
            capabilities = HopCapabilities(reply)
            return
        }
        guard !settings.isLMTP, reply.isPermanent else {
            throw HopFault(.unreachable, "it answers our greeting with \(reply.summary)")
        }
        let second = try await command("HELO \(hostName)")
        guard second.isSuccess else { throw HopFault(.unreachable, "it answers HELO with \(second.summary)") }
    }

    private func secure(as hostName: String) async throws(HopFault) {
        guard settings.security != .none else { return }
        guard capabilities.offersStartTLS else {
            if settings.security == .opportunistic { return }
            throw HopFault(.insecure, "\(settings.address) does not offer STARTTLS")
        }
        let reply = try await command("STARTTLS")
        guard reply.isSuccess else {
            if settings.security == .opportunistic { return }
            throw HopFault(.insecure, "it answers STARTTLS with \(reply.summary)")
        }
        do {
            let context = try TLSContexts.client(settings)
            let name = settings.tlsName
            try await wire.startTLS({ try NIOSSLClientHandler(context: context, serverHostname: name) }, after: nil)
        } catch {
            throw HopFault(.insecure, "TLS cannot begin: \(error)")
        }
        do throws(HopFault) {
            try await greet(as: hostName)
        } catch {
            throw HopFault(.insecure, "TLS failed: \(error)")
        }
    }

    /// Sends one command and waits for its reply.
    ///
    /// - Throws: `HopFault`.
    func command(_ line: String) async throws(HopFault) -> Reply {
        send([line])
        return try await reply()
    }

    /// Sends commands, at once where the server takes them so.
    ///
    /// - Throws: `HopFault`.
    func commands(_ lines: [String]) async throws(HopFault) -> [Reply] {
        var answers: [Reply] = []
        if capabilities.offersPipelining {
            send(lines)
            for _ in lines { answers.append(try await reply()) }
        } else {
            for line in lines { answers.append(try await command(line)) }
        }
        return answers
    }

    private func send(_ lines: [String]) {
        var buffer = wire.channel.allocator.buffer(capacity: lines.reduce(0) { $0 + $1.utf8.count + 2 })
        for line in lines {
            buffer.writeString(line)
            buffer.writeString("\r\n")
        }
        wire.send(buffer)
    }

    /// The next reply.
    ///
    /// - Throws: `HopFault`.
    func reply(within time: TimeAmount? = nil) async throws(HopFault) -> Reply {
        while true {
            let line = try await line(within: time ?? replyTime)
            do throws(GarbledReply) {
                if let reply = try replies.take(line) { return reply }
            } catch {
                throw HopFault(.garbled, "what it sends is no reply")
            }
        }
    }

    private func line(within time: TimeAmount) async throws(HopFault) -> [UInt8] {
        let line: WireReader.Line
        do throws(WireFault) {
            line = try await reader.line(upTo: protocolLimits.replyLineBytes, within: time)
        } catch {
            throw error == .timedOut
                ? HopFault(.silent, "it gives no answer in time") : HopFault(.cut, "the connection broke")
        }
        guard case .line(let bytes) = line else { throw HopFault(.garbled, "it sends a line without end") }
        return bytes
    }

    /// Sends a message's bytes in the framing of DATA, all but the final dot.
    ///
    /// - Throws: `HopFault.cut`.
    func content(_ bytes: [UInt8]) async throws(HopFault) {
        var stuffing = DotStuffing()
        var offset = 0
        while offset < bytes.count {
            let end = min(offset + Self.pieceBytes, bytes.count)
            var buffer = wire.channel.allocator.buffer(capacity: end - offset + 64)
            bytes.withUnsafeBytes { all in
                stuffing.take(UnsafeRawBufferPointer(rebasing: all[offset..<end])) { buffer.writeBytes($0) }
            }
            if end == bytes.count { buffer.writeBytes(stuffing.missingLineEnd) }
            do throws(WireFault) {
                try await wire.write(buffer)
            } catch {
                throw HopFault(.cut, "the connection broke in the middle of the message")
            }
            offset = end
        }
    }

    /// Bytes that are handed to the system at once, so that a slow hop costs no memory.
    private static let pieceBytes = 256 << 10

    /// Says the final dot. The reply is the hop's word that it has the message.
    func finalDot() {
        var buffer = wire.channel.allocator.buffer(capacity: 3)
        buffer.writeBytes(DotStuffing.end)
        wire.send(buffer)
    }

    /// Says goodbye without waiting.
    func quit() {
        send(["QUIT"])
        close()
    }

    /// Closes without a word: a message whose dot was not said is thrown away by the hop.
    func close() { wire.close() }
}

extension HopSettings {
    /// The name that the certificate must bear; `nil` where no name could.
    var tlsName: String? {
        if let certificateName { return certificateName }
        guard case .network(let host, _) = address, host.contains(where: \.isLetter), !host.contains(":") else {
            return nil
        }
        return host
    }
}
