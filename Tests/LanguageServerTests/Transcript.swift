import Foundation
import Lexical
import Vocabulary

@testable import LanguageServer

/// Files that are only in memory, below `/desk`, and the checkout's own, which the session sees below `/PACKAGE`: where a
/// checkout lies would else decide the order of files and the folds of lines.
struct FilesInMemory: DeskFiles {
    var texts: [String: String] = [:]

    static let checkout = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    static let package = "/PACKAGE"

    func names(in folder: String) -> [String] {
        let base = folder + "/"
        let inside = texts.keys.filter { $0.hasPrefix(base) }.map { $0.dropFirst(base.count) }
        let here = Set(inside.map { String($0.prefix { $0 != "/" }) })
        return here.isEmpty ? DiskFiles().names(in: onDisk(folder)).sorted() : here.sorted()
    }
    func read(_ path: String) -> [UInt8]? { texts[path].map { Array($0.utf8) } ?? DiskFiles().read(onDisk(path)) }
    func stamp(_ path: String) -> UInt64? {
        texts[path].map { UInt64($0.utf8.count) } ?? DiskFiles().stamp(onDisk(path))
    }
    func resolved(_ path: String) -> String { path }

    private func onDisk(_ path: String) -> String {
        path.hasPrefix(Self.package + "/") ? Self.checkout.path + path.dropFirst(Self.package.count) : path
    }
}

/// A conversation as a golden file has it: what the editor does, and under it what the server answered.
///
///     disk PATH / open PATH        the indented lines below are its text (`\r` and `\u{…}` as in Swift)
///     change PATH "old" "new"      the first `old` becomes `new`
///     start                        `initialize`, without the answer
///     close PATH, settle           settle: the checks that are due
///     --> method PATH "a|b" {…}    a request with the cursor at `|`; the object adds parameters
///     <-- …                        an answer; written by RECORD_GOLDEN=1
final class Transcript {
    private var files = FilesInMemory()
    private let session: Session
    private var texts: [String: String] = [:]
    private var number = 0
    private var output: [String] = []

    private init(_ files: FilesInMemory) {
        session = Session(
            files: files, modulePaths: [FilesInMemory.package + "/Policies"],
            patterns: PatternLibrary(), version: "0", diagnosticsPage: "file:///desk/diagnostics.md",
            limits: EditorLimits())
    }

    /// The script with every answer written anew.
    static func replay(_ script: String) -> String {
        let lines = script.components(separatedBy: "\n")
        var files = FilesInMemory()
        for (index, line) in lines.enumerated() where line.hasPrefix("disk ") {
            files.texts[path(line.dropFirst(5))] = body(lines, index + 1)
        }
        let transcript = Transcript(files)
        var isAnswer = false
        for (index, line) in lines.enumerated() {
            if line.hasPrefix("<--") {
                isAnswer = true
                continue
            }
            if isAnswer, line.hasPrefix("    ") { continue }
            isAnswer = false
            transcript.output.append(line)
            let isLast = index + 1 == lines.count || !lines[index + 1].hasPrefix("    ")
            if line.hasPrefix("open ") {
                transcript.open(path(line.dropFirst(5)), body(lines, index + 1))
                transcript.waiting = transcript.drain()
            } else if !line.hasPrefix("    ") {
                transcript.act(line)
                transcript.waiting = transcript.drain()
            }
            if isLast {
                transcript.output += transcript.waiting
                transcript.waiting = []
            }
        }
        return transcript.output.joined(separator: "\n")
    }

    private var waiting: [String] = []

    private static func path(_ name: some StringProtocol) -> String {
        name.hasPrefix("Policies/")
            ? FilesInMemory.package + "/" + name : name.contains(":") ? String(name) : "/desk/" + name
    }

    private static func body(_ lines: [String], _ first: Int) -> String {
        lines[first...].prefix { $0.hasPrefix("    ") }.map { unescaped($0.dropFirst(4)) + "\n" }.joined()
    }

    private static func unescaped(_ text: some StringProtocol) -> String {
        text.replacingOccurrences(of: "\\r", with: "\r").replacingOccurrences(of: "\\n", with: "\n")
            .replacingOccurrences(of: "\\q", with: "\"")
    }

    private func send(_ json: JSON) { session.receive(json.bytes) }

    private func notify(_ method: String, _ parameters: JSON) {
        send(["jsonrpc": "2.0", "method": .string(method), "params": parameters])
    }

    private func open(_ path: String, _ text: String) {
        texts[path] = text
        let document: JSON = [
            "uri": .string(DocumentURI.uri(path)), "languageId": "lazaret", "version": 1, "text": .string(text),
        ]
        notify("textDocument/didOpen", ["textDocument": document])
    }

