import Foundation
import Testing

@Suite struct CheckConfigTests {
    private static let check = ["check-config", "--config", "lazaretd.toml"]

    @Test func aGoodFileIsSaidToBeGood() throws {
        let daemon = try RunningDaemon(
            Self.check,
            settings: "[[organisation]]\nname = \"acme\"\npolicy = \"lazaretd.toml\"\n")
        #expect(daemon.status() == 0)
        #expect(daemon.output == "lazaretd.toml: good; listens at 127.0.0.1:10025\n")
    }

    @Test func everythingThatIsWrongIsSaidAtOnce() throws {
        let daemon = try RunningDaemon(Self.check, settings: "hostname = 1\n[log]\nlevl = \"info\"\n")
        #expect(daemon.status() == 1)
        let lines = daemon.output.replacingOccurrences(of: daemon.folder.path + "/", with: "").split(separator: "\n")
        #expect(lines.count == 4, "\(lines)")
        #expect(lines.first?.hasPrefix("error: lazaretd.toml:1:1: there is no `hostname` here; ") == true)
        #expect(
            lines.dropFirst().first == "error: lazaretd.toml:3:1: there is no `levl` here; did you mean `level`?")
        #expect(lines.last == "lazaretd.toml: 2 errors, 1 warning")
    }

    @Test func programsReadTheSame() throws {
        let daemon = try RunningDaemon(Self.check + ["--format", "json"], settings: "[limits]\nhops = 1\n")
        #expect(daemon.status() == 1)
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(daemon.output.utf8)) as? [String: Any])
        let faults = try #require(object["faults"] as? [[String: Any]])
        #expect(object["good"] as? Bool == false)
        #expect(faults.count == 1 && faults[0]["line"] as? Int == 2)
        #expect(faults[0]["cause"] as? String == "`hops` is out of range")
    }

    @Test func aFileThatIsNotThereIsFaulty() throws {
        #expect(try RunningDaemon(Self.check).status() == 1)
        #expect(try RunningDaemon(["--config", "none.toml"]).status() == 1)
        #expect(try RunningDaemon(["check-config"]).status() == 0)
    }

    @Test func aWrongArgumentIsUsage() throws {
        #expect(try RunningDaemon(["--conifg", "a"]).status() == 2)
        #expect(try RunningDaemon(["check-config", "--format", "xml"]).status() == 2)
        #expect(try RunningDaemon(["--help"]).status() == 0)
    }
}
