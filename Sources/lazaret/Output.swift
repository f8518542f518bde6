import Foundation
import Glibc
import PolicyTesting

/// Where results go: standard output, or a file that appears only when it is whole.
final class Output {
    nonisolated(unsafe) static let standard = Output(descriptor: STDOUT_FILENO)

    private var descriptor: Int32
    private var waiting: [UInt8] = []
    /// Whether nothing has been written yet.
    private(set) var isUntouched = true
    /// Lines are shown at once to a person, and gathered for a pipe or a file.
    private let isTerminal: Bool
    private var file: StagedFile?
    private static let gatheredBytes = 65_536

    private init(descriptor: Int32) {
        self.descriptor = descriptor
        isTerminal = isatty(descriptor) == 1
    }

    /// A file that replaces what stands at the path when `finish` is called. A device or a pipe cannot be replaced and
    /// is written to: `-o /dev/null` must not put a file in the device's place.
    ///
    /// - Throws: `CommandFailure` when it cannot be written there.
    init(replacing path: String) throws(CommandFailure) {
        isTerminal = false
        var status = stat()
        if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
            descriptor = open(path, O_WRONLY | O_CLOEXEC)
            guard descriptor >= 0 else {
                throw CommandFailure(.environment, "\(path): \(String(cString: strerror(errno)))")
            }
            return
        }
        let file = try StagedFile(replacing: path)
        descriptor = file.descriptor
        self.file = file
    }

    func line(_ text: String) { write(Array((text + "\n").utf8)) }

    func lines(_ lines: some Sequence<String>) { for text in lines { line(text) } }

    func write(_ bytes: [UInt8]) {
        isUntouched = isUntouched && bytes.isEmpty
        waiting += bytes
        if isTerminal || waiting.count >= Self.gatheredBytes { flush() }
    }

    /// Writes what is waiting. A reader that has gone (`lazaret … | head`) ends the run without a word.
    func flush() {
        if let fault = Descriptor.write(waiting, to: descriptor) {
            let failure = StagedFile.failure(file?.path ?? "output", fault)
            fail(fault == EPIPE ? CommandFailure(failure.status) : failure)
        }
        waiting.removeAll(keepingCapacity: true)
    }

    /// Everything is written; a file takes its place.
    func finish() {
        flush()
        guard let file else { return }
        do throws(CommandFailure) {
            try file.settle()
            try file.commit()
            self.file = nil
        } catch {
            fail(error)
        }
    }

    private func fail(_ failure: CommandFailure) -> Never {
        if let message = failure.message { Self.complain("lazaret: " + Shown.text(message)) }
        file?.discard()
        Glibc.exit(failure.status.rawValue)
    }

    /// Writes a whole file at once.
    ///
    /// - Throws: `CommandFailure` when it cannot be written there.
    static func write(_ bytes: [UInt8], replacing path: String) throws(CommandFailure) {
        let output = try Output(replacing: path)
        output.write(bytes)
        output.finish()
    }

    /// To standard error, for people. Where nobody can hear it, it is lost: `FileHandle` would end the process.
    static func complain(_ text: String) {
        _ = Descriptor.write(Array((text.hasSuffix("\n") ? text : text + "\n").utf8), to: STDERR_FILENO)
    }

    /// Takes the places of standard streams that the caller closed, so that no pipe or file of ours gets their numbers
    /// and is taken for them. Standard output is then one that refuses to be written to.
    static func occupyStandardStreams() {
        for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 {
            _ = open("/dev/null", descriptor == STDERR_FILENO ? O_WRONLY : O_RDONLY)
        }
    }
}
