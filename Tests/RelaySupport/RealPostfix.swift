import Foundation
import Glibc

/// A Postfix of the machine's own package in a folder of its own, on ports of loopback that were free.
///
/// It ends with this value, and with the process of the tests if that dies first.
public final class RealPostfix: Sendable {
    /// Why there can be none here; `nil` where there can. For `.enabled(if:)`.
    public static let absence: String? = {
        if getuid() != 0 { return "Postfix is started by root only" }
        let isThere = access("/usr/sbin/postfix", X_OK) == 0 && access("/usr/lib/postfix/sbin/smtpd", X_OK) == 0
        return isThere ? nil : "Debian's package postfix is not installed"
    }()

    public static var isAvailable: Bool { absence == nil }

    public let folder: String
    private let ports: [String: Int]
    /// Writing ends it: while this process lives, a shell waits for the end of this pipe.
    private let guardian: FileHandle

    private init(folder: String, ports: [String: Int], guardian: FileHandle) {
        self.folder = folder
        self.ports = ports
        self.guardian = guardian
    }

    deinit { try? guardian.close() }

    /// Starts one and waits until all its ports answer.
    ///
    /// - Throws: what Postfix says, when it doesn't start.
    public static func start(_ settings: PostfixSettings) async throws -> RealPostfix {
        try await onOwnThread {
            // Between the choice of a port and its use somebody else may take it.
            for _ in 0..<2 { if let postfix = try? launch(settings) { return postfix } }
            return try launch(settings)
        }
    }

    private static func launch(_ settings: PostfixSettings) throws -> RealPostfix {
        let folder = try TestFolder.make("postfix")
        let ports = Dictionary(uniqueKeysWithValues: settings.services.map { ($0.name, Loopback.freePort()) })
        try lay(settings, folder: folder, ports: ports)
        try ProcessRun.check("/usr/sbin/postfix", ["-c", "\(folder)/etc", "start"])
        let postfix = RealPostfix(folder: folder, ports: ports, guardian: try guardian(of: folder))
        let deadline = Deadline(20)
        for port in ports.values {
            while !Loopback.isListening(port) {
                guard !deadline.isOver else { throw ProcessRun.Failure(description: postfix.log) }
                usleep(20_000)
            }
        }
        return postfix
    }

    private static func lay(_ settings: PostfixSettings, folder: String, ports: [String: Int]) throws {
        for name in ["etc", "queue", "data", "mail"] {
            try FileManager.default.createDirectory(
                atPath: "\(folder)/\(name)", withIntermediateDirectories: false, attributes: [.posixPermissions: 0o755])
        }
        if let owner = getpwnam("postfix") {
            chown("\(folder)/data", owner.pointee.pw_uid, owner.pointee.pw_gid)
        }
        chown("\(folder)/mail", 65534, 65534)
        try settings.main(folder: folder).write(toFile: "\(folder)/etc/main.cf", atomically: true, encoding: .utf8)
        try settings.master(ports: ports).write(toFile: "\(folder)/etc/master.cf", atomically: true, encoding: .utf8)
    }

    /// A shell that ends Postfix by its number once the other end of its input is closed, as the system does for a
    /// process that dies.
    private static func guardian(of folder: String) throws -> FileHandle {
        let shell = Process()
        shell.executableURL = URL(fileURLWithPath: "/bin/sh")
        shell.arguments = [
            "-c", "read -r line; kill -TERM $(cat \"$0/queue/pid/master.pid\"); sleep 1; rm -rf \"$0\"", folder,
        ]
        let pipe = Pipe()
        shell.standardInput = pipe
        shell.standardOutput = FileHandle.nullDevice
        shell.standardError = FileHandle.nullDevice
        try shell.run()
        return pipe.fileHandleForWriting
    }

    // MARK: What a test asks

    /// Of the service of that name.
    public func port(_ service: String) -> Int {
        guard let port = ports[service] else { preconditionFailure("no service \(service)") }
        return port
    }

    /// What it logged so far.
    public var log: String { (try? String(contentsOfFile: "\(folder)/mail.log", encoding: .utf8)) ?? "" }

    /// The numbers of the messages in its queue.
    public var queue: [String] {
        ["maildrop", "incoming", "active", "deferred", "hold"].flatMap { name in
            let paths = FileManager.default.enumerator(atPath: "\(folder)/queue/\(name)")?.compactMap { $0 as? String }
            return (paths ?? []).map { ($0 as NSString).lastPathComponent }.filter { $0.count > 5 }
        }
    }

    /// Waits until all its mail is gone.
    ///
    /// - Throws: `WireFault.timedOut`, with the end of the log.
    public func waitUntilEmpty(seconds: Double = 30) async throws {
        do {
            try await wait(for: "an empty queue", seconds: seconds) { self.queue.isEmpty }
        } catch is WireFault {
            throw WireFault.timedOut("an empty queue: \(log.suffix(3000))")
        }
    }

    /// Tries all mail in its queue again.
    public func flush() async throws {
        let folder = folder
        _ = try await onOwnThread { try ProcessRun.check("/usr/sbin/postqueue", ["-c", "\(folder)/etc", "-f"]) }
    }

    /// The messages that an address got, with `\n` line ends and the fields that delivery adds on top. All lie in one
    /// Maildir, because Postfix lets no address become a path.
    public func mailbox(_ address: String) -> [String] {
        let new = "\(folder)/mail/all/new"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: new)) ?? []
        return names.sorted().compactMap { name in
            guard let bytes = FileManager.default.contents(atPath: "\(new)/\(name)") else { return nil }
            let text = String(decoding: bytes, as: UTF8.self)
            return text.prefix(2000).contains("\nDelivered-To: \(address)\n") ? text : nil
        }
    }

    /// Waits until a mailbox has so many messages.
    ///
    /// - Throws: `WireFault.timedOut`, with the end of the log.
    @discardableResult
    public func mailbox(_ address: String, holding count: Int, seconds: Double = 20) async throws -> [String] {
        do {
            try await wait(for: "mail", seconds: seconds) { self.mailbox(address).count >= count }
        } catch is WireFault {
            throw WireFault.timedOut("\(count) messages for \(address): \(log.suffix(3000))")
        }
        return mailbox(address)
    }

    /// Ends it at once; its folder goes a moment later.
    public func stop() { try? guardian.close() }
}
