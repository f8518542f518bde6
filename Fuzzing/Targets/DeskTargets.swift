import Foundation
import Lexical
import Settings

@testable import LanguageServer
@testable import Workers

extension FuzzTarget {
    /// What operators and editors hand over, and what crosses the pipe to a worker.
    static let desk = [
        FuzzTarget("configuration", most: 2 << 10, seeds: [".toml"], DeskTargets.configuration),
        FuzzTarget("editor", most: 8 << 10, seeds: [".lsp"], DeskTargets.editor),
        FuzzTarget("worker-frames", most: 2 << 10, seeds: [".frames"], DeskTargets.frames),
    ]
}

private enum DeskTargets {
    /// A file of engines. None of them is asked, and no file is read beside it.
    static func configuration(_ input: [UInt8], _ answer: inout Answer) throws {
        let path = NSTemporaryDirectory() + "/lazaret-fuzz-\(getpid()).toml"
        try Data(input).write(to: URL(fileURLWithPath: path))
        defer { unlink(path) }
        do throws(ConfigurationFault) {
            answer.add(String(describing: try EngineFile.read(path)))
        } catch {
            answer.add(error.cause)
            answer.add([error.line, error.column])
            try promise(!error.cause.isEmpty && !error.cure.isEmpty, "a fault has a cause and a cure")
        }
    }

    /// A stream of messages to the language server, which answers every request.
    static func editor(_ input: [UInt8], _ answer: inout Answer) throws {
        let session = Session(
            files: NoFiles(), modulePaths: [], patterns: PatternLibrary(), version: "0", diagnosticsPage: nil,
            limits: EditorLimits())
        var frames = LanguageServer.FrameReader(limits: EditorLimits())
        frames.append(input)
        while let message = try? frames.next() { session.receive(message) }
        session.settle()
        for reply in session.takeOutbox() {
            let bytes = reply.bytes
            try promise((try? JSONReader.read(bytes, nesting: 100)) == reply, "what is answered is JSON")
            answer.add(bytes)
        }
        if let json = try? JSONReader.read(input, nesting: 20) {
            try promise((try? JSONReader.read(json.bytes, nesting: 20)) == json, "JSON is written as it was read")
        }
    }

    /// Cut anywhere, a stream gives the same frames.
    static func frames(_ input: [UInt8], _ answer: inout Answer) throws {
        let whole = read(input, pieces: input.count)
        try promise(read(input, pieces: 1) == whole, "frames do not depend on how they arrive")
        for frame in whole {
            answer.add(frame.encoded)
            answer.add(Wire.decode(DecideRequest.self, from: frame.json) != nil)
            answer.add(Wire.decode(ConfigureRequest.self, from: frame.json) != nil)
            answer.add(Wire.decode(WorkerReadiness.self, from: frame.json) != nil)
        }
    }

    private static func read(_ input: [UInt8], pieces: Int) -> [Frame] {
        var reader = Workers.FrameReader(limit: 1 << 20)
        var found: [Frame] = []
        var start = 0
        while start < input.count {
            let end = min(input.count, start + max(1, pieces))
            reader.append(input[start..<end])
            start = end
            while let frame = try? reader.next() { found.append(frame) }
        }
        return found
    }
}

/// A disk without files.
private struct NoFiles: DeskFiles {
    func names(in folder: String) -> [String] { [] }
    func read(_ path: String) -> [UInt8]? { nil }
    func stamp(_ path: String) -> UInt64? { nil }
    func resolved(_ path: String) -> String { path }
}
