/// A message of the editor, as far as JSON-RPC goes.
enum ProtocolMessage: Sendable {
    case request(id: JSON, method: String, JSON)
    case notification(method: String, JSON)
    /// An answer to a request of ours; there are none to wait for.
    case response
    /// JSON that is no message; the id is told where one can be read.
    case faulty(id: JSON)

    init(_ json: JSON) {
        let id = json["id"]
        guard case .object = json, json["jsonrpc"]?.string == "2.0" else {
            self = .faulty(id: id ?? .null)
            return
        }
        guard let method = json["method"]?.string else {
            self = id != nil && (json["result"] != nil || json["error"] != nil) ? .response : .faulty(id: id ?? .null)
            return
        }
        let parameters = json["params"] ?? .object([:])
        switch id {
        case .none: self = .notification(method: method, parameters)
        case .some(.int), .some(.string): self = .request(id: id ?? .null, method: method, parameters)
        case .some: self = .faulty(id: .null)
        }
    }
}

/// Why a request has no result.
struct RequestFault: Error {
    let code: Int
    let message: String

    static let parseError = RequestFault(code: -32700, message: "the message is no JSON")
    static let noRequest = RequestFault(code: -32600, message: "this is no JSON-RPC 2.0 message")
    static let notInitialized = RequestFault(code: -32002, message: "`initialize` comes first")
    static let shutDown = RequestFault(code: -32600, message: "the server was asked to shut down")
    static let cancelled = RequestFault(code: -32800, message: "the request was cancelled")
    static func unknownMethod(_ name: String) -> RequestFault {
        RequestFault(code: -32601, message: "there is no method `\(name)`")
    }
    static func parameters(_ what: String) -> RequestFault { RequestFault(code: -32602, message: what) }
    /// What the author asked for cannot be done, in words for the author.
    static func refused(_ why: String) -> RequestFault { RequestFault(code: -32803, message: why) }
}

/// The messages the server writes.
enum ServerMessage {
    static func result(_ value: JSON, of id: JSON) -> JSON { ["jsonrpc": "2.0", "id": id, "result": value] }

    static func fault(_ fault: RequestFault, of id: JSON) -> JSON {
        ["jsonrpc": "2.0", "id": id, "error": ["code": .int(fault.code), "message": .string(fault.message)]]
    }

    static func notification(_ method: String, _ parameters: JSON) -> JSON {
        ["jsonrpc": "2.0", "method": .string(method), "params": parameters]
    }
}
