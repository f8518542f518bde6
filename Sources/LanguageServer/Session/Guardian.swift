/// Stands between the editor and the process that serves it, and knows enough of the conversation to go on with another
/// process when that one ends: a fault in analysing one text must not take the editor's help away for all.
///
/// Only data: whoever runs the processes hands in what arrives and sends what comes out.
public struct Guardian {
    /// What is to be sent.
    public struct Step: Sendable, Equatable {
        /// Whole frames for the serving process, in order.
        public var toServer: [[UInt8]] = []
        /// Whole frames for the editor, in order.
        public var toEditor: [[UInt8]] = []
    }

    private var initialize: JSON?
    private var isInitialized = false
    private var encoding = PositionEncoding.utf16
    private var documents: [String: TextDocument] = [:]
    /// Documents that are not shown to the process until they change: it ended over them.
    private var withheld: Set<String> = []
    private var lastTouched: String?
    /// Requests without an answer, by the text of their ids.
    private var open: [String: JSON] = [:]
    /// Whether the next answer to `initialize` was asked for by us.
    private var isReplaying = false
    private let limits: EditorLimits

    /// Whether the editor has said `exit`, so that the process ends as it should.
    public private(set) var isExiting = false

    /// Makes a guardian of a conversation that has not begun.
    public init(limits: EditorLimits = EditorLimits()) { self.limits = limits }

    private static func key(_ id: JSON) -> String { String(decoding: id.bytes, as: UTF8.self) }

    /// Takes a message of the editor.
    public mutating func fromEditor(_ bytes: [UInt8]) -> Step {
        guard let json = try? JSONReader.read(bytes, nesting: limits.messageNesting) else {
            return Step(toServer: [FrameWriter.frame(bytes)])
        }
        var passed = json
        switch ProtocolMessage(json) {
        case .request(let id, let method, let parameters):
            open[Self.key(id)] = id
            if method == "initialize", initialize == nil { initialize = json }
            touch(parameters)
        case .notification(let method, let parameters):
            guard let changed = noted(method, parameters, json) else { return Step() }
            passed = changed
        case .response, .faulty: break
        }
        return Step(toServer: [passed == json ? FrameWriter.frame(bytes) : FrameWriter.frame(passed)])
    }

    private mutating func touch(_ parameters: JSON) {
        if let uri = parameters["textDocument"]?["uri"]?.string { lastTouched = DocumentURI.path(uri) }
    }

    /// Keeps the texts as the editor has them; gives what the process is to be told, if anything.
    private mutating func noted(_ method: String, _ parameters: JSON, _ json: JSON) -> JSON? {
        let document = parameters["textDocument"]
        let path = document?["uri"]?.string.map(DocumentURI.path)
        switch method {
        case "initialized": isInitialized = true
        case "exit": isExiting = true
        case "textDocument/didOpen":
            guard let path, let uri = document?["uri"]?.string, let text = document?["text"]?.string else { break }
            documents[path] = TextDocument(uri: uri, version: document?["version"]?.int ?? 0, text: text)
            withheld.remove(path)
            lastTouched = path
        case "textDocument/didChange":
            guard let path, documents[path] != nil else { break }
            documents[path]?.apply(
                parameters["contentChanges"]?.array ?? [], version: document?["version"]?.int ?? 0, encoding)
            lastTouched = path
            if withheld.remove(path) != nil { return documents[path].map(Self.opening) }
        case "textDocument/didClose":
            guard let path else { break }
            documents[path] = nil
            if withheld.remove(path) != nil { return nil }
        default: break
        }
        return json
    }

    private static func opening(_ document: TextDocument) -> JSON {
        let item: JSON = [
            "uri": .string(document.uri), "languageId": "lazaret", "version": .int(document.version),
            "text": .string(String(decoding: document.bytes, as: UTF8.self)),
        ]
        return ServerMessage.notification("textDocument/didOpen", ["textDocument": item])
    }

    /// Takes a message of the process.
    public mutating func fromServer(_ bytes: [UInt8]) -> Step {
        // Diagnostics and answers alike are passed on as they are; only ids and the agreed encoding are noted.
        guard let json = try? JSONReader.read(bytes, nesting: limits.messageNesting), json["method"] == nil,
            let id = json["id"]
        else { return Step(toEditor: [FrameWriter.frame(bytes)]) }
        if let agreed = json["result"]?["capabilities"]?["positionEncoding"]?.string {
            encoding = PositionEncoding(rawValue: agreed) ?? .utf16
            if isReplaying {
                isReplaying = false
                return Step()
            }
        }
        open[Self.key(id)] = nil
        return Step(toEditor: [FrameWriter.frame(bytes)])
    }

    /// What another process is to be told when the one at work has ended: the conversation so far, without the text
    /// that was looked at last. Open requests are answered with a fault.
    public mutating func serverEnded() -> Step {
        var step = Step()
        for key in open.keys.sorted() {
            guard let id = open[key] else { continue }
            let fault = RequestFault(code: -32603, message: "the analysis ended unexpectedly")
            step.toEditor.append(FrameWriter.frame(ServerMessage.fault(fault, of: id)))
        }
        open = [:]
        guard let initialize else { return step }
        if let lastTouched, documents[lastTouched] != nil { withheld.insert(lastTouched) }
        let names = withheld.sorted().map(DocumentURI.name).joined(separator: ", ")
        let words: JSON = [
            "type": 2,
            "message": .string("lazaret: the analysis ended unexpectedly; \(names) rests until it is changed"),
        ]
        step.toEditor.append(FrameWriter.frame(ServerMessage.notification("window/showMessage", words)))
        isReplaying = true
        step.toServer.append(FrameWriter.frame(initialize))
        if isInitialized {
            step.toServer.append(FrameWriter.frame(ServerMessage.notification("initialized", [:])))
        }
        for path in documents.keys.sorted() where !withheld.contains(path) {
            if let document = documents[path] { step.toServer.append(FrameWriter.frame(Self.opening(document))) }
        }
        return step
    }
}
