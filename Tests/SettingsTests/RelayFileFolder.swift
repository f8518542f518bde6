import Foundation
import Settings

/// A folder with a relay's file and what it names.
final class RelayFileFolder {
    let folder: URL
    var path: String { folder.appendingPathComponent("lazaretd.toml").path }

    init(_ text: String, beside files: [String: String] = [:], mode: Int = 0o600) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("lazaret-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: folder.appendingPathComponent("lazaretd.toml"))
        for (name, content) in files {
            let file = folder.appendingPathComponent(name)
            try Data(content.utf8).write(to: file)
            try FileManager.default.setAttributes(
                [.posixPermissions: name.hasPrefix("open") ? 0o644 : mode], ofItemAtPath: file.path)
        }
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func read(environment: [String: String] = [:], limits: ConfigurationLimits = .init()) -> RelayFile.Reading {
        RelayFile.read(path, environment: environment, limits: limits)
    }

    /// Faults as they are told, without the folder's name.
    static func faults(
        _ text: String, beside files: [String: String] = [:], environment: [String: String] = [:],
        limits: ConfigurationLimits = .init()
    ) throws -> [String] {
        let folder = try RelayFileFolder(text, beside: files)
        return folder.read(environment: environment, limits: limits).faults.map {
            "\($0)".replacingOccurrences(of: folder.folder.path + "/", with: "")
        }
    }
}
