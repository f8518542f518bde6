import Acceptance
import Administration
import Cryptography
import Foundation
import FoundationNetworking
import StandInRelay
import Testing

/// The routes about policies, asked by an HTTP client over loopback. What is in a bundle is looked at by the tests of
/// `Acceptance` and of `lazaret push`; here none is one.
@Suite(.timeLimit(.minutes(5))) struct PolicyRouteTests {
    private static func token(
        _ secret: String, _ scopes: Set<AccessToken.Scope>, _ organisations: Set<String>? = nil
    ) -> AccessToken {
        AccessToken(
            name: secret + "'s", digest: .hash(Array(secret.utf8)), scopes: scopes, organisations: organisations)
    }

    private static let tokens = [
        token("all", Set(AccessToken.Scope.allCases)), token("reader", [.readPolicies, .readStatus], ["acme"]),
        token("other", Set(AccessToken.Scope.allCases), ["other"]),
    ]

    private struct Reply: Sendable {
        let status: Int
        let type: String?
        let challenge: String?
        let data: Data

        var fault: ExchangeFault? { try? JSONDecoder().decode(ExchangeFailure.self, from: data).error }
        var outcome: PolicyOutcome? { try? JSONDecoder().decode(PolicyOutcome.self, from: data) }
    }

    private static func ask(
        _ port: Int, _ method: String, _ path: String, token: String? = "all", body: Data? = nil
    ) async throws -> Reply {
        let url = try #require(URL(string: "http://127.0.0.1:\(port)/api/v1/\(path)"))
        var request = URLRequest(url: url)
        request.httpMethod = method
        request.httpBody = body
        if let token { request.setValue("Bearer \(token)", forHTTPHeaderField: "Authorization") }
        let (data, response) = try await URLSession.shared.data(for: request)
        let head = try #require(response as? HTTPURLResponse)
        return Reply(
            status: head.statusCode, type: head.value(forHTTPHeaderField: "Content-Type"),
            challenge: head.value(forHTTPHeaderField: "WWW-Authenticate"), data: data)
    }

    private func serve(
        _ register: StandInRegister = StandInRegister(trusted: [], worker: nil),
        limits: PolicyRouteLimits = PolicyRouteLimits(), _ body: @escaping @Sendable (Int) async throws -> Void
    ) async throws {
        try await StandInServer.run(register, tokens: Self.tokens, limits: limits) { port in try await body(port) }
    }

    private static let routes = [
        ("POST", "organisations/acme/policies"), ("GET", "organisations/acme/policies"),
        ("POST", "organisations/acme/policies/rollback"), ("GET", "status"),
    ]

    @Test func nobodyIsLetInWithoutAToken() async throws {
        let register = StandInRegister(trusted: [], worker: nil)
        try await serve(register) { port in
            for (method, path) in Self.routes {
                for token in [nil, "wrong"] {
                    let reply = try await Self.ask(
                        port, method, path, token: token, body: method == "POST" ? Data("x".utf8) : nil)
                    #expect(reply.status == 401)
                    #expect(reply.challenge == "Bearer")
                    #expect(reply.type == "application/json")
                    #expect(reply.fault?.cause == "no token that is known here was sent")
                    #expect(reply.fault?.cure.isEmpty == false)
                }
            }
        }
        #expect(await register.proposals.isEmpty)
    }

    @Test func scopesAndOrganisationsAreKept() async throws {
        let register = StandInRegister(trusted: [], worker: nil)
        try await serve(register) { port in
            for (method, path) in Self.routes {
                let isWrite = method == "POST"
                let body = isWrite ? Data("x".utf8) : nil
                let reader = try await Self.ask(port, method, path, token: "reader", body: body)
                #expect(reader.status == (isWrite ? 403 : 200), "\(path)")
                let other = try await Self.ask(port, method, path, token: "other", body: body)
                #expect(other.status == (path == "status" ? 200 : 403), "\(path)")
            }
            // Whether an organisation exists is not told to those who may not ask.
            let unknown = try await Self.ask(port, "GET", "organisations/nobody/policies", token: "other")
            #expect(unknown.fault?.cause == "the token other's is not for nobody")
            let status = try await Self.ask(port, "GET", "status", token: "other")
            #expect(try JSONDecoder().decode(PoliciesInForce.self, from: status.data).organisations.isEmpty)
        }
        #expect(await register.proposals.isEmpty)
    }

    @Test func aProposalReachesTheRegisterAsItWasSent() async throws {
        let register = StandInRegister(trusted: [], worker: nil)
        let body = Data((0..<100_000).map { UInt8(truncatingIfNeeded: $0) })
        try await serve(register) { port in
            let query = "?author=Anna%20M.&message=caf%C3%A9%0Aand%20more&mode=shadow"
            let reply = try await Self.ask(port, "POST", "organisations/acme/policies" + query, body: body)
            #expect(reply.status == 422)
            #expect(reply.outcome?.result == .refused)
            #expect(reply.outcome?.refusals.map(\.kind) == [.bundle])
            let plain = try await Self.ask(port, "POST", "organisations/no%20one/policies", body: body)
            #expect(plain.status == 404)
            #expect(plain.outcome?.refusals.map(\.kind) == [.request])
        }
        #expect(
            await register.proposals == [
                PolicyProposal(
                    organisation: "acme", bundle: Array(body), author: "Anna M.", token: "all's",
                    message: "café\nand more", isShadow: true),
                PolicyProposal(
                    organisation: "no one", bundle: Array(body), author: "all's", token: "all's", message: "",
                    isShadow: false),
            ])
    }

    @Test func whatIsNoRequestIsToldWhy() async throws {
        var limits = PolicyRouteLimits()
        limits.bundleBytes = 1000
        limits.textCharacters = 10
        let register = StandInRegister(trusted: [], worker: nil)
        try await serve(register, limits: limits) { port in
            // Path, bytes of the body, status, cause.
            let cases: [(String, Int, Int, String?)] = [
                ("", 1000, 422, nil), ("", 1001, 413, "the bundle is larger than 1000 bytes"),
                ("", 0, 400, "there is no body"), ("?author=1234567890", 1, 422, nil),
                ("?author=12345678901", 1, 400, "author is longer than 10 characters"),
                ("?message=12345678901", 1, 400, "message is longer than 10 characters"),
                ("?message=a%1B%5B2J", 1, 400, "message holds control characters"),
                ("?mode=both", 1, 400, "mode is neither active nor shadow"),
                ("/rollback?to=0", 1, 400, "to is no version's number"),
                ("/rollback?to=-1", 1, 400, "to is no version's number"),
                ("/rollback?to=x", 1, 400, "to is no version's number"),
                ("/rollback?to=", 1, 400, "to is no version's number"), ("/rollback?to=7", 1, 404, nil),
            ]
            for (path, bytes, status, cause) in cases {
                let body = Data(repeating: 65, count: bytes)
                let reply = try await Self.ask(port, "POST", "organisations/acme/policies" + path, body: body)
                #expect(reply.status == status, "\(path)")
                #expect(reply.fault?.cause == cause, "\(path)")
            }
        }
    }

    @Test func onlySomeBundlesAreTriedAtOnce() async throws {
        var limits = PolicyRouteLimits()
        limits.proposals = 0
        try await serve(limits: limits) { port in
            let reply = try await Self.ask(port, "POST", "organisations/acme/policies", body: Data("x".utf8))
            #expect(reply.status == 503)
            #expect(reply.fault?.cause == "other policies are being tried just now")
        }
        limits.proposals = 1
        try await serve(limits: limits) { port in
            for _ in 0..<3 {
                // Each leaves room for the next.
                let reply = try await Self.ask(port, "POST", "organisations/acme/policies", body: Data("x".utf8))
                #expect(reply.status == 422)
            }
        }
    }

    @Test func anUnknownOrganisationHasNoVersions() async throws {
        try await serve { port in
            #expect(try await Self.ask(port, "GET", "organisations/nobody/policies").status == 404)
            let history = try await Self.ask(port, "GET", "organisations/acme/policies")
            #expect(
                try JSONDecoder().decode(PolicyHistory.self, from: history.data)
                    == PolicyHistory(organisation: "acme", versions: []))
        }
    }
}
