import Foundation

/// Where the worker is found.
public enum WorkerLocation {
    /// The environment variable that names another worker than the one beside the executable.
    public static let variable = "LAZARET_WORKER"

    /// `LAZARET_WORKER`, else `lazaret-worker` beside the running executable.
    ///
    /// - Throws: `WorkerError.unavailable` when no such file can be run.
    public static func find(
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws(WorkerError) -> String {
        if let path = environment[variable], !path.isEmpty {
            guard FileManager.default.isExecutableFile(atPath: path) else {
                throw WorkerError(.unavailable, "\(variable) names \(path), which cannot be run")
            }
            return path
        }
        let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        let beside = URL(fileURLWithPath: own).deletingLastPathComponent().appendingPathComponent("lazaret-worker").path
        guard FileManager.default.isExecutableFile(atPath: beside) else {
            throw WorkerError(
                .unavailable, "there is no lazaret-worker beside \(own); set \(variable) to where it is")
        }
        return beside
    }
}
