import Foundation
import PolicyTesting
import Testing

/// A folder of files for one test, removed with it.
final class Scratch {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("lazaret-\(UUID().uuidString)")

    init(_ files: [String: String] = [:]) throws {
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        for (path, text) in files { try write(path, text) }
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func path(_ name: String) -> String { url.appendingPathComponent(name).path }

    func write(_ name: String, _ text: String) throws {
        let file = url.appendingPathComponent(name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    /// Names and texts of the mails at a path, names relative to the folder.
    func mails(_ name: String = "", limits: MailLimits = MailLimits()) -> [String] {
        let base = url.path
        return MailWalk([.path(name.isEmpty ? base : path(name))], limits: limits).map { item in
            let shown = item.name.hasPrefix(base + "/") ? String(item.name.dropFirst(base.count + 1)) : item.name
            switch item {
            case .unreadable(let fault): return "\(shown) ! \(fault.reason)"
            case .mail(let mail):
                do throws(FileFault) {
                    return "\(shown) = \(String(decoding: try mail.read(limits: limits), as: UTF8.self))"
                } catch {
                    return "\(shown) ! \(error.reason)"
                }
            }
        }
    }
}

@Suite struct MailWalkTests {
    private static let separator = "From zoe@client.example Mon Mar  2 10:15:00 2026\n"

    @Test func aFolderTreeIsWalkedInTheOrderOfNames() throws {
        let scratch = try Scratch([
            "b.eml": "B", "a/z.eml": "Z", "a/y": "Y:", "c/d/e.txt": "E:", ".hidden": "H", "c/.git/x": "X",
        ])
        #expect(scratch.mails() == ["a/y = Y:", "a/z.eml = Z", "b.eml = B", "c/d/e.txt = E:"])
    }

    @Test func filesWithoutAHeaderFieldAreLeftOutOfFolders() throws {
        let scratch = try Scratch([
            "m/1": "\r\n\nSubject : x\n\ny\n", "m/2": "garbage line\nTo: bob@acme.example\n\n",
            "m/data.json": "{\"a\": 1}\n",
            "m/bare.eml": "no field at all", "m/readme.txt": "Sample mail\n\nNote: see above\n",
            "m/x.zip": "PK\u{3}\u{4}",
            "m/empty": "",
        ])
        var walk = MailWalk([.path(scratch.path("m"))])
        var names: [String] = []
        while let item = walk.next() { names.append(String(item.name.split(separator: "/").last ?? "")) }
        #expect(names == ["1", "2", "bare.eml"])
        let sentence = try #require(walk.skipped.sentence)
        #expect(
            sentence.hasPrefix("4 files are no mails and were left out, ") && sentence.contains("m/data.json first"))
        // Whoever names a file means it.
        #expect(scratch.mails("m/readme.txt").count == 1)
    }

    @Test func bothSidesOfTheBoundOnALookForAField() throws {
        var limits = MailLimits()
        limits.headerBytes = 12
        #expect(try Scratch(["m": "0123456789\nA: b\n"]).mails(limits: limits).isEmpty)
        limits.headerBytes = 13
        #expect(try Scratch(["m": "0123456789\nA: b\n"]).mails(limits: limits).count == 1)
    }

    @Test func aMaildirGivesCurAndNewAndItsFoldersButNotTmp() throws {
        let scratch = try Scratch([
            "box/cur/2:2,S": "two", "box/cur/1:2,": "one", "box/new/3": "three", "box/tmp/4": "four",
            "box/.Sent/cur/5": "five", "box/.Sent/new/6": "six", "box/.Sent/tmp/7": "seven", "box/dovecot-uidlist": "x",
        ])
        #expect(
            scratch.mails("box") == [
                "box/cur/1:2, = one", "box/cur/2:2,S = two", "box/new/3 = three", "box/.Sent/cur/5 = five",
                "box/.Sent/new/6 = six",
            ])
    }

    @Test func anMboxIsSplitAndUnquoted() throws {
        let scratch = try Scratch([
            "box": Self.separator + "Subject: 1\n\n>From the sea\n>>From deeper\n> From here\n\n" + Self.separator
                + "Subject: 2\n\nbye\n\n"
        ])
        #expect(
            scratch.mails() == [
                "box#1 = Subject: 1\n\nFrom the sea\n>From deeper\n> From here\n", "box#2 = Subject: 2\n\nbye\n",
            ])
    }

