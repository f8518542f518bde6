import ArgumentParser
import Foundation
import Operation
import Settings

/// Where the settings come from: a file, or the defaults.
struct SettingsSource: ParsableArguments {
    @Option(help: ArgumentHelp("The settings; docs/settings.md tells of every key.", valueName: "file"))
    var config: String?

    /// Reads them anew at each call.
    func read() -> RelayFile.Reading {
        let environment = ProcessInfo.processInfo.environment
        guard let config else {
            return RelayFile.withoutFile(
                in: FileManager.default.currentDirectoryPath, environment: environment)
        }
        return RelayFile.read(path(config), environment: environment)
    }

    /// A file that is named relative to the folder we were started in is that file at every reload.
    private func path(_ file: String) -> String { URL(fileURLWithPath: file).path }

    /// For people.
    var name: String { config ?? "the defaults" }
}
