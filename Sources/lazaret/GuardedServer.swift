import Foundation
import Glibc
import LanguageServer
import Synchronization

/// Serves an editor by a process of our own kind, and by another when that one ends over a text.
final class GuardedServer: Sendable {
    private struct State {
        var guardian = Guardian()
        var process: Process?
        /// Where the process listens; none while there is no process.
        var input: FileHandle?
        /// When processes ended unexpectedly.
        var ends: [Date] = []
        var hasEditorGone = false

        /// Sends what a step says. Within the state's lock, so that nothing comes between a replay and what follows.
        func send(_ step: Guardian.Step) {
            for frame in step.toServer { try? input?.write(contentsOf: Data(frame)) }
            for frame in step.toEditor { EditorPipe.write(frame) }
        }
    }

    /// Unexpected ends within a minute; after more the server gives up, and the editor shows that.
    private static let endsPerMinute = 5

    private let executable: String
    private let arguments: [String]
    private let state = Mutex(State())
    private let limits = EditorLimits()

    init(executable: String, arguments: [String]) {
        self.executable = executable
        self.arguments = arguments
    }

    /// Converses until the editor has gone; gives the exit status.
    func run() -> Int32 {
        guard var output = start(isFirst: true) else { return CommandStatus.environment.rawValue }
        Thread.detachNewThread { self.readEditor() }
        while true {
            pump(output)
            let (status, isExpected) = waitForEnd()
            if isExpected { return status }
            let isTooOften = state.withLock { state in
                state.ends = state.ends.filter { $0.timeIntervalSinceNow > -60 } + [Date()]
                return state.ends.count > Self.endsPerMinute
            }
            guard !isTooOften, let next = start(isFirst: false) else { return CommandStatus.environment.rawValue }
            output = next
        }
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
            state.process = process
            state.input = pipes.input.fileHandleForWriting
            if !isFirst { state.send(state.guardian.serverEnded()) }
            if state.hasEditorGone { try? state.input?.close() }
            return pipes.output.fileHandleForReading
        }
    }

    /// Passes on what the process says until it says no more.
    private func pump(_ output: FileHandle) {
        var frames = FrameReader(limits: limits)
        while true {
            let data = output.availableData
            if data.isEmpty { return }
            frames.append(Array(data))
            while let message = try? frames.next() {
                state.withLock { $0.send($0.guardian.fromServer(message)) }
            }
        }
    }

    /// A process that exits has ended the conversation, well or because of what the editor sent; one that was ended by
    /// a signal has met a fault.
    private func waitForEnd() -> (status: Int32, isExpected: Bool) {
        guard let process = state.withLock({ $0.process }) else { return (1, true) }
        process.waitUntilExit()
        return (process.terminationStatus, process.terminationReason == .exit)
    }

    private func readEditor() {
        var frames = FrameReader(limits: limits)
        reading: while let bytes = EditorPipe.read() {
            frames.append(bytes)
            do {
                while let message = try frames.next() {
                    state.withLock { $0.send($0.guardian.fromEditor(message)) }
                }
            } catch {
                // The process sees a frame as broken as this one, says so and ends.
                state.withLock { state in _ = try? state.input?.write(contentsOf: Data("\r\n\r\n".utf8)) }
                break reading
            }
        }
        state.withLock { state in
            state.hasEditorGone = true
            try? state.input?.close()
        }
    }
}

/// The editor's end of the conversation.
enum EditorPipe {
    /// What has arrived, nil at the end.
    static func read() -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Glibc.read(STDIN_FILENO, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            return count > 0 ? Array(buffer[..<count]) : nil
        }
    }

    static func write(_ bytes: [UInt8]) {
        Output.standard.write(bytes)
        Output.standard.flush()
    }
}
