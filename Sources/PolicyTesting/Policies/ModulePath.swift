import Foundation

/// Where the standard modules are found.
public enum ModulePath {
    /// The environment variable that lists further places, separated by colons.
    public static let variable = "LAZARET_MODULES"

    /// The places to look for modules, the first first: those given, those of `LAZARET_MODULES`, then
    /// `../share/lazaret` of the installed tree, then `Policies` of a checkout that holds the executable.
    public static func places(
        given: [String], environment: [String: String] = ProcessInfo.processInfo.environment,
        executable: String? = nil
    ) -> [String] {
        let own = executable ?? (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        var places = given
        places += (environment[variable] ?? "").split(separator: ":").map(String.init)
        var folder = URL(fileURLWithPath: own).deletingLastPathComponent()
        places.append(folder.deletingLastPathComponent().appendingPathComponent("share/lazaret").path)
        // A checkout's executables lie in `.build/…/release`; its root is the first folder above with a Package.swift.
        for _ in 0..<6 where folder.path != "/" {
            folder = folder.deletingLastPathComponent()
            if FileManager.default.fileExists(atPath: folder.appendingPathComponent("Package.swift").path) {
                places.append(folder.appendingPathComponent("Policies").path)
                break
            }
        }
        return places.filter { (try? FileKind.of($0))?.isFolder == true }
    }
}