    private func act(_ line: String) {
        let quoted = line.components(separatedBy: "\"")
        let words = quoted[0].split(separator: " ")
        switch words.first {
        case "change": change(Self.path(words[1]), Self.unescaped(quoted[1]), Self.unescaped(quoted[3]))
        case "close":
            texts[Self.path(words[1])] = nil
            notify("textDocument/didClose", ["textDocument": ["uri": .string(DocumentURI.uri(Self.path(words[1])))]])
        case "settle": session.settle()
        case "start":
            let markdown: JSON = ["hover": ["contentFormat": ["markdown"]]]
            session.receive(.request(id: 0, method: "initialize", ["capabilities": ["textDocument": markdown]]))
            _ = session.takeOutbox()
        case "raw": session.receive(Array(line.dropFirst(4).utf8))
        case "-->": request(line)
        default: break
        }
    }

    private func change(_ path: String, _ old: String, _ new: String) {
        let text = texts[path] ?? ""
        guard let range = text.range(of: old) else { return output.append("!! no `\(old)`") }
        number += 1
        let change: JSON = [
            "range": [
                "start": position(range.lowerBound, text).json, "end": position(range.upperBound, text).json,
            ], "text": .string(new),
        ]
        texts[path] = text.replacingCharacters(in: range, with: new)
        notify(
            "textDocument/didChange",
            [
                "textDocument": ["uri": .string(DocumentURI.uri(path)), "version": .int(number + 1)],
                "contentChanges": [change],
            ])
    }

    /// Counted anew here, in UTF-16, so that the server's own counting is held to something else.
    private func position(_ index: String.Index, _ text: String) -> EditorPosition {
        let before = text[..<index].unicodeScalars
        let lineStart = before.lastIndex(of: "\n").map { before.index(after: $0) } ?? before.startIndex
        let line = before.count { $0 == "\n" }
        return EditorPosition(line: line, character: String(before[lineStart...]).utf16.count)
    }

    private func request(_ line: String) {
        number += 1
        let rest = line.dropFirst(4)
        let object = rest.firstIndex(of: "{").flatMap { index in
            rest[..<index].hasSuffix(" ") && rest.hasSuffix("}") ? index : nil
        }
        var parameters = object.flatMap { try? JSONReader.read(Array(rest[$0...].utf8), nesting: 32) } ?? [:]
        let head = object.map { rest[..<$0] } ?? rest
        let words = head.split(separator: "\"", maxSplits: 1, omittingEmptySubsequences: false)
        let names = words[0].split(separator: " ")
        guard case .object(var members) = parameters else { return }
        if names.count > 1 {
            let path = Self.path(names[1])
            members["textDocument"] = ["uri": .string(DocumentURI.uri(path))]
            if words.count > 1, let text = texts[path] ?? files.texts[path] {
                let needle = Self.unescaped(words[1].trimmingCharacters(in: .whitespaces).dropLast())
                let plain = needle.replacingOccurrences(of: "|", with: "")
                let cursor = needle.unicodeScalars.prefix { $0 != "|" }
                guard let found = text.range(of: plain) else { return output.append("!! no `\(plain)`") }
                let offset = text.unicodeScalars.index(found.lowerBound, offsetBy: cursor.count)
                members["position"] = position(offset, text).json
                members["range"] =
                    members["range"] ?? [
                        "start": position(found.lowerBound, text).json, "end": position(found.upperBound, text).json,
                    ]
            }
        }
        parameters = .object(members)
        let method = String(names[0])
        send(["jsonrpc": "2.0", "id": .int(number), "method": .string(method), "params": parameters])
    }

    private func drain() -> [String] {
        session.takeOutbox().flatMap { message -> [String] in
            let body = message["result"] ?? message["error"] ?? message["params"] ?? .null
            let kind = message["method"]?.string.map { $0 + " " } ?? (message["error"] == nil ? "" : "error ")
            var lines = Self.pretty(body).components(separatedBy: "\n")
            lines[0] = "<-- " + kind + lines[0]
            return [lines[0]] + lines.dropFirst().map { "    " + $0 }
        }
    }

    /// One line where it fits, else a member a line.
    private static func pretty(_ json: JSON, room: Int = 110) -> String {
        let flat = String(decoding: json.bytes, as: UTF8.self)
        if flat.count <= room { return flat }
        func indented(_ text: String) -> String { text.replacingOccurrences(of: "\n", with: "\n  ") }
        switch json {
        case .array(let elements):
            if elements.allSatisfy({ $0.int != nil }) { return numbers(elements) }
            return "[\n" + elements.map { "  " + indented(pretty($0, room: room - 2)) }.joined(separator: ",\n") + "\n]"
        case .object(let members):
            let lines = members.keys.sorted().map { key in
                "  \"\(key)\": " + indented(pretty(members[key] ?? .null, room: room - key.count - 6))
            }
            return "{\n" + lines.joined(separator: ",\n") + "\n}"
        default: return flat
        }
    }

    /// Semantic tokens: five numbers a token.
    private static func numbers(_ elements: [JSON]) -> String {
        let numbers = elements.compactMap(\.int).map(String.init)
        let rows = stride(from: 0, to: numbers.count, by: 5).map {
            numbers[$0..<min($0 + 5, numbers.count)].joined(separator: ",")
        }
        return "[\n" + rows.map { "  " + $0 }.joined(separator: ",\n") + "\n]"
    }
}
