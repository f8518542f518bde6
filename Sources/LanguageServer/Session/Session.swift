import Diagnostics
import Syntax
import Vocabulary

/// One conversation with an editor: takes messages one after another and gives the answers. No thread, no clock and no
/// pipe is known here, so that a test can replay a conversation exactly.
final class Session {
    enum State: Equatable {
        case fresh
        case running
        case shutDown
    }

    let desk: Desk
    let limits: EditorLimits
    let patterns: any PatternChecker
    let suffixes: (any PublicSuffixReader)?
    let version: String
    /// The URI of the page that explains diagnostics, where there is one.
    let diagnosticsPage: String?
    private(set) var state = State.fresh
    /// The process's exit status once the conversation is over.
    private(set) var exitStatus: Int32?
    var encoding = PositionEncoding.utf16
    var client = ClientAbilities()
    /// The last check of each policy, by its root.
    var outcomes: [String: CheckOutcome] = [:]
    /// Policies that changed since their check began.
    private(set) var due: Set<String> = []
    private(set) var outbox: [JSON] = []
    /// What the editor shows of each file.
    private var published: [String: JSON] = [:]

    init(
        files: any DeskFiles, modulePaths: [String], patterns: any PatternChecker,
        suffixes: (any PublicSuffixReader)? = nil, version: String,
        diagnosticsPage: String?, limits: EditorLimits
    ) {
        desk = Desk(files: files, modulePaths: modulePaths, limits: limits)
        self.limits = limits
        self.patterns = patterns
        self.suffixes = suffixes
        self.version = version
        self.diagnosticsPage = diagnosticsPage
    }

    // MARK: Messages

    /// Takes the bytes of one message.
    func receive(_ bytes: [UInt8]) {
        guard let json = try? JSONReader.read(bytes, nesting: limits.messageNesting) else {
            return outbox.append(ServerMessage.fault(.parseError, of: .null))
        }
        receive(ProtocolMessage(json))
    }

    func receive(_ message: ProtocolMessage) {
        switch message {
        case .response: break
        case .faulty(let id): outbox.append(ServerMessage.fault(.noRequest, of: id))
        case .notification(let method, let parameters): notified(method, parameters)
        case .request(let id, let method, let parameters):
            do throws(RequestFault) {
                outbox.append(ServerMessage.result(try answer(method, parameters), of: id))
            } catch {
                outbox.append(ServerMessage.fault(error, of: id))
            }
        }
    }

    /// Answers a request that the editor has taken back.
    func refuseCancelled(_ id: JSON) { outbox.append(ServerMessage.fault(.cancelled, of: id)) }

    /// What is to be sent, in order.
    func takeOutbox() -> [JSON] {
        defer { outbox = [] }
        return outbox
    }

    private func answer(_ method: String, _ parameters: JSON) throws(RequestFault) -> JSON {
        if method == "initialize" {
            guard state == .fresh else { throw RequestFault(code: -32600, message: "`initialize` comes once") }
            state = .running
            return initialize(parameters)
        }
        switch state {
        case .fresh: throw .notInitialized
        case .shutDown: throw .shutDown
        case .running: break
        }
        if method == "shutdown" {
            state = .shutDown
            return .null
        }
        guard let feature = Self.features[method] else { throw .unknownMethod(method) }
        return try feature(self, parameters)
    }

    private func notified(_ method: String, _ parameters: JSON) {
        if method == "exit" {
            exitStatus = state == .shutDown ? 0 : 1
            return
        }
        guard state == .running else { return }
        switch method {
        case "textDocument/didOpen": opened(parameters["textDocument"] ?? .null)
        case "textDocument/didChange":
            guard let uri = parameters["textDocument"]?["uri"]?.string else { return }
            let path = DocumentURI.path(uri)
            let version = parameters["textDocument"]?["version"]?.int ?? 0
            desk.change(path, parameters["contentChanges"]?.array ?? [], version: version, encoding)
            changed(path)
        case "textDocument/didSave":
            if let uri = parameters["textDocument"]?["uri"]?.string { changed(DocumentURI.path(uri)) }
        case "textDocument/didClose":
            guard let uri = parameters["textDocument"]?["uri"]?.string else { return }
            closed(DocumentURI.path(uri))
        case "workspace/didChangeWatchedFiles":
            for change in parameters["changes"]?.array ?? [] {
                guard let uri = change["uri"]?.string else { continue }
                desk.forget(DocumentURI.path(uri))
            }
            desk.forgetViews()
            for path in desk.documents.keys { changed(path) }
        default: break
        }
    }

