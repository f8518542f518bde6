import CDescriptors
import Foundation
import Glibc
import TestSupport
import Testing
import Vocabulary

@testable import Connections

/// A process without the right to connect gets what its broker's list names, and nothing else.
@Suite struct ConnectionBrokerTests {
    private func dialer(_ servers: [EngineAddress]) throws -> (BrokeredDialer, Int32) {
        let socket = try ConnectionBroker.start(servers)
        return (BrokeredDialer(socket: socket, servers: servers), socket)
    }

    private let soon = Deadline(seconds: 20)

    /// What the other side says first.
    private func greeting(_ dialled: Dialled) -> String? {
        guard case .connecting(let descriptor) = dialled else { return nil }
        defer { close(descriptor) }
        var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        _ = Glibc.poll(&poll, 1, 20_000)
        var buffer = [UInt8](repeating: 0, count: 64)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : nil
    }

    @Test func aServerOfTheListIsReachedAndNoneIsTakenForAnother() throws {
        let one = FakeServer { $0.write("one") }
        let two = FakeServer { $0.write("two") }
        let addresses = [one, two].map { EngineAddress.tcp(host: "127.0.0.1", port: $0.port) }
        let (dialer, socket) = try dialer(addresses)
        defer { close(socket) }
        for _ in 0..<3 {
            #expect(greeting(dialer.dial(addresses[1], attempt: 0, by: soon)) == "two")
            #expect(greeting(dialer.dial(addresses[0], attempt: 0, by: soon)) == "one")
        }
        _ = (one, two)
    }

    @Test func aServerBesideTheListIsNot() throws {
        let server = FakeServer { $0.write("beside") }
        let listed = EngineAddress.tcp(host: "127.0.0.1", port: 9)
        let beside = EngineAddress.tcp(host: "127.0.0.1", port: server.port)
        let (dialer, socket) = try dialer([listed])
        defer { close(socket) }
        guard case .ended = dialer.dial(beside, attempt: 0, by: soon) else {
            Issue.record("it was dialled")
            return
        }
        // Nor by a request that the dialer would never make.
        let request = BrokerRequest(number: 7, server: 1, attempt: 0).encoded
        #expect(send(socket, request, request.count, 0) == request.count)
        let (reply, descriptor) = receive(socket)
        #expect(reply?.number == 7 && reply?.outcome == .ended && descriptor == -1)
    }

    @Test func whatARequestIsNotEndsTheTalk() throws {
        for bytes in [[], [1], [UInt8](repeating: 0, count: 9), [UInt8](repeating: 0xFF, count: 4096)] {
            let (dialer, socket) = try dialer([.unix("/nonexistent")])
            defer { close(socket) }
            _ = send(socket, bytes, bytes.count, Int32(MSG_NOSIGNAL))
            guard case .ended = dialer.dial(.unix("/nonexistent"), attempt: 0, by: soon) else {
                Issue.record("\(bytes.count) bytes were taken for a request")
                continue
            }
        }
    }

    @Test func aDescriptorSentToItIsNotKept() throws {
        let (dialer, socket) = try dialer([.unix("/nonexistent")])
        defer { close(socket) }
        var pipe: [Int32] = [-1, -1]
        #expect(Glibc.pipe(&pipe) == 0)
        defer { close(pipe[0]) }
        let request = BrokerRequest(number: 1, server: 0, attempt: 0).encoded
        #expect(cdescriptors_send(socket, request, request.count, pipe[1]) == request.count)
        _ = receive(socket)
        close(pipe[1])
        // All writers are gone: the pipe ends, which it would not if the broker still held one.
        _ = dialer.dial(.unix("/nonexistent"), attempt: 0, by: soon)
        var poll = pollfd(fd: pipe[0], events: Int16(POLLIN), revents: 0)
        #expect(Glibc.poll(&poll, 1, 20_000) == 1 && Int32(poll.revents) & POLLHUP != 0)
    }

    @Test func refusalsSayWhy() throws {
        let missing = EngineAddress.unix("/nonexistent/clamd.ctl")
        let unknown = EngineAddress.tcp(host: "no-such-host.invalid", port: 1)
        let (dialer, socket) = try dialer([missing, unknown])
        defer { close(socket) }
        #expect(
            dialer.dial(missing, attempt: 0, by: soon)
                == .failed(ConnectionFault("cannot connect: No such file or directory")))
        #expect(
            dialer.dial(missing, attempt: 1, by: soon) == .ended(ConnectionFault("\(missing) has no further address")))
        guard case .ended(let fault) = dialer.dial(unknown, attempt: 0, by: soon) else {
            Issue.record("an unknown host was dialled")
            return
        }
        #expect(fault.description.hasPrefix("the host no-such-host.invalid cannot be looked up"))
    }

    @Test func aReplyThatCameTooLateIsNotTakenForTheNext() throws {
        let server = FakeServer { $0.write("right") }
        let address = EngineAddress.tcp(host: "127.0.0.1", port: server.port)
        let (dialer, socket) = try dialer([address])
        defer { close(socket) }
        guard case .ended = dialer.dial(address, attempt: 7, by: Deadline(seconds: -1)) else {
            Issue.record("it waited beyond its deadline")
            return
        }
        #expect(greeting(dialer.dial(address, attempt: 0, by: soon)) == "right")
    }

    @Test func aBrokerThatIsGoneIsAFault() throws {
        var ends: [Int32] = [-1, -1]
        #expect(socketpair(AF_UNIX, Int32(SOCK_SEQPACKET.rawValue), 0, &ends) == 0)
        close(ends[0])
        defer { close(ends[1]) }
        let address = EngineAddress.unix("/x")
        guard case .ended = BrokeredDialer(socket: ends[1], servers: [address]).dial(address, attempt: 0, by: soon)
        else {
            Issue.record("nobody dialled")
            return
        }
    }

    @Test func messagesComeBackAsTheyWent() {
        let request = BrokerRequest(number: .max - 1, server: 513, attempt: 3)
        #expect(BrokerRequest(request.encoded[...]) == request)
        let reply = BrokerReply(number: 70_000, outcome: .failed, sentence: "cannot connect: Connexion refusée")
        #expect(BrokerReply(reply.encoded[...]) == reply)
        #expect(BrokerReply([1, 2, 3, 4, 9]) == nil && BrokerReply([]) == nil)
        let long = BrokerReply(number: 1, outcome: .ended, sentence: String(repeating: "x", count: 10_000))
        #expect(long.encoded.count == BrokerReply.bytes)
    }

    private func receive(_ socket: Int32) -> (BrokerReply?, Int32) {
        var buffer = [UInt8](repeating: 0, count: BrokerReply.bytes)
        var descriptor: Int32 = -1
        let count = cdescriptors_receive(socket, &buffer, buffer.count, 0, &descriptor)
        return (count > 0 ? BrokerReply(buffer[..<count]) : nil, descriptor)
    }
}
