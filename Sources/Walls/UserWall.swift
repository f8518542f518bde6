import CLandlock
import Glibc

/// A process that root started becomes another, who owns nothing and is in no group.
struct UserWall {
    var account: String
    var temporary: String

    /// The account's name; `nil` where root did not start the process, which then stays who it is.
    ///
    /// - Throws: `WallFault` when root cannot be given up.
    func raise() throws(WallFault) -> String? {
        guard geteuid() == 0 else { return nil }
        let (name, user, group) = identity
        guard chown(temporary, user, group) == 0 || temporary.isEmpty else {
            throw WallFault("\(temporary) cannot be given to \(name): \(String(cString: strerror(errno)))")
        }
        // Of root, these change the real, the effective and the saved identity.
        guard setgroups(0, nil) == 0, setgid(group) == 0, setuid(user) == 0 else {
            throw WallFault("root cannot become \(name): \(String(cString: strerror(errno)))")
        }
        // A process that could become root again has given up nothing.
        guard setuid(0) != 0, geteuid() == user else { throw WallFault("root was not given up for good") }
        return name
    }

    /// From here on no program that is started has more rights than this process: setuid bits count no more.
    ///
    /// - Throws: `WallFault` when the kernel refuses.
    static func forbidNewPrivileges() throws(WallFault) {
        guard clandlock_forbid_new_privileges() == 0 else {
            throw WallFault("new privileges cannot be forbidden: \(String(cString: strerror(errno)))")
        }
    }

    private var identity: (name: String, user: uid_t, group: gid_t) {
        for name in [account, "nobody"] {
            if let entry = getpwnam(name), entry.pointee.pw_uid != 0 {
                return (name, entry.pointee.pw_uid, entry.pointee.pw_gid)
            }
        }
        return ("65534", 65_534, 65_534)
    }
}