    private func opened(_ document: JSON) {
        guard let uri = document["uri"]?.string, let text = document["text"]?.string else { return }
        let path = DocumentURI.path(uri)
        guard desk.open(TextDocument(uri: uri, version: document["version"]?.int ?? 0, text: text)) else {
            let words: JSON = [
                "type": 2,
                "message": .string("more than \(limits.openDocuments) documents are open; \(uri) is not read"),
            ]
            return outbox.append(ServerMessage.notification("window/logMessage", words))
        }
        desk.forgetViews()
        changed(path)
    }

    private func closed(_ path: String) {
        let root = knownRoot(path)
        desk.close(path)
        desk.forgetViews()
        // A policy none of whose files is open any more is nobody's concern.
        if !desk.documents.keys.contains(where: { knownRoot($0) == root }) {
            outcomes[root] = nil
            due.remove(root)
            publish()
        } else {
            due.insert(root)
        }
        roots[path] = nil
    }

    // MARK: Checks

    /// The policies of open documents, as they were when last asked.
    private var roots: [String: String] = [:]

    private func knownRoot(_ path: String) -> String { roots[path] ?? desk.root(of: path, recent: true) }

    /// Notes what has to be checked again. Nothing is parsed here: a keystroke must cost nothing.
    private func changed(_ path: String) {
        due.insert(roots[path] ?? path)
        for (root, outcome) in outcomes where outcome.holds(path) { due.insert(root) }
    }

    /// The checks that are due, as values to be run anywhere.
    func takeDueChecks() -> [CheckRun] {
        let paths = due
        due = []
        roots = desk.roots(of: desk.documents.keys, recent: true)
        let open = Set(roots.values)
        // A file that joined or left a policy changes the one it was in and the one it is in.
        for root in outcomes.keys where !open.contains(root) { outcomes[root] = nil }
        let changedRoots = Set(paths.map { roots[$0] ?? $0 }).intersection(open)
        if changedRoots.isEmpty { publish() }
        return changedRoots.sorted().map { desk.check(of: $0) }
    }

    /// Takes a check's outcome under the root it was asked for.
    func finish(_ outcome: CheckOutcome) {
        for file in outcome.parsed {
            desk.adopt(file, version: outcome.versions[file.path] ?? 0)
        }
        // A header that came or went moves the file to another policy.
        let present = desk.roots(of: outcome.parsed.map(\.path), recent: true)
        for file in outcome.parsed where present[file.path] != outcome.key { due.insert(file.path) }
        outcomes[outcome.key] = outcome
        desk.forgetViews()
        publish()
    }

    /// Runs every check that is due, at once; a second round where the first moved a file to another policy.
    func settle() {
        for _ in 0..<3 where !due.isEmpty {
            for check in takeDueChecks() { finish(check.run(patterns, suffixes)) }
        }
    }

    /// Sends each file's diagnostics, those of a file that has none any more as an empty list once.
    private func publish() {
        var byPath: [String: [JSON]] = [:]
        var order: [String] = []
        for root in outcomes.keys.sorted() {
            guard let outcome = outcomes[root] else { continue }
            let writer = DiagnosticWriter(outcome: outcome, encoding: encoding, page: diagnosticsPage)
            for path in outcome.paths where byPath[path] == nil {
                byPath[path] = []
                order.append(path)
            }
            for diagnostic in outcome.diagnostics {
                guard let path = outcome.path(diagnostic.primary.span.file) else { continue }
                let json = writer.json(diagnostic)
                if byPath[path]?.contains(json) != true { byPath[path, default: []].append(json) }
            }
        }
        var told: [String: JSON] = [:]
        for path in order {
            let list = byPath[path] ?? []
            guard !list.isEmpty || desk.documents[path] != nil || published[path] != nil else { continue }
            let parameters = diagnosticsParameters(list, for: path)
            if published[path] != parameters { send(parameters) }
            if !list.isEmpty || desk.documents[path] != nil { told[path] = parameters }
        }
        for path in published.keys.sorted() where byPath[path] == nil { send(diagnosticsParameters([], for: path)) }
        published = told
    }

    private func diagnosticsParameters(_ diagnostics: [JSON], for path: String) -> JSON {
        JSON.of([
            "uri": .string(uri(path)), "diagnostics": .array(diagnostics),
            "version": desk.documents[path].map { .int($0.version) },
        ])
    }

    private func send(_ parameters: JSON) {
        outbox.append(ServerMessage.notification("textDocument/publishDiagnostics", parameters))
    }
}
