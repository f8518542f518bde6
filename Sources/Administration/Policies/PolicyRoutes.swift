import Acceptance
import Foundation
import Hummingbird
import Synchronization

/// Adds the routes by which policies come to a relay:
///
/// - `POST /api/v1/organisations/{name}/policies?author=…&message=…&mode=active|shadow`, the bundle as the body
/// - `GET  /api/v1/organisations/{name}/policies`
/// - `POST /api/v1/organisations/{name}/policies/rollback?to=…&author=…&message=…`
/// - `GET  /api/v1/status`
///
/// Each asks for a token with the scope for it. Answers are JSON; one that is no success has `error` with `cause` and
/// `cure`, or is a `PolicyOutcome` that says what was refused.
public func addPolicyRoutes<Context: RequestContext>(
    to router: Router<Context>, register: some PolicyRegister, tokens: AccessTokens,
    limits: PolicyRouteLimits = PolicyRouteLimits()
) {
    let routes = PolicyRoutes(register: register, tokens: tokens, limits: limits)
    let policies = router.group("api/v1/organisations/:name/policies")
    policies.post { request, context in
        await answer { () async throws in try await routes.propose(request, context.parameters.get("name")) }
    }
    policies.get { request, context in
        await answer { () async throws in try await routes.versions(request, context.parameters.get("name")) }
    }
    policies.post("rollback") { request, context in
        await answer { () async throws in try await routes.rollBack(request, context.parameters.get("name")) }
    }
    router.get("api/v1/status") { request, _ in
        await answer { () async throws in try await routes.status(request) }
    }
}

/// The answer of a route, whatever came of it.
private func answer(_ route: () async throws -> Response) async -> Response {
    do {
        return try await route()
    } catch let fault as RequestFault {
        var response = PolicyRoutes.json(ExchangeFailure(fault.fault), fault.status)
        if fault.status == .unauthorized { response.headers[.wwwAuthenticate] = "Bearer" }
        return response
    } catch {
        let fault = ExchangeFault(cause: "the request was cut: \(error)", cure: "send it again")
        return PolicyRoutes.json(ExchangeFailure(fault), .badRequest)
    }
}

/// What the routes do. Who may ask is looked at before anything of the body is read.
private final class PolicyRoutes: Sendable {
    private let register: any PolicyRegister
    private let tokens: AccessTokens
    private let limits: PolicyRouteLimits
    private let underWay = Mutex(0)

    init(register: any PolicyRegister, tokens: AccessTokens, limits: PolicyRouteLimits) {
        self.register = register
        self.tokens = tokens
        self.limits = limits
    }

    func propose(_ request: Request, _ name: String?) async throws -> Response {
        let (token, asked) = try authorised(request, name, for: .writePolicies)
        guard enter() else {
            throw RequestFault(
                .serviceUnavailable, "other policies are being tried just now", cure: "send it again in a minute")
        }
        defer { leave() }
        let bundle = try await body(of: request)
        guard !bundle.isEmpty else {
            throw RequestFault.malformed("there is no body", cure: "send the bundle's bytes as the body")
        }
        let outcome = await register.propose(
            PolicyProposal(
                organisation: asked.organisation, bundle: bundle, author: asked.author, token: token.name,
                message: asked.message, isShadow: asked.isShadow))
        return Self.json(outcome, Self.status(of: outcome))
    }

    func versions(_ request: Request, _ name: String?) async throws -> Response {
        let (_, asked) = try authorised(request, name, for: .readPolicies)
        guard let history = await register.versions(of: asked.organisation) else {
            throw RequestFault(
                .notFound, "there is no organisation \(asked.organisation) here", cure: "GET /api/v1/status lists them")
        }
        return Self.json(history, .ok)
    }

    func rollBack(_ request: Request, _ name: String?) async throws -> Response {
        let (token, asked) = try authorised(request, name, for: .writePolicies)
        let outcome = await register.rollBack(
            PolicyRollback(
                organisation: asked.organisation, version: asked.version, author: asked.author, token: token.name,
                message: asked.message))
        return Self.json(outcome, Self.status(of: outcome))
    }

    func status(_ request: Request) async throws -> Response {
        let token = try token(of: request, for: .readStatus)
        var status = await register.status()
        status.organisations = status.organisations.filter { token.covers($0.name) }
        return Self.json(status, .ok)
    }

    // MARK: Who asks

    private func token(of request: Request, for scope: AccessToken.Scope) throws(RequestFault) -> AccessToken {
        guard let token = tokens.token(authorization: request.headers[.authorization]) else {
            throw RequestFault.unauthorized
        }
        guard token.scopes.contains(scope) else { throw RequestFault.forbidden(token, scope.rawValue) }
        return token
    }

    /// An organisation that the token is not for is refused whether it exists or not.
    private func authorised(
        _ request: Request, _ name: String?, for scope: AccessToken.Scope
    ) throws(RequestFault) -> (AccessToken, PolicyRequest) {
        let token = try token(of: request, for: scope)
        let asked = try PolicyRequest(request, organisation: name, tokenName: token.name, limits: limits)
        guard token.covers(asked.organisation) else { throw RequestFault.forbidden(token, asked.organisation) }
        return (token, asked)
    }

    // MARK: What is sent

    private func enter() -> Bool {
        underWay.withLock { count in
            guard count < limits.proposals else { return false }
            count += 1
            return true
        }
    }

    private func leave() { underWay.withLock { $0 -= 1 } }

    private func body(of request: Request) async throws -> [UInt8] {
        let tooLarge = RequestFault(
            .contentTooLarge, "the bundle is larger than \(limits.bundleBytes) bytes",
            cure: "compile it with fewer or smaller mails in its tests")
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limits.bundleBytes {
            throw tooLarge
        }
        var bytes: [UInt8] = []
        for try await piece in request.body {
            guard bytes.count + piece.readableBytes <= limits.bundleBytes else { throw tooLarge }
            bytes += piece.readableBytesView
        }
        return bytes
    }

    // MARK: Answers

    private static func status(of outcome: PolicyOutcome) -> HTTPResponse.Status {
        guard outcome.result == .refused else { return outcome.result == .unchanged ? .ok : .created }
        let kinds = Set(outcome.refusals.map(\.kind))
        return kinds == [.request] ? .notFound : kinds == [.worker] ? .serviceUnavailable : .unprocessableContent
    }

    static func json(_ value: some Encodable, _ status: HTTPResponse.Status) -> Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Encoding fails only for numbers that JSON lacks; none of these types has one.
        let bytes = (try? encoder.encode(value)) ?? Data("{}".utf8)
        return Response(
            status: status, headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
