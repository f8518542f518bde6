import Foundation
import Glibc
import Testing

/// The real executable, spoken to over its pipes as an editor does.
@Suite struct LanguageServerTests {
    private func frame(_ json: String) -> String { "Content-Length: \(json.utf8.count)\r\n\r\n\(json)" }

    private func request(_ id: Int, _ method: String, _ parameters: String = "{}") -> String {
        frame(#"{"jsonrpc":"2.0","id":\#(id),"method":"\#(method)","params":\#(parameters)}"#)
    }

    private func notification(_ method: String, _ parameters: String = "{}") -> String {
        frame(#"{"jsonrpc":"2.0","method":"\#(method)","params":\#(parameters)}"#)
    }

    @Test func anEditorsSession() throws {
        let folder = try Scratch(["policy.lazaret": "policy acme { edition 1 }\nimport standard.size\n"])
        let uri = URL(fileURLWithPath: folder.path("policy.lazaret")).absoluteString
        let text = #"policy acme { edition 1 }\nimport standard.size\nrule a { when tsl then defer }\n"#
        let input =
            request(1, "initialize", #"{"capabilities":{}}"#) + notification("initialized")
            + notification(
                "textDocument/didOpen",
                #"{"textDocument":{"uri":"\#(uri)","languageId":"lazaret","version":1,"text":"\#(text)"}}"#)
            + request(
                2, "textDocument/definition",
                #"{"textDocument":{"uri":"\#(uri)"},"position":{"line":1,"character":18}}"#)
        // The server is still running when the check has come back: the rest is sent after a while.
        let process = Process()
        process.executableURL = CommandLine.executables.appendingPathComponent("lazaret")
        process.arguments = ["lsp"]
        let pipes = (input: Pipe(), output: Pipe())
        process.standardInput = pipes.input
        process.standardOutput = pipes.output
        try process.run()
        let pid = process.processIdentifier
        let guardian = DispatchWorkItem { kill(pid, SIGKILL) }
        DispatchQueue.global().asyncAfter(deadline: .now() + 60, execute: guardian)
        try pipes.input.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        var output = ""
        while !output.contains("publishDiagnostics") {
            let data = pipes.output.fileHandleForReading.availableData
            if data.isEmpty { break }
            output += String(decoding: data, as: UTF8.self)
        }
        #expect(output.contains("Policies/standard/size.lazaret"))
        #expect(output.contains("nothing is called `tsl`") || output.contains("`tsl`"))
        try pipes.input.fileHandleForWriting.write(
            contentsOf: Data((request(3, "shutdown") + notification("exit")).utf8))
        output += String(decoding: pipes.output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guardian.cancel()
        #expect(process.terminationStatus == 0)
        #expect(output.contains(#""id":3"#))
    }

    @Test func anEditorThatGoesAwayEndsTheServer() throws {
        #expect(try CommandLine.run("lsp", input: "").status == 1)
        #expect(try CommandLine.run("lsp", input: request(1, "initialize") + request(2, "shutdown")).status == 0)
    }

    @Test func aBrokenFrameEndsTheServer() throws {
        let result = try CommandLine.run("lsp", input: "Content-Length: nonsense\r\n\r\n{}")
        #expect(result.status == 1)
        #expect(result.output.contains("-32700"))
    }

    @Test func aRequestTakenBackIsNotAnswered() throws {
        let cancel = notification("$/cancelRequest", #"{"id":5}"#)
        // Everything lies in the pipe before the server begins to read, so the cancellation overtakes the request.
        let result = try CommandLine.run(
            "lsp", input: request(1, "initialize") + request(5, "workspace/symbol") + cancel + request(6, "shutdown"))
        #expect(result.status == 0)
        #expect(result.output.contains(#""id":5"#))
    }

    @Test func aProcessThatIsKilledIsReplaced() throws {
        let process = Process()
        process.executableURL = CommandLine.executables.appendingPathComponent("lazaret")
        process.arguments = ["lsp"]
        let pipes = (input: Pipe(), output: Pipe())
        process.standardInput = pipes.input
        process.standardOutput = pipes.output
        try process.run()
        let pid = process.processIdentifier
        let guardian = DispatchWorkItem { kill(pid, SIGKILL) }
        DispatchQueue.global().asyncAfter(deadline: .now() + 60, execute: guardian)
        var output = ""
        func wait(for words: String) {
            while !output.contains(words) {
                let data = pipes.output.fileHandleForReading.availableData
                if data.isEmpty { return }
                output += String(decoding: data, as: UTF8.self)
            }
        }
        func send(_ text: String) throws { try pipes.input.fileHandleForWriting.write(contentsOf: Data(text.utf8)) }
        try send(request(1, "initialize", #"{"capabilities":{}}"#) + request(2, "workspace/symbol"))
        wait(for: #""id":2"#)
        let children = try String(contentsOfFile: "/proc/\(pid)/task/\(pid)/children", encoding: .utf8)
        let child = try #require(children.split(separator: " ").first.flatMap { pid_t($0) })
        kill(child, SIGKILL)
        wait(for: "ended unexpectedly")
        try send(request(3, "workspace/symbol") + request(4, "shutdown") + notification("exit"))
        output += String(decoding: pipes.output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guardian.cancel()
        #expect(output.contains(#""id":3"#))
        #expect(process.terminationStatus == 0)
    }
}
