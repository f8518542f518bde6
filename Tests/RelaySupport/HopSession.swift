import Foundation
import Glibc

/// One connection to a scripted hop, on a thread of its own.
struct HopSession {
    /// The session is at its end, by the script or the client.
    private struct Over: Error {}

    let record: HopRecord
    let wire: Wire
    let number: Int
    private var greeting = ""
    private var isTLS = false
    private var xforward: [String: String] = [:]
    private var transaction: HopTransaction?
    private var id = 0
    /// How long a client may keep silent.
    private static let patience: Double = 120

    init(record: HopRecord, wire: Wire, number: Int) {
        self.record = record
        self.wire = wire
        self.number = number
    }

    mutating func run() {
        do {
            try answer(.connect, nil, "220 hop.example ESMTP")
            while true { try take(String(decoding: wire.line(within: Self.patience), as: UTF8.self)) }
        } catch {
            end(.abandoned)
        }
    }

    private mutating func take(_ line: String) throws {
        record.note("\(number)> \(line)")
        let words = line.split(separator: " ", maxSplits: 1).map(String.init)
        let rest = words.count > 1 ? words[1] : ""
        switch words.first?.uppercased() ?? "" {
        case "EHLO", "LHLO", "HELO": try hello(rest)
        case "STARTTLS": try startTLS()
        case "XFORWARD": try forward(rest)
        case "MAIL": try mail(rest)
        case "RCPT": try recipient(rest)
        case "DATA": try data()
        case "BDAT": try chunk(rest)
        case "RSET":
            end(.abandoned)
            try answer(.rset, nil, "250 2.0.0 forgotten")
        case "NOOP": try say("250 2.0.0 still here")
        case "QUIT":
            end(.abandoned)
            try answer(.quit, nil, "221 2.0.0 bye")
            throw Over()
        default: try say("500 5.5.2 no such command")
        }
    }

    // MARK: Commands

    private mutating func hello(_ name: String) throws {
        end(.abandoned)
        greeting = name
        let script = record.state.withLock { $0.script }
        var lines = ["hop.example"] + script.extensions
        if script.certificate != nil, !isTLS { lines.append("STARTTLS") }
        try answer(.hello, nil, lines.map { "250 \($0)" }.joined(separator: "\n"))
    }

    private mutating func startTLS() throws {
        guard let certificate = record.state.withLock({ $0.script.certificate }) else {
            return try say("502 5.5.1 not offered")
        }
        guard try answer(.startTLS, nil, "220 2.0.0 go ahead") else { return }
        try wire.secure(as: certificate)
        isTLS = true
        greeting = ""
        xforward = [:]
        end(.abandoned)
    }

    private mutating func forward(_ rest: String) throws {
        for word in rest.split(separator: " ") {
            let pieces = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            if pieces.count == 2 { xforward[pieces[0]] = pieces[1] }
        }
        try answer(.xforward, nil, "250 2.0.0 noted")
    }

    private mutating func mail(_ rest: String) throws {
        let (address, parameters) = Self.path(rest)
        let begun = HopTransaction(
            session: number, greeting: greeting, isTLS: isTLS, xforward: xforward, sender: address,
            parameters: parameters)
        id = record.begin(begun)
        transaction = begun
        if try !answer(.mail, address, "250 2.1.0 fine") { end(.refused) }
    }

    private mutating func recipient(_ rest: String) throws {
        guard transaction != nil else { return try say("503 5.5.1 MAIL first") }
        let (address, parameters) = Self.path(rest)
        change { $0.recipients.append(.init(address: address, parameters: parameters, code: 0)) }
        let act = record.act(.rcpt, address) ?? .reply("250 2.1.5 fine")
        change { $0.recipients[$0.recipients.count - 1].code = act.code ?? 0 }
        try perform(act)
    }

    private mutating func data() throws {
        guard let accepted = acceptedRecipients, !accepted.isEmpty else {
            return try say(transaction == nil ? "503 5.5.1 MAIL first" : "554 5.5.1 no valid recipients")
        }
        let act = record.act(.data, nil)
        if case .cut(let count) = act {
            try say("354 go ahead")
            return try cut(after: count)
        }
        let goesOn = try perform(act ?? .reply("354 go ahead"), positive: 3)
        guard goesOn else { return end(.refused) }
        let content = try HopContent(wire: wire, patience: Self.patience).undotted()
        change { $0.content = content }
        try finish()
    }

    private mutating func chunk(_ rest: String) throws {
        let words = rest.split(separator: " ")
        guard let size = words.first.flatMap({ Int($0) }) else { return try say("501 5.5.4 how many bytes?") }
        let bytes = try wire.exactly(size, within: Self.patience)
        guard let accepted = acceptedRecipients, !accepted.isEmpty else {
            return try say(transaction == nil ? "503 5.5.1 MAIL first" : "554 5.5.1 no valid recipients")
        }
        change {
            $0.content += bytes
            $0.usedChunks = true
        }
        guard words.count > 1 else {
            try answer(.chunk, nil, "250 2.0.0 \(size) bytes")
            return
        }
        try finish()
    }

