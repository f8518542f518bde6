import Foundation
import Glibc

/// What a process gives up for good before it reads what a stranger sent.
///
/// A reader of mail that is taken over finds itself without network, files, other programs and privileges: all it can
/// still do is answer its pool wrongly about the mail that it was given. Raised in this order: the user, since
/// changing it needs privileges; files; system calls, last, since they forbid the means of the other two.
public struct Confinement: Sendable {
    /// Folders and files that stay readable beside the system's libraries and tables.
    public var readable: [String]
    /// The folder for temporary files, the only one that stays writable.
    public var temporary: String
    /// The account that a process of root becomes, where it exists; `nobody` else.
    public var account = "lazaret-worker"

    public init(readable: [String] = [], temporary: String) {
        self.readable = readable
        self.temporary = temporary
    }

    /// Raises every wall that this kernel has, and says which stand: `user nobody`, `files`, `system calls`.
    ///
    /// Landlock holds for the calling thread and those it starts, so there must be no other yet.
    ///
    /// - Throws: `WallFault` when one that the kernel has could not be raised, or when threads run already.
    public func raise() throws(WallFault) -> [String] {
        guard Self.threads == 1 else {
            throw WallFault("\(Self.threads) threads run already; walls would not hold for all of them")
        }
        var standing: [String] = []
        if let user = try UserWall(account: account, temporary: temporary).raise() { standing.append("user \(user)") }
        try UserWall.forbidNewPrivileges()
        if let version = try FileWall(readable: readable, writable: [temporary]).raise() {
            standing.append("files (Landlock \(version))")
        }
        try CallWall().raise()
        standing.append("system calls (seccomp)")
        return standing
    }

    private static var threads: Int {
        (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").count) ?? 1
    }
}
