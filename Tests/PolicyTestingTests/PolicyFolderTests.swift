import Compiler
import Foundation
import PolicyTesting
import Testing

/// What of a folder is a policy, and what of its files is read.
@Suite struct PolicyFolderTests {
    // MARK: Lists

    private func fault(_ folder: PolicyFolder, _ path: String, atMost most: Int = 100) -> ListFault? {
        do throws(ListFault) {
            _ = try folder.list(path, namedIn: "policy.lazaret", atMost: most)
            return nil
        } catch {
            return error
        }
    }

    @Test func aListIsReadUpToTheBoundThatIsAskedFor() throws {
        let scratch = try Scratch(["policy.lazaret": "policy p { edition 1 }", "g.txt": "a@b.example\n"])
        let folder = try PolicyFolder(scratch.url.path)
        #expect(try folder.list("g.txt", namedIn: "policy.lazaret", atMost: 12) == Array("a@b.example\n".utf8))
        #expect(fault(folder, "g.txt", atMost: 11) == .tooLarge)
    }

    @Test func aListThatIsThereIsNeverToldAsMissing() throws {
        let scratch = try Scratch([
            "p/policy.lazaret": "policy p { edition 1 }", "p/folder/x.txt": "", "outside.txt": "a@b.example",
        ])
        try FileManager.default.createSymbolicLink(
            atPath: scratch.path("p/link.txt"), withDestinationPath: scratch.path("outside.txt"))
        let folder = try PolicyFolder(scratch.path("p"))
        #expect(fault(folder, "g.txt") == .missing)
        #expect(fault(folder, "policy.lazaret/g.txt") == .missing)
        #expect(fault(folder, "folder") == .unreadable("not a plain file"))
        #expect(fault(folder, "link.txt") == .unreadable("it leads out of the policy's folder"))
    }

    @Test func bytesOfAPolicyFile() throws {
        let scratch = try Scratch(["a.lazaret": "12345"])
        #expect(try PolicyFolder.readFile(scratch.path("a.lazaret"), atMost: 5).count == 5)
        #expect(throws: FileFault(path: scratch.path("a.lazaret"), reason: "larger than 4 bytes")) {
            try PolicyFolder.readFile(scratch.path("a.lazaret"), atMost: 4)
        }
        #expect(SemanticsLimits().fileBytes == 16 << 20)
    }

    // MARK: Policies

    @Test(arguments: [
        ("policy p { edition 1 }", true), ("  policy p { edition 1 }", true), ("\u{FEFF}policy p { edition 1 }", true),
        ("# c\n\npolicy\n    p { edition 1 }", true), ("policy { edition 1 }", true),
        ("rule r { when tls then defer }", false), ("# policy p { edition 1 }", false),
        ("template t subject \"x\" \"\"\"\npolicy p { edition 1 }\n\"\"\"", false), ("", false),
    ])
    func aFolderIsAPolicyByItsHeader(_ text: String, _ isPolicy: Bool) throws {
        let scratch = try Scratch(["sub/a.lazaret": text, "sub/deep/b.lazaret": "policy b { edition 1 }"])
        let found = try PolicyFolder.policies(at: scratch.url.path)
        #expect(found == [scratch.path(isPolicy ? "sub" : "sub/deep")])
    }
}
