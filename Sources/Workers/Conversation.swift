import Foundation
import Glibc

/// One exchange with one worker failed; the worker is of no more use.
struct ConversationFailure: Error {
    /// In words: `gave no answer within 80 s`.
    var reason: String
}

/// The pool's side of the talk with one worker: one request, one reply, never two at a time.
///
/// One loop of `poll` over the three pipes serves everything: it writes while the worker writes, so that neither
/// waits for the other with full pipes, it drains standard error, and it knows the deadline.
///
/// Unchecked: the pool lends it to one thread at a time and passes it on under its lock.
final class Conversation: @unchecked Sendable {
    let child: ChildProcess
    private(set) var messages = 0
    private var reader: FrameReader
    private var complaints: [UInt8] = []
    private let limits: WorkerLimits
    private var buffer = [UInt8](repeating: 0, count: 65_536)

    init(child: ChildProcess, limits: WorkerLimits) {
        self.child = child
        self.limits = limits
        reader = FrameReader(limit: limits.replyBytes)
    }

    /// Whether the worker has done its share and should be replaced.
    var isSpent: Bool { messages >= limits.messagesOfWorker }

    /// The end of what the worker said on its standard error, on one line.
    var complaint: String {
        String(decoding: complaints, as: UTF8.self).split(whereSeparator: \.isNewline).suffix(3)
            .joined(separator: " / ")
    }

    /// Sends one frame and waits for the one that answers it.
    ///
    /// - Parameters:
    ///   - seconds: from now until the reply must be whole.
    ///   - replyBytes: the most that the reply may have.
    /// - Throws: `ConversationFailure` when the worker died, was late or sent what is no frame.
    func ask(
        _ frame: Frame, within seconds: Double, replyBytes: Int
    ) throws(ConversationFailure) -> Frame {
        messages += 1
        reader.limit = replyBytes
        let deadline = ContinuousClock.now + .seconds(seconds)
        var outgoing = [frame.head, frame.json, frame.attachment][...]
        var offset = 0
        while true {
            do {
                if let reply = try reader.next() { return reply }
            } catch {
                throw ConversationFailure(reason: error.reason)
            }
            var polled = [
                pollfd(fd: outgoing.isEmpty ? -1 : child.input, events: Int16(POLLOUT), revents: 0),
                pollfd(fd: child.output, events: Int16(POLLIN), revents: 0),
                pollfd(fd: hasErrors ? child.errors : -1, events: Int16(POLLIN), revents: 0),
            ]
            let left = deadline - ContinuousClock.now
            guard left > .zero else {
                throw ConversationFailure(reason: "gave no answer within \(Self.inWords(seconds))")
            }
            let ready = poll(&polled, nfds_t(polled.count), Self.milliseconds(left))
            if ready < 0, errno != EINTR {
                throw ConversationFailure(reason: "could not be waited for: \(String(cString: strerror(errno)))")
            }
            guard ready > 0 else { continue }
            if polled[2].revents != 0 { drainErrors() }
            // Reading comes before writing: a worker that refuses early may have closed its input already.
            if polled[1].revents != 0 { try readReply() }
            if polled[0].revents != 0 { try write(&outgoing, &offset) }
        }
    }

    private var hasErrors = true

    private func drainErrors() {
        let count = read(child.errors, &buffer, buffer.count)
        if count > 0 {
            complaints.append(contentsOf: buffer[..<count])
            if complaints.count > limits.complaintBytes {
                complaints.removeFirst(complaints.count - limits.complaintBytes)
            }
        } else if count == 0 || (errno != EAGAIN && errno != EINTR) {
            hasErrors = false
        }
    }

    private func readReply() throws(ConversationFailure) {
        let count = read(child.output, &buffer, buffer.count)
        if count > 0 {
            reader.append(buffer[..<count])
        } else if count == 0 || (errno != EAGAIN && errno != EINTR) {
            throw ConversationFailure(reason: endOfWorker())
        }
    }

    private func write(_ outgoing: inout ArraySlice<[UInt8]>, _ offset: inout Int) throws(ConversationFailure) {
        guard let piece = outgoing.first else { return }
        let count = piece.withUnsafeBytes { bytes in
            bytes.count == offset
                ? 0 : Glibc.write(child.input, bytes.baseAddress.map { $0 + offset }, bytes.count - offset)
        }
        if count < 0, errno != EAGAIN, errno != EINTR {
            throw ConversationFailure(reason: endOfWorker())
        }
        offset += max(count, 0)
        if offset == piece.count {
            outgoing.removeFirst()
            offset = 0
        }
    }

    /// The worker closed a pipe: it has ended or is about to, and its status tells more than the pipe does.
    private func endOfWorker() -> String {
        drainErrors()
        child.waitForEnd(milliseconds: 200)
        let inside = reader.isInsideFrame ? " in the middle of its reply" : ""
        return (child.endingInWords ?? "closed its output") + inside
    }

    private static func milliseconds(_ duration: Duration) -> Int32 {
        let (seconds, attoseconds) = duration.components
        return Int32(clamping: seconds * 1000 + attoseconds / 1_000_000_000_000_000 + 1)
    }

    private static func inWords(_ seconds: Double) -> String {
        seconds == seconds.rounded() ? "\(Int(seconds)) s" : "\(seconds) s"
    }
}
