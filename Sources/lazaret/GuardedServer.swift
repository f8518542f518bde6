import Foundation
import Glibc
import LanguageServer
import Synchronization

/// Serves an editor by a process of our own kind, and by another when that one ends over a text.
///
/// One thread reads what the editor says, one what the process says; each takes a message in only when there is room for
/// what it leads to. What is to be sent waits in a queue for each of the two, so an editor that does not read keeps
/// nobody from hearing it, and neither thread ever holds the state while it waits for a pipe.
final class GuardedServer: Sendable {
    private struct State {
        var guardian = Guardian()
        var process: Process?
        /// To the process; none while there is no process.
        var input: OutgoingQueue?
        /// When processes ended unexpectedly.
        var ends: [Date] = []
        var hasEditorGone = false
    }

    /// Unexpected ends within a minute; after more the server gives up, and the editor shows that.
    private static let endsPerMinute = 5

    private let executable: String
    private let arguments: [String]
    private let state = Mutex(State())
    private let limits = EditorLimits()
    private let editor: OutgoingQueue

    init(executable: String, arguments: [String]) {
        self.executable = executable
        self.arguments = arguments
        editor = OutgoingQueue(
            bound: limits.waitingBytes, write: { Descriptor.write($0, to: STDOUT_FILENO) == nil },
            whenClosed: { isWhole in if !isWhole { Glibc.exit(CommandStatus.environment.rawValue) } })
    }

    /// Converses until the editor has gone; gives the exit status.
    func run() -> Int32 {
        let status = converse()
        guard editor.drain(within: limits.drainSeconds) else {
            Output.complain("lazaret: the editor does not read what it asked for")
            return CommandStatus.environment.rawValue
        }
        return status
    }

    private func converse() -> Int32 {
        guard var output = start(isFirst: true) else { return CommandStatus.environment.rawValue }
        Thread.detachNewThread { self.readEditor() }
        while true {
            pump(output)
            if let status = waitForEnd() { return status }
            let isTooOften = state.withLock { state in
                state.ends = state.ends.filter { $0.timeIntervalSinceNow > -60 } + [Date()]
                return state.ends.count > Self.endsPerMinute
            }
            guard !isTooOften, let next = start(isFirst: false) else { return CommandStatus.environment.rawValue }
            output = next
        }
    }

    /// Sends what a step says. Within the state's lock, so that nothing comes between a replay and what follows; it
    /// only puts frames into queues.
    private func send(_ step: Guardian.Step, _ state: inout State) {
        state.input?.put(step.toServer)
        editor.put(step.toEditor)
    }

    private func start(isFirst: Bool) -> FileHandle? {
        state.withLock { state in
            let process = Process()
            process.executableURL = URL(fileURLWithPath: executable)
            process.arguments = arguments
            // Another is to be there at once; writing down where the first stood takes seconds.
            process.environment = ProcessInfo.processInfo.environment.merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }
            let pipes = (input: Pipe(), output: Pipe())
            process.standardInput = pipes.input
            process.standardOutput = pipes.output
            guard (try? process.run()) != nil else { return nil }
            let writing = fcntl(pipes.input.fileHandleForWriting.fileDescriptor, F_DUPFD_CLOEXEC, 3)
            try? pipes.input.fileHandleForWriting.close()
            state.process = process
            state.input?.end()
            state.input = OutgoingQueue(
                bound: limits.waitingBytes, write: { Descriptor.write($0, to: writing) == nil },
                whenClosed: { _ in close(writing) })
            if !isFirst { send(state.guardian.serverEnded(), &state) }
            if state.hasEditorGone { state.input?.end() }
            return pipes.output.fileHandleForReading
        }
    }

    /// Passes on what the process says until it says no more.
    private func pump(_ output: FileHandle) {
        var frames = FrameReader(limits: limits)
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Descriptor.read(output.fileDescriptor, into: &buffer)
            if count == 0 { return }
            frames.append(Array(buffer[..<count]))
            do {
                while let message = try frames.next() {
                    editor.waitForRoom()
                    state.withLock { send($0.guardian.fromServer(message), &$0) }
                }
            } catch {
                // What it says cannot be passed on; another is told to begin anew.
                state.withLock { state in if let process = state.process { kill(process.processIdentifier, SIGKILL) } }
                return
            }
        }
    }

    /// The status the conversation ends with, if it does. A process that exits has ended it, well or because of what the
    /// editor sent; one that was ended by a signal has met a fault.
    private func waitForEnd() -> Int32? {
        guard let process = state.withLock({ $0.process }) else { return CommandStatus.faulty.rawValue }
        process.waitUntilExit()
        if process.terminationReason == .exit { return process.terminationStatus }
        return state.withLock { $0.guardian.isExiting } ? CommandStatus.faulty.rawValue : nil
    }

    private func readEditor() {
        var frames = FrameReader(limits: limits)
        reading: while let bytes = EditorPipe.read() {
            frames.append(bytes)
            do {
                while let message = try frames.next() {
                    state.withLock { $0.input }?.waitForRoom()
                    state.withLock { send($0.guardian.fromEditor(message), &$0) }
                }
            } catch {
                // The process sees a frame as broken as this one, says so and ends.
                state.withLock { $0.input }?.put([Array("\r\n\r\n".utf8)])
                break reading
            }
        }
        state.withLock { state in
            state.hasEditorGone = true
            state.input?.end()
        }
    }
}

/// The editor's end of the conversation.
enum EditorPipe {
    /// What has arrived, nil at the end.
    static func read() -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        let count = Descriptor.read(STDIN_FILENO, into: &buffer)
        return count > 0 ? Array(buffer[..<count]) : nil
    }

    static func write(_ bytes: [UInt8]) {
        Output.standard.write(bytes)
        Output.standard.flush()
    }
}
