import ArgumentParser
import Foundation
import Settings
import Vocabulary

struct EngineOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The file that sets the engines up: antivirus, YARA rules, spam engines (docs/engines.md).",
            valueName: "file.toml"))
    var engines: String?

    @Option(
        help: ArgumentHelp(
            "A folder of antivirus signatures for libclamav, beside --engines; without either, no antivirus answers.",
            valueName: "dir"))
    var signatures: String?

    /// What both options set up; nothing where neither is given.
    ///
    /// - Throws: `CommandFailure` where the file is faulty or there is no folder of signatures.
    func configuration() throws(CommandFailure) -> EngineConfiguration {
        var configuration = EngineConfiguration()
        if let engines {
            do throws(ConfigurationFault) {
                configuration = try EngineFile.read(engines)
            } catch {
                throw CommandFailure(.environment, error.description)
            }
        }
        guard let signatures else { return configuration }
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: signatures, isDirectory: &isFolder), isFolder.boolValue else {
            throw CommandFailure(.environment, "\(signatures): there is no such folder of signatures")
        }
        guard !configuration.engines.contains(where: { $0.name == "clamav" }) else {
            throw CommandFailure(.usage, "--engines sets up an engine called clamav already: leave out --signatures")
        }
        let folder = URL(fileURLWithPath: signatures).path
        configuration.engines.insert(EngineSettings(name: "clamav", kind: .clamav(signatures: folder)), at: 0)
        return configuration
    }
}
