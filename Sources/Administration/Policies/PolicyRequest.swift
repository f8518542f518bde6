import Acceptance
import Foundation
import Hummingbird

/// What stands in the path and the query of a request about policies, looked at.
struct PolicyRequest {
    var organisation: String
    var author: String
    var message: String
    var isShadow: Bool
    var version: Int?

    /// - Throws: `RequestFault` where something is no value for its place.
    init(
        _ request: Request, organisation: String?, tokenName: String, limits: PolicyRouteLimits
    ) throws(RequestFault) {
        guard let name = organisation?.removingPercentEncoding, !name.isEmpty else {
            throw .malformed(
                "no organisation is named", cure: "name it in the path: /api/v1/organisations/NAME/policies")
        }
        self.organisation = name
        let query = request.uri.queryParameters
        author = try Self.text("author", query["author"], limits) ?? tokenName
        message = try Self.text("message", query["message"], limits) ?? ""
        switch query["mode"] {
        case nil, "active": isShadow = false
        case "shadow": isShadow = true
        case .some: throw .malformed("mode is neither active nor shadow", cure: "give one of them, or leave it out")
        }
        if let text = query["to"] {
            guard let number = Int(text), number > 0 else {
                throw .malformed("to is no version's number", cure: "GET …/policies lists them")
            }
            version = number
        }
    }

    private static func text(
        _ name: String, _ value: Substring?, _ limits: PolicyRouteLimits
    ) throws(RequestFault) -> String? {
        guard let value, !value.isEmpty else { return nil }
        guard value.count <= limits.textCharacters else {
            throw .malformed("\(name) is longer than \(limits.textCharacters) characters", cure: "say it in fewer")
        }
        // It is shown in terminals and logs.
        guard value.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control || $0 == "\n" }) else {
            throw .malformed("\(name) holds control characters", cure: "leave them out")
        }
        return String(value)
    }
}

/// A request that is not carried out.
struct RequestFault: Error {
    let status: HTTPResponse.Status
    let fault: ExchangeFault

    init(_ status: HTTPResponse.Status, _ cause: String, cure: String) {
        self.status = status
        fault = ExchangeFault(cause: cause, cure: cure)
    }

    static func malformed(_ cause: String, cure: String) -> RequestFault {
        RequestFault(.badRequest, cause, cure: cure)
    }

    static let unauthorized = RequestFault(
        .unauthorized, "no token that is known here was sent",
        cure: "send `Authorization: Bearer TOKEN` with one whose SHA-256 is in the relay's settings")

    static func forbidden(_ token: AccessToken, _ what: String) -> RequestFault {
        RequestFault(
            .forbidden, "the token \(token.name) is not for \(what)", cure: "use one that the settings allow it")
    }
}