    // MARK: The end of a message

    private var acceptedRecipients: [Int]? {
        transaction.map { transaction in
            transaction.recipients.indices.filter { transaction.recipients[$0].code / 100 == 2 }
        }
    }

    /// The message is whole: one reply, in LMTP one for each recipient that was accepted.
    private mutating func finish() throws {
        let accepted = acceptedRecipients ?? []
        let usual = "250 2.0.0 taken"
        let replies: [(recipients: [Int], act: HopAct)] =
            record.state.withLock { $0.script.isLMTP }
            ? accepted.map { ([$0], act(atEndFor: transaction?.recipients[$0].address, usual)) }
            : [(accepted, act(atEndFor: nil, usual))]
        for (index, (recipients, act)) in replies.enumerated() {
            let isLast = index == replies.count - 1
            try pause(act)
            // Recorded before the reply, so that who has read the reply finds the record.
            change { transaction in
                for recipient in recipients { transaction.recipients[recipient].finalCode = act.code }
                if isLast { transaction.outcome = Self.outcome(transaction) }
            }
            // From here on nothing that the client does changes what is recorded.
            if isLast { transaction = nil }
            try perform(act, isPaused: true)
        }
    }

    private func act(atEndFor address: String?, _ usual: String) -> HopAct {
        record.act(.endOfData, address) ?? .reply(usual)
    }

    private static func outcome(_ transaction: HopTransaction) -> HopTransaction.Outcome {
        let codes = transaction.recipients.compactMap(\.finalCode)
        if codes.contains(where: { $0 / 100 == 2 }) { return .delivered }
        return codes.isEmpty ? .unanswered : .refused
    }

    private mutating func cut(after count: Int) throws {
        let bytes = try wire.exactly(count, within: Self.patience)
        change {
            $0.content = bytes
            $0.outcome = .cut
        }
        transaction = nil
        wire.reset()
        throw Over()
    }

    private mutating func end(_ outcome: HopTransaction.Outcome) {
        guard transaction != nil else { return }
        change { $0.outcome = outcome }
        transaction = nil
    }

    private mutating func change(_ body: (inout HopTransaction) -> Void) {
        guard var changed = transaction else { return }
        body(&changed)
        transaction = changed
        record.update(id) { $0 = changed }
    }

    // MARK: Acts

    /// - Returns: whether the answer is 2xx.
    @discardableResult
    private func answer(_ stage: HopStage, _ address: String?, _ usual: String) throws -> Bool {
        try perform(record.act(stage, address) ?? .reply(usual))
    }

    @discardableResult
    private func perform(_ act: HopAct, positive: Int = 2, isPaused: Bool = false) throws -> Bool {
        switch act {
        case .reply(let text):
            try say(text)
            return act.code.map { $0 / 100 } == positive
        case .replyThenClose(let text):
            try say(text)
            throw Over()
        case .wait(_, let then):
            if !isPaused { try pause(act) }
            return try perform(then, positive: positive, isPaused: isPaused)
        case .silence:
            while !record.isStopped, !wire.waitForEnd(within: 0.5) {}
            throw Over()
        case .close: throw Over()
        case .reset, .cut:
            wire.reset()
            throw Over()
        }
    }

    /// The seconds that an act begins with. They go by though the client leaves: a late reply is written into the void.
    private func pause(_ act: HopAct) throws {
        guard case .wait(let seconds, let then) = act else { return }
        let deadline = Deadline(seconds)
        while !deadline.isOver {
            guard !record.isStopped else { throw Over() }
            usleep(5_000)
        }
        try pause(then)
    }

    private func say(_ text: String) throws {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        for (index, line) in lines.enumerated() {
            let isLast = index == lines.count - 1
            let written = isLast ? line : "\(line.prefix(3))-\(line.dropFirst(4))"
            record.note("\(number)< \(written)")
            try wire.write(written + "\r\n")
        }
    }

    /// `FROM:<a@b> SIZE=1` to `a@b` and its parameters.
    private static func path(_ rest: String) -> (address: String, parameters: [String]) {
        guard let open = rest.firstIndex(of: "<") else { return (rest, []) }
        // A quoted local part may have a `>`; the path ends at the last one before a blank.
        let tail = rest[rest.index(after: open)...]
        guard let close = tail.range(of: "> ")?.lowerBound ?? tail.lastIndex(of: ">") else { return (rest, []) }
        let parameters = tail[tail.index(after: close)...].split(separator: " ").map(String.init)
        return (String(tail[..<close]), parameters)
    }
}