    @Test func aSentenceThatStartsWithFromDoesNotSplit() throws {
        let text = "Subject: x\n\nFrom tomorrow on, all is new.\n\nFrom 2026 on too.\n"
        let scratch = try Scratch(["box": Self.separator + text])
        #expect(scratch.mails() == ["box = " + text])
    }

    @Test func aSeparatorNeedsAnEmptyLineBeforeIt() throws {
        let text = "Subject: x\n\nhe wrote\n" + Self.separator + "\n"
        let scratch = try Scratch(["box": Self.separator + text])
        #expect(scratch.mails() == ["box = " + String(text.dropLast())])
    }

    @Test func anMboxWithWindowsLineEndsIsSplitToo() throws {
        let separator = String(Self.separator.dropLast()) + "\r\n"
        let scratch = try Scratch(["box": separator + "A: 1\r\n\r\nx\r\n\r\n" + separator + "A: 2\r\n\r\ny\r\n"])
        #expect(scratch.mails() == ["box#1 = A: 1\r\n\r\nx\r\n", "box#2 = A: 2\r\n\r\ny\r\n"])
    }

    /// What stands behind the bound does not tell a separator.
    @Test func theStartOfALineTellsASeparator() throws {
        let text = Self.separator + "A: 1\n\nx\n\n" + Self.separator + "A: 2\n\ny\n\n"
        let scratch = try Scratch(["box": text])
        var limits = MailLimits()
        limits.separatorBytes = Self.separator.utf8.count - 1
        #expect(scratch.mails(limits: limits).count == 2)
        limits.separatorBytes -= 1
        #expect(scratch.mails(limits: limits).count == 1)
        #expect(MailLimits().separatorBytes == 512)
    }

    /// Wherever the chunks end, the mails are the same.
    @Test func theSizeOfChunksDoesNotMatter() throws {
        var text = ""
        for number in 1...9 {
            text += Self.separator + "Subject: \(number)\n\n" + String(repeating: "line\n", count: number * 3) + "\n"
        }
        let scratch = try Scratch(["box": text])
        let whole = scratch.mails()
        #expect(whole.count == 9)
        for size in [1, 2, 7, 49, 50, 51, 300] {
            var limits = MailLimits()
            limits.chunkBytes = size
            #expect(scratch.mails(limits: limits) == whole)
        }
    }

    @Test func anEmptyMboxAndAnEmptyMailAreMails() throws {
        let scratch = try Scratch([
            "a.eml": "", "b": Self.separator, "c": Self.separator + "\n" + Self.separator + "x\n",
        ])
        #expect(scratch.mails() == ["a.eml = ", "b = ", "c#1 = ", "c#2 = x\n"])
    }

    @Test func whatCannotBeReadIsSaidAndTheWalkGoesOn() throws {
        let scratch = try Scratch(["a.eml": "A", "big.eml": "123456", "z.eml": "Z"])
        #expect(symlink("/nowhere/at/all", scratch.path("broken")) == 0)
        var limits = MailLimits()
        limits.mailBytes = 5
        #expect(
            scratch.mails(limits: limits) == [
                "a.eml = A", "big.eml ! larger than 5 bytes", "broken ! No such file or directory", "z.eml = Z",
            ])
        #expect(scratch.mails("missing") == ["missing ! No such file or directory"])
    }

    @Test func linksToFoldersAndEndlessTreesEnd() throws {
        let scratch = try Scratch(["a/mail.eml": "A"])
        #expect(symlink(scratch.url.path, scratch.path("a/loop")) == 0)
        #expect(scratch.mails() == ["a/mail.eml = A"])
        var limits = MailLimits()
        limits.folderDepth = 1
        #expect(scratch.mails(limits: limits) == ["a ! more than 1 folders deep"])
    }

    @Test func theCounterCountsWhatTheWalkGives() throws {
        let scratch = try Scratch(["a.eml": "A", "box": Self.separator + "x\n\n" + Self.separator + "y\n"])
        let counter = MailCounter([.path(scratch.url.path)])
        for _ in 0..<6000 where counter.total == nil { usleep(10_000) }
        #expect(counter.total == 3)
    }
}
