import CLandlock
import Glibc

/// Landlock: the process opens nothing but what is named here, connects to nobody by TCP, and reaches no other process
/// by signal or abstract socket.
///
/// Source: the kernel's `Documentation/userspace-api/landlock.rst`. Each version of it handles more; what this kernel
/// does not know yet is left to the wall of system calls.
struct FileWall {
    var readable: [String]
    var writable: [String]

    /// Where libraries, character tables, file magic and time zones lie: the same on every machine, no secrets.
    private static let system = [
        "/usr/lib", "/usr/lib64", "/lib", "/lib64", "/usr/share", "/etc/ld.so.cache", "/etc/localtime", "/etc/magic",
        "/dev/null", "/dev/urandom", "/proc/sys/vm/overcommit_memory", "/sys/devices/system/cpu",
    ]

    /// `O_PATH`, which glibc shows to its GNU dialect only: the place, without a right to read it.
    private static let pathOnly: Int32 = 0o10_000_000
    private static let readFile: UInt64 = 1 << 2
    private static let readFolder: UInt64 = 1 << 3
    /// Writing, removing, making folders and regular files, truncating: no links, devices, sockets.
    private static let write: UInt64 = 1 << 1 | 1 << 4 | 1 << 5 | 1 << 7 | 1 << 8
    private static let refer: UInt64 = 1 << 13
    private static let truncate: UInt64 = 1 << 14
    /// Rights that mean something for a file; the others hold for folders only, and the kernel refuses them for files.
    private static let ofFiles: UInt64 = 1 << 0 | 1 << 1 | 1 << 2 | 1 << 14 | 1 << 15

    /// The version of Landlock that holds; `nil` where the kernel has none.
    ///
    /// - Throws: `WallFault` when the kernel has it and refuses.
    func raise() throws(WallFault) -> Int? {
        let version = Int(clandlock_version())
        guard version > 0 else { return nil }
        let handled = Self.handled(version)
        var ruleset = clandlock_ruleset(
            files: handled, network: version >= 4 ? 0b11 : 0, scopes: version >= 6 ? 0b11 : 0)
        let bytes = version >= 6 ? 24 : version >= 4 ? 16 : 8
        let rules = clandlock_create(&ruleset, bytes)
        guard rules >= 0 else { throw Self.fault("no rules can be made") }
        defer { close(rules) }
        let writing = (Self.readFile | Self.readFolder | Self.write | Self.truncate) & handled
        for path in Self.system + readable {
            try allow(path, (Self.readFile | Self.readFolder) & handled, in: rules)
        }
        for path in writable { try allow(path, writing, in: rules) }
        guard clandlock_restrict_self(rules) == 0 else { throw Self.fault("the rules cannot be put into force") }
        return version
    }

    /// Every right that this version can take away.
    private static func handled(_ version: Int) -> UInt64 {
        var rights: UInt64 = (1 << 13) - 1
        if version >= 2 { rights |= refer }
        if version >= 3 { rights |= truncate }
        // Commands to devices.
        if version >= 5 { rights |= 1 << 15 }
        return rights
    }

    /// What is not there needs no rule.
    private func allow(_ path: String, _ rights: UInt64, in rules: Int32) throws(WallFault) {
        let descriptor = open(path, Self.pathOnly | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw Self.fault("\(path) cannot be looked at") }
        let isFolder = status.st_mode & S_IFMT == S_IFDIR
        let allowed = isFolder ? rights : rights & Self.ofFiles
        guard clandlock_allow(rules, descriptor, allowed) == 0 else { throw Self.fault("\(path) cannot be allowed") }
    }

    private static func fault(_ what: String) -> WallFault {
        WallFault("Landlock: \(what): \(String(cString: strerror(errno)))")
    }
}
