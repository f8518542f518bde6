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
        let server = try RunningServer()
        try server.send(input)
        server.wait(for: "publishDiagnostics")
        #expect(server.output.contains("Policies/standard/size.lazaret"))
        #expect(server.output.contains("nothing is called `tsl`") || server.output.contains("`tsl`"))
        try server.send(request(3, "shutdown") + notification("exit"))
        #expect(server.finish() == 0)
        #expect(server.output.contains(#""id":3"#))
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
        let server = try RunningServer()
        let pid = server.process.processIdentifier
        try server.send(request(1, "initialize", #"{"capabilities":{}}"#) + request(2, "workspace/symbol"))
        server.wait(for: #""id":2"#)
        let children = try String(contentsOfFile: "/proc/\(pid)/task/\(pid)/children", encoding: .utf8)
        let child = try #require(children.split(separator: " ").first.flatMap { pid_t($0) })
        kill(child, SIGKILL)
        server.wait(for: "ended unexpectedly")
        try server.send(request(3, "workspace/symbol") + request(4, "shutdown") + notification("exit"))
        let status = server.finish()
        #expect(server.output.contains(#""id":3"#))
        #expect(status == 0)
    }

    @Test func aProcessThatIsKilledInTheMiddleOfItsWorkOwesNoAnswer() throws {
        let server = try RunningServer()
        let pid = server.process.processIdentifier
        try server.send(request(1, "initialize", #"{"capabilities":{}}"#) + notification("initialized"))
        server.wait(for: #""id":1"#)
        let children = try String(contentsOfFile: "/proc/\(pid)/task/\(pid)/children", encoding: .utf8)
        let child = try #require(children.split(separator: " ").first.flatMap { pid_t($0) })
        let rules = (0..<3_000).map { #"rule r\#($0) \"t\" { when tls then quarantine k }\n"# }.joined()
        let uri = "file:///desk/p.lazaret"
        var input = notification(
            "textDocument/didOpen",
            #"{"textDocument":{"uri":"\#(uri)","languageId":"lazaret","version":1,"text":"policy a {}\n\#(rules)"}}"#)
        for id in 100..<200 {
            input += request(
                id, "textDocument/hover", #"{"textDocument":{"uri":"\#(uri)"},"position":{"line":9,"character":6}}"#)
        }
        // Half of it is with the process, half still in the pipe, when it ends.
        Thread.detachNewThread { kill(child, SIGKILL) }
        try server.send(input)
        server.wait(for: "ended unexpectedly")
        try server.send(
            request(3, "workspace/symbol", #"{"query":"r7"}"#) + request(4, "shutdown") + notification("exit"))
        let status = server.finish()
        #expect(status == 0)
        #expect(server.output.contains(#""id":3"#))
        for id in 100..<200 {
            #expect(server.output.components(separatedBy: #""id":\#(id),"#).count == 2, "\(id)")
        }
    }
}
