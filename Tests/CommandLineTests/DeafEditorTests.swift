import Foundation
import Glibc
import Testing

/// Editors that write without reading, as one does that is busy or that writes all it has first.
@Suite struct DeafEditorTests {
    private func frame(_ json: String) -> String { "Content-Length: \(json.utf8.count)\r\n\r\n\(json)" }

    private func request(_ id: Int, _ method: String, _ parameters: String = "{}") -> String {
        frame(#"{"jsonrpc":"2.0","id":\#(id),"method":"\#(method)","params":\#(parameters)}"#)
    }

    /// Sends everything before a word is read; false if that does not end within a minute.
    private func send(_ text: String, to server: RunningServer) -> Bool {
        nonisolated(unsafe) let server = server
        let isSent = ends(within: 60) { try? server.send(text) }
        if !isSent { kill(server.process.processIdentifier, SIGKILL) }
        return isSent
    }

    private func ends(within seconds: Double, _ work: @escaping @Sendable () -> Void) -> Bool {
        let done = DispatchSemaphore(value: 0)
        Thread.detachNewThread {
            work()
            done.signal()
        }
        return done.wait(timeout: .now() + seconds) == .success
    }

    private func children(of pid: pid_t) -> [pid_t] {
        // A thread other than the first may have started them.
        let tasks = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(pid)/task")) ?? []
        return tasks.flatMap { task in
            let names = try? String(contentsOfFile: "/proc/\(pid)/task/\(task)/children", encoding: .utf8)
            return (names ?? "").split(separator: " ").compactMap { pid_t($0) }
        }
    }

    /// The answers' ids in the order they came.
    private func ids(_ output: String) -> [Int] {
        output.components(separatedBy: #""id":"#).dropFirst().compactMap { Int($0.prefix { $0.isNumber }) }
    }

    @Test func anEditorThatDoesNotReadWhileItWritesWaitsForNothing() throws {
        let server = try RunningServer()
        let last = 30_000
        // Both ways more than pipes hold: 3 MB of requests, 2 MB of answers.
        let requests = (2...last).map { request($0, "workspace/symbol") }.joined()
        let isSent = send(request(1, "initialize", #"{"capabilities":{}}"#) + requests, to: server)
        try #require(isSent, "the server stopped reading because nobody read its answers")
        try server.send(request(last + 1, "shutdown") + frame(#"{"jsonrpc":"2.0","method":"exit"}"#))
        #expect(server.finish() == 0)
        #expect(ids(server.output) == Array(1...(last + 1)))
    }

    @Test func aProcessThatIsKilledWhileNobodyReadsIsReplaced() throws {
        let server = try RunningServer()
        let pid = server.process.processIdentifier
        try server.send(request(1, "initialize", #"{"capabilities":{}}"#))
        server.wait(for: #""id":1"#)
        let child = try #require(children(of: pid).first)
        let last = 20_000
        try #require(send((2...last).map { request($0, "workspace/symbol") }.joined(), to: server))
        kill(child, SIGKILL)
        // Who leaves before the death is noticed is given no second process.
        try #require(ends(within: 60) { while children(of: pid).allSatisfy({ $0 == child }) { usleep(10_000) } })
        try #require(send(request(last + 1, "shutdown") + frame(#"{"jsonrpc":"2.0","method":"exit"}"#), to: server))
        #expect(server.finish() == 0)
        // Each once, by the first process, as a fault, or by the second.
        #expect(ids(server.output).sorted() == Array(1...(last + 1)))
    }

    @Test func anEditorThatNeverReadsDoesNotKeepTheServer() throws {
        let server = try RunningServer()
        let requests = (2...20_000).map { request($0, "workspace/symbol") }.joined()
        try #require(send(request(1, "initialize", #"{"capabilities":{}}"#) + requests, to: server))
        try #require(send(request(0, "shutdown") + frame(#"{"jsonrpc":"2.0","method":"exit"}"#), to: server))
        let process = server.process
        #expect(ends(within: 60) { process.waitUntilExit() })
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        #expect(server.process.terminationStatus == 3)
    }
}
