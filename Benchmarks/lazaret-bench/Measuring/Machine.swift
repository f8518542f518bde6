import Foundation
import Glibc

/// The machine that a run's figures are of: absolute ones mean nothing without it.
struct Machine: Encodable {
    let processor: String
    let cores: Int
    /// Processes that wanted to run, over the last minute.
    let load: Double

    init() {
        let lines = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8))?.split(separator: "\n") ?? []
        let model = lines.first { $0.hasPrefix("model name") }?.split(separator: ":").last
        processor = model?.trimmingCharacters(in: .whitespaces) ?? "unknown processor"
        cores = ProcessInfo.processInfo.activeProcessorCount
        var loads = [0.0]
        load = getloadavg(&loads, 1) == 1 ? loads[0] : 0
    }
}
