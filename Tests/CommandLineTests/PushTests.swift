import Acceptance
import Administration
import Cryptography
import Foundation
import StandInRelay
import Testing

/// `lazaret push`, `status` and `rollback` against the relay's routes on loopback, with real workers that run the carried
/// tests. The executable is waited for outside the pool of threads on which the server answers.
@Suite(.timeLimit(.minutes(15))) struct PushTests {
    private static let policy = """
        policy acme {
            edition 1
            domains "acme.example"
        }

        uninspectable { if unknown then defer }

        rule invoices {
            when subject contains "invoice"
            then quarantine review
        }

        test "an invoice is held" {
            mail "invoice.eml" from "a@b.example" to "bob@acme.example"
            expect quarantine review
        }

        """
    private static let mail = "From: a@b.example\nTo: bob@acme.example\nSubject: an invoice\n\nhello\n"

    /// A policy, a key that the relay trusts and one that it does not.
    private struct Desk: Sendable {
        let scratch: Scratch
        let trusted: VerifyingKey
        let id: String

        init(_ policy: String = PushTests.policy) throws {
            scratch = try Scratch(["acme/policy.lazaret": policy, "acme/invoice.eml": PushTests.mail])
            for name in ["anna.key", "mallory.key"] {
                let made = try CommandLine.run("key", "new", "-o", scratch.path(name))
                try #require(made.status == 0, "\(made.errors)")
            }
            trusted = try KeyText.verifyingKey(Array(try #require(scratch.text("anna.key.pub")).utf8))
            id = trusted.id
        }

        func path(_ name: String) -> String { scratch.path(name) }

        var register: StandInRegister {
            let worker = CommandLine.executables.appendingPathComponent("lazaret-worker").path
            return StandInRegister(organisations: ["acme", "two words"], trusted: [trusted], worker: worker)
        }

        /// Runs `lazaret` against a relay.
        func lazaret(
            _ arguments: String..., port: Int, address: String? = nil, token: String = "secret"
        ) async throws -> CommandLine.Result {
            try scratch.write("token", token + "\n")
            let relay = ["--relay", address ?? "http://127.0.0.1:\(port)", "--token-file", path("token")]
            return try await withCheckedThrowingContinuation { continuation in
                DispatchQueue.global().async {
                    continuation.resume(with: Result { try CommandLine.run(arguments + relay) })
                }
            }
        }

        func push(
            _ more: String..., port: Int, key: String = "anna.key", address: String? = nil, token: String = "secret"
        ) async throws -> CommandLine.Result {
            try scratch.write("token", token + "\n")
            let arguments =
                ["push", path("acme"), "--organisation", "acme", "--key", path(key)] + more
                + ["--relay", address ?? "http://127.0.0.1:\(port)", "--token-file", path("token")]
            return try await withCheckedThrowingContinuation { continuation in
                DispatchQueue.global().async {
                    continuation.resume(with: Result { try CommandLine.run(arguments) })
                }
            }
        }
    }

    private static let tokens = [
        AccessToken(name: "ci", digest: .hash(Array("secret".utf8)), scopes: Set(AccessToken.Scope.allCases)),
        AccessToken(name: "reader", digest: .hash(Array("reading".utf8)), scopes: [.readStatus]),
    ]

    @Test func aPolicyIsPushedRolledBackAndSeen() async throws {
        let desk = try Desk()
        try await StandInServer.run(desk.register, tokens: Self.tokens) { port in
            let first = try await desk.push("--message", "first & only", "--author", "Anna é", port: port)
            #expect(first.status == 0, "\(first.errors)")
            #expect(first.lines.first == "acme: version 1 judges mail now")
            #expect(first.output.contains("  signed with the key \(desk.id)\n  1 test run\n"))

            let shadow = try await desk.push("--shadow", "--format", "json", port: port)
            #expect(shadow.status == 0)
            let object = try JSONSerialization.jsonObject(with: Data(shadow.output.utf8)) as? [String: Any]
            #expect(object?["result"] as? String == "shadowed")
            #expect(object?["version"] as? Int == 2)
            #expect(object?["previous"] as? Int == 1)
            #expect((object?["refusals"] as? [Any])?.isEmpty == true)

            #expect(
                try await desk.push(port: port).lines.first == "acme: version 3 judges mail now (before: version 1)")
            let back = try await desk.lazaret("rollback", "--organisation", "acme", "--to", "1", port: port)
            #expect(back.status == 0, "\(back.errors)")
            #expect(back.lines.first == "acme: version 1 judges mail again (before: version 3)")

            let status = try await desk.lazaret("status", port: port, token: "reading")
            #expect(status.status == 0, "\(status.errors)")
            #expect(status.lines.first == "stand-in 1, running since 2023-11-14T22:13:20Z")
            #expect(status.output.contains("  active  version 1, "))
            #expect(status.output.contains("Anna é: first & only\n"))
            #expect(status.output.contains("it judged 120 messages, 3 of them otherwise"))
            #expect(status.output.contains("two words: no policy yet"))
            let json = try await desk.lazaret("status", "--format", "json", port: port)
            #expect(json.output.contains("\"state\": \"active\""))

            let none = try await desk.lazaret("rollback", "--organisation", "two words", "--to", "9", port: port)
            #expect(none.status == 1)
            #expect(none.output == "two words: refused; nothing has changed\n  there is no version 9\n")
        }
    }

    @Test func aWrongKeyOrAFailingTestChangesNothing() async throws {
        let desk = try Desk()
        let failing = try Desk(Self.policy.replacing("expect quarantine review", with: "expect deliver"))
        let register = desk.register
        try await StandInServer.run(register, tokens: Self.tokens) { port in
            #expect(try await desk.push(port: port).status == 0)
            let wrong = try await desk.push(port: port, key: "mallory.key")
            #expect(wrong.status == 1)
            #expect(wrong.lines.first == "acme: refused; version 1 goes on judging")
            #expect(wrong.output.contains("which is not trusted here"))

            let key = desk.path("anna.key")
            let failed = try await failing.lazaret(
                "push", failing.path("acme"), "--organisation", "acme", "--key", key, port: port)
            #expect(failed.status == 1)
            #expect(failed.output.contains("test “an invoice is held”: expected deliver, got quarantine review"))
            #expect(failed.output.contains("version 1 goes on judging"))
        }
        #expect(await register.versions(of: "acme")?.versions.count == 1)
    }

    @Test func aBundleIsSentAsItIsAndAFlippedByteIsRefused() async throws {
        let desk = try Desk()
        let bundle = desk.path("acme.lzb")
        let compiled = try CommandLine.run(
            "compile", desk.path("acme"), "-o", bundle, "--with-tests", "--sign", desk.path("anna.key"))
        #expect(compiled.status == 0, "\(compiled.errors)")
        #expect(compiled.output.contains("  carries 1 test\n  signed with the key \(desk.id)\n"))
        #expect(try CommandLine.run("verify", bundle).output.contains("\ncarries 1 test\nsigned with"))
        #expect(try CommandLine.run("disasm", bundle).output.contains("\ncarries 1 test\n"))
        let register = desk.register
        try await StandInServer.run(register, tokens: Self.tokens) { port in
            let sent = try await desk.lazaret("push", bundle, "--organisation", "acme", port: port)
            #expect(sent.status == 0, "\(sent.errors)")
            #expect(sent.output.contains("1 test run"))
        }
        #expect(await register.proposals.first?.bundle == Array(try Data(contentsOf: URL(fileURLWithPath: bundle))))

        var bytes = try Data(contentsOf: URL(fileURLWithPath: bundle))
        bytes[bytes.count / 2] ^= 1
        try bytes.write(to: URL(fileURLWithPath: bundle))
        try await StandInServer.run(register, tokens: Self.tokens) { port in
            let sent = try await desk.lazaret("push", bundle, "--organisation", "acme", port: port)
            #expect(sent.status == 1)
            #expect(sent.errors.contains("does not match"))
        }
        #expect(await register.versions(of: "acme")?.versions.count == 1)
    }

    @Test func nothingIsSentOfAPolicyWithErrorsOrWithoutAKey() async throws {
        let desk = try Desk("policy acme { edition 1 }\nrule r { when nonsense then defer }\n")
        let register = desk.register
        try await StandInServer.run(register, tokens: Self.tokens) { port in
            let faulty = try await desk.push(port: port)
            #expect(faulty.status == 1)
            #expect(faulty.errors.contains("has errors; nothing was sent"))
            try desk.scratch.write("acme/policy.lazaret", Self.policy)
            let unsigned = try await desk.lazaret("push", desk.path("acme"), "--organisation", "acme", port: port)
            #expect(unsigned.status == 2)
            #expect(unsigned.errors.contains("there is no key to sign with"))
        }
        #expect(await register.proposals.isEmpty)
    }

    @Test func aRelayThatLetsNobodyInIsTheEnvironment() async throws {
        let desk = try Desk()
        let register = desk.register
        let port = try await StandInServer.run(register, tokens: Self.tokens) { port in
            let wrong = try await desk.push(port: port, token: "guess")
            #expect(wrong.status == 3)
            #expect(wrong.errors.contains("the relay says: no token that is known here was sent"))
            let reader = try await desk.push("--format", "json", port: port, token: "reading")
            #expect(reader.status == 3)
            #expect(reader.output.contains("the token reader is not for policies:write"))
            let astray = try await desk.lazaret(
                "status", port: port, address: "http://127.0.0.1:\(port)/elsewhere")
            #expect(astray.status == 3)
            #expect(astray.errors.contains("is not one of lazaretd"))
            return port
        }
        #expect(await register.proposals.isEmpty)
        // Now nobody listens there.
        let gone = try await desk.push(port: port)
        #expect(gone.status == 3)
        #expect(gone.errors.contains("connection refused"))
    }

    @Test(arguments: [
        ["--relay", "http://relay.acme.example"], ["--relay", "ftp://127.0.0.1"], ["--relay", "relay"],
        ["--relay", "https://127.0.0.1", "--client-key", "x"], ["--relay", "https://127.0.0.1"],
    ])
    func whatIsNoRelayIsAnErrorOfUsage(_ arguments: [String]) throws {
        #expect(try CommandLine.run(["status"] + arguments).status == 2)
    }

    @Test(.enabled(if: TestAuthority.isAvailable)) func aRelayBehindTLSIsBelievedByItsAuthorityAlone() async throws {
        let desk = try Desk()
        let authority = try TestAuthority()
        let ca = authority.path("ca.pem")
        try await StandInServer.run(desk.register, tokens: Self.tokens, tls: authority.server()) { port in
            let https = "https://localhost:\(port)"
            let good = try await desk.push("--ca", ca, port: port, address: https)
            #expect(good.status == 0, "\(good.errors)")
            let stranger = try await desk.push(port: port, address: https)
            #expect(stranger.status == 3)
            #expect(stranger.errors.contains("its certificate is of no authority that is believed"))
            let name = try await desk.push("--ca", ca, port: port, address: "https://127.0.0.1:\(port)")
            #expect(name.status == 3)
            #expect(name.errors.contains("its certificate is not for this name"), "\(name.errors)")
            let none = try await desk.push("--ca", desk.path("anna.key"), port: port, address: https)
            #expect(none.status == 3)
            #expect(none.errors.contains("it holds no certificates"))
        }
        try await StandInServer.run(
            desk.register, tokens: Self.tokens, tls: authority.server(asksClients: true)
        ) { port in
            let https = "https://localhost:\(port)"
            let shown = try await desk.push(
                "--ca", ca, "--client-certificate", authority.path("client.pem"), "--client-key",
                authority.path("client.key"), port: port, address: https)
            #expect(shown.status == 0, "\(shown.errors)")
            #expect(try await desk.push("--ca", ca, port: port, address: https).status == 3)
        }
        // A relay without TLS, asked for it.
        try await StandInServer.run(desk.register, tokens: Self.tokens) { port in
            let plain = try await desk.push("--ca", ca, port: port, address: "https://localhost:\(port)")
            #expect(plain.status == 3)
            #expect(plain.errors.hasPrefix("lazaret: https://localhost:\(port): "), "\(plain.errors)")
        }
    }
}
