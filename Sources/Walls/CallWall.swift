import CSeccomp
import Glibc

/// seccomp: of the kernel's calls those stay that reading memory, time and allowed files needs.
///
/// Three answers. A call that only a process which was taken over makes ends it at once, so that the mail is known as
/// the one that did it. Any other call that is not listed fails with `EPERM`, which libraries take for a fault, and a
/// fault is `unknown`. `clone3` fails with `ENOSYS`: its flags lie in memory, where no filter sees them, and glibc
/// then uses `clone`, whose flags are seen.
struct CallWall {
    /// - Throws: `WallFault` when the filter cannot be made or loaded.
    func raise() throws(WallFault) {
        guard let filter = seccomp_init(cseccomp_refusal(UInt16(EPERM))) else {
            throw WallFault("seccomp: no filter can be made")
        }
        defer { seccomp_release(filter) }
        // Calls of another architecture's table would pass by numbers that mean something else here.
        try check(seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS), "other architectures")
        try check(seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1), "all threads")
        for name in SystemCalls.deadly { try rule(filter, SCMP_ACT_KILL_PROCESS, name) }
        for name in SystemCalls.allowed { try rule(filter, SCMP_ACT_ALLOW, name) }
        try rule(filter, cseccomp_refusal(UInt16(ENOSYS)), "clone3")
        for limited in SystemCalls.limited {
            try rule(filter, SCMP_ACT_ALLOW, limited.name, limited.comparisons)
        }
        for limited in SystemCalls.deadlyUnlessLimited {
            try rule(filter, SCMP_ACT_KILL_PROCESS, limited.name, limited.comparisons)
        }
        try check(seccomp_load(filter), "the filter cannot be loaded")
    }

    /// Calls that this architecture does not have need no rule. All of a rule's comparisons must hold.
    private func rule(
        _ filter: scmp_filter_ctx, _ action: UInt32, _ name: String, _ comparisons: [scmp_arg_cmp] = []
    ) throws(WallFault) {
        let number = seccomp_syscall_resolve_name(name)
        guard number >= 0 else { return }
        let code = comparisons.withUnsafeBufferPointer {
            seccomp_rule_add_array(filter, action, number, UInt32($0.count), $0.baseAddress)
        }
        try check(code, name)
    }

    private func check(_ code: Int32, _ what: String) throws(WallFault) {
        guard code == 0 else { throw WallFault("seccomp: \(what): \(String(cString: strerror(-code)))") }
    }
}
