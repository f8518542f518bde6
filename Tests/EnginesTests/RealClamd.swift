import Engines
import Foundation
import Vocabulary

/// A clamd with the signatures of the house, on a local socket and on loopback.
struct RealClamd {
    static let executable = "/usr/sbin/clamd"
    static let isInstalled = RealServer.isInstalled(executable)
    static let missing = "clamd is not installed (apt-get install clamav-daemon)"

    /// The EICAR test file, put together here so that no scanner takes this source for it.
    static let eicar = Array(
        (#"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR"# + "-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*").utf8)

    static let houseSignatures = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Policies/signatures").path

    let server: RealServer
    let port = RealServer.freePort()
    var local: EngineAddress { .unix(server.folder.appendingPathComponent("clamd.sock").path) }
    var network: EngineAddress { .tcp(host: "127.0.0.1", port: port) }
    var database: URL { server.folder.appendingPathComponent("db") }

    /// - Parameter streamLimit: the largest content that it takes.
    init(streamLimit: String = "50M") throws {
        let folder = try RealServer.makeFolder()
        let database = folder.appendingPathComponent("db")
        try FileManager.default.copyItem(atPath: Self.houseSignatures, toPath: database.path)
        let configuration = """
            LocalSocket \(folder.path)/clamd.sock
            DatabaseDirectory \(database.path)
            Foreground yes
            User root
            TemporaryDirectory \(folder.path)
            TCPSocket \(port)
            TCPAddr 127.0.0.1
            OfficialDatabaseOnly no
            StreamMaxLength \(streamLimit)
            AlertExceedsMax yes
            AlertEncryptedArchive yes
            """
        let file = folder.appendingPathComponent("clamd.conf")
        try Data((configuration + "\n").utf8).write(to: file)
        let socket = EngineAddress.unix(folder.appendingPathComponent("clamd.sock").path)
        let probe = ClamdEngine("probe", at: socket, bounds: EngineBounds(seconds: 5, largest: 1000))
        server = try RealServer(Self.executable, ["-c", file.path], folder: folder) {
            if case .ready = probe.readiness() { return true }
            return false
        }
    }
}
