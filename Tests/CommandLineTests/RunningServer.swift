import Foundation

/// `lazaret lsp` as an editor holds it: a process with pipes, which is killed if it does not end within ten minutes.
final class RunningServer {
    let process = Process()
    private(set) var output = ""
    private let input = Pipe()
    private let reading = Pipe()
    private let guardian: DispatchWorkItem

    init() throws {
        // A server that has gone is a failed write here, and not the end of all tests.
        signal(SIGPIPE, SIG_IGN)
        process.executableURL = CommandLine.executables.appendingPathComponent("lazaret")
        process.arguments = ["lsp"]
        process.standardInput = input
        process.standardOutput = reading
        try process.run()
        let pid = process.processIdentifier
        guardian = DispatchWorkItem { kill(pid, SIGKILL) }
        DispatchQueue.global().asyncAfter(deadline: .now() + 600, execute: guardian)
    }

    func send(_ text: String) throws { try input.fileHandleForWriting.write(contentsOf: Data(text.utf8)) }

    /// Reads until the words have come, or the output has ended.
    func wait(for words: String) {
        while !output.contains(words) {
            let data = reading.fileHandleForReading.availableData
            if data.isEmpty { return }
            output += String(decoding: data, as: UTF8.self)
        }
    }

    /// Reads the rest, waits for the end and gives the status.
    func finish() -> Int32 {
        output += String(decoding: reading.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guardian.cancel()
        return process.terminationStatus
    }
}
