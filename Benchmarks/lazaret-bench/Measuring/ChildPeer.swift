import Foundation

/// A peer that runs in a Python process of its own: it reads a corpus once, then times a round whenever it is asked, so
/// that it takes its turns with ours.
final class ChildPeer {
    /// The library and its version, as it tells them.
    let name: String
    private let process: Process
    private let orders: FileHandle
    private let answers: FileHandle

    /// What a round took, and what came of it.
    struct Round {
        let seconds: Double
        /// Bytes of decoded content.
        let decoded: Int
        /// Mails on which the peer gave up.
        let failures: Int
    }

    /// Why a peer cannot be measured.
    struct Absence: Error {
        let sentence: String
    }

    /// Starts the peer `engine` of `Benchmarks/Python/mime_peer.py` over a file of mails.
    ///
    /// - Throws: `Absence` where the interpreter or the library is not there.
    init(_ engine: String, interpreter: String, mails: MailFile) throws {
        let script = "Benchmarks/Python/mime_peer.py"
        guard FileManager.default.fileExists(atPath: script) else {
            throw Absence(sentence: "\(script) is not below the working directory")
        }
        process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [interpreter, script, engine, mails.path]
        let input = Pipe()
        let output = Pipe()
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        orders = input.fileHandleForWriting
        answers = output.fileHandleForReading
        do { try process.run() } catch { throw Absence(sentence: "\(interpreter) does not start: \(error)") }
        let first = Self.line(from: answers)
        guard first.hasPrefix("ready ") else {
            process.waitUntilExit()
            throw Absence(sentence: first.isEmpty ? "\(interpreter) is not there" : first)
        }
        name = String(first.dropFirst("ready ".count))
    }

    deinit {
        // It ends with its input.
        try? orders.close()
        process.waitUntilExit()
    }

    /// Parses and decodes all mails once; `nil` if the peer has died.
    func round() -> Round? {
        guard process.isRunning else { return nil }
        try? orders.write(contentsOf: Data("round\n".utf8))
        let words = Self.line(from: answers).split(separator: " ")
        guard words.count == 3, let seconds = Double(words[0]), let decoded = Int(words[1]),
            let failures = Int(words[2])
        else { return nil }
        return Round(seconds: seconds, decoded: decoded, failures: failures)
    }

    private static func line(from handle: FileHandle) -> String {
        var bytes: [UInt8] = []
        while let byte = try? handle.read(upToCount: 1)?.first, byte != 0x0A { bytes.append(byte) }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// A corpus in a file, for processes that read it: before each mail its length, eight bytes, little end first.
final class MailFile {
    let path: String

    init(_ mails: [[UInt8]]) throws {
        path =
            FileManager.default.temporaryDirectory
            .appendingPathComponent("lazaret-bench-\(UUID().uuidString)").path
        _ = FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        for mail in mails {
            try file.write(contentsOf: withUnsafeBytes(of: UInt64(mail.count).littleEndian) { Data($0) })
            try file.write(contentsOf: Data(mail))
        }
        try file.close()
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
