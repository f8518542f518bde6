import Cryptography
import Foundation
import PolicyDiff
import PolicyTesting

/// The folder in which `diff --save` keeps the mails that show a yes, each with its note.
struct WitnessFolder {
    private let path: String

    /// - Parameter replacing: whether files that were not saved by `diff` may be replaced.
    /// - Throws: `CommandFailure` where such a file stands in the way. Asked before the work, not after it.
    init(_ path: String, replacing: Bool) throws(CommandFailure) {
        self.path = path
        guard !replacing else { return }
        for question in PassageQuestion.allCases where !isOurs(question) {
            for file in [mail(question), note(question)] where FileManager.default.fileExists(atPath: file) {
                throw CommandFailure(
                    .usage,
                    "\(file): this file was not saved by diff and would be replaced; name another folder, or give --force"
                )
            }
        }
    }

    /// Writes the mail and the note beside it, and says where the mail stands.
    ///
    /// - Throws: `CommandFailure` when it cannot be written there.
    func save(_ proven: ProvenWitness, _ question: PassageQuestion) throws(CommandFailure) -> String {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw CommandFailure(.environment, "\(path): the folder cannot be made")
        }
        // The note first: it is what tells the mail to be ours.
        let words = WitnessNote(proven, mail: mail(question)).lines.joined(separator: "\n") + "\n"
        let saved = Array(words.utf8)
        try Output.write(Self.mark(saved, proven.witness.mail) + saved, replacing: note(question))
        try Output.write(proven.witness.mail, replacing: mail(question))
        return mail(question)
    }

    private func name(_ question: PassageQuestion) -> String {
        (path.hasSuffix("/") ? path : path + "/") + question.rawValue
    }

    private func mail(_ question: PassageQuestion) -> String { name(question) + ".eml" }

    private func note(_ question: PassageQuestion) -> String { name(question) + ".txt" }

    /// The first line of a note, by which `diff` knows files of its own that nobody has changed since.
    private static func mark(_ note: [UInt8], _ mail: [UInt8]) -> [UInt8] {
        var hasher = SHA256Hasher()
        hasher.update(note)
        hasher.update(mail)
        return Array("Saved by lazaret diff (\(hasher.finish().hex)).\n".utf8)
    }

    /// Whether an earlier `diff` wrote what stands there, the note and the mail.
    private func isOurs(_ question: PassageQuestion) -> Bool {
        guard let note = FileManager.default.contents(atPath: note(question)).map(Array.init),
            let end = note.firstIndex(of: 0x0a)
        else { return false }
        // A mail that was taken away is not replaced.
        let mail = FileManager.default.contents(atPath: mail(question)).map(Array.init)
        let rest = Array(note[(end + 1)...])
        return mail.map { Array(note[...end]) == Self.mark(rest, $0) } ?? false
    }
}
