import CSeccomp
import Glibc

/// Which of the kernel's calls a walled process may make: the table that `docs/walls.md` explains.
enum SystemCalls {
    /// A call that is allowed, or deadly, by one of its arguments.
    struct Limited {
        var name: String
        var comparisons: [scmp_arg_cmp]

        init(_ name: String, argument: UInt32, _ operation: scmp_compare, _ first: UInt64, _ second: UInt64 = 0) {
            self.name = name
            comparisons = [scmp_arg_cmp(arg: argument, op: operation, datum_a: first, datum_b: second)]
        }

    }

    static let allowed =
        memory + time + threads + files + descriptors + [
            "getpid", "gettid", "getuid", "geteuid", "getgid", "getegid", "getrusage", "sysinfo", "uname", "getrandom",
            "getcwd", "umask", "alarm", "setitimer", "exit", "exit_group",
        ]

    private static let memory = ["brk", "madvise", "mmap", "mprotect", "mremap", "msync", "munmap"]

    private static let time = [
        "clock_getres", "clock_gettime", "clock_nanosleep", "gettimeofday", "nanosleep", "time", "times",
    ]

    private static let threads = [
        "futex", "get_robust_list", "getcpu", "membarrier", "restart_syscall", "rseq", "rt_sigaction", "rt_sigpending",
        "rt_sigprocmask", "rt_sigreturn", "rt_sigtimedwait", "sched_getaffinity", "sched_yield", "set_robust_list",
        "set_tid_address", "sigaltstack",
    ]

    /// Which files is for Landlock to say.
    private static let files = [
        "access", "faccessat", "faccessat2", "fallocate", "fdatasync", "flock", "fstat", "fstatfs", "fsync",
        "ftruncate", "getdents64", "lseek", "lstat", "mkdir", "mkdirat", "newfstatat", "open", "openat", "pread64",
        "pwrite64", "readlink", "readlinkat", "rename", "renameat", "renameat2", "rmdir", "stat", "statfs", "statx",
        "unlink", "unlinkat",
    ]

    /// Reading and writing, also of connections that were handed in; none can be made.
    private static let descriptors = [
        "close", "dup", "dup2", "dup3", "epoll_create1", "epoll_ctl", "epoll_pwait", "epoll_wait", "eventfd2",
        "getsockopt", "pipe", "pipe2", "poll", "ppoll", "pselect6", "read", "readv", "recvfrom", "recvmsg", "select",
        "shutdown", "timerfd_create", "timerfd_settime", "write", "writev",
    ]

    /// libclamav sets the mode of its temporary folders before it removes them.
    private static let modes: [(name: String, argument: UInt32)] = [("chmod", 1), ("fchmod", 1), ("fchmodat", 2)]

    /// Bits that give a file to others or a program its owner's rights: a worker sets its own for its owner only.
    private static let foreign: UInt64 = 0o7077

    /// Calls that are harmless with the right argument only; the others fail.
    static var limited: [Limited] {
        [F_DUPFD, F_DUPFD_CLOEXEC, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_GETLK, F_SETLK, F_SETLKW].map {
            Limited("fcntl", argument: 1, SCMP_CMP_EQ, UInt64($0))
        } + [
            // A name for a thread.
            Limited("prctl", argument: 0, SCMP_CMP_EQ, 15),
            // Its own limits, which it can only lower.
            Limited("prlimit64", argument: 0, SCMP_CMP_EQ, 0),
            Limited("clone", argument: 0, SCMP_CMP_MASKED_EQ, 0x0001_0000, 0x0001_0000),
            // `abort` signals the own process, which cannot change its number.
            Limited("tgkill", argument: 0, SCMP_CMP_EQ, UInt64(getpid())),
            // To whom a socket is connected already: with an address it may connect one that lost its other side.
            Limited("sendto", argument: 4, SCMP_CMP_EQ, 0),
        ] + modes.map { Limited($0.name, argument: $0.argument, SCMP_CMP_MASKED_EQ, foreign, 0) }
    }

    /// Without the flag for a thread `clone` makes a process.
    static var deadlyUnlessLimited: [Limited] {
        [
            Limited("clone", argument: 0, SCMP_CMP_MASKED_EQ, 0x0001_0000, 0),
            Limited("tgkill", argument: 0, SCMP_CMP_NE, UInt64(getpid())),
            Limited("prlimit64", argument: 0, SCMP_CMP_NE, 0),
        ]
    }

    /// Other programs and processes, the network, privileges, the kernel itself. No library of ours makes them.
    static let deadly = [
        "accept", "accept4", "add_key", "bind", "bpf", "chown", "chroot", "connect",
        "delete_module",
        "execve", "execveat", "fchown", "fchownat", "finit_module", "fork", "init_module",
        "io_uring_enter", "io_uring_register", "io_uring_setup", "kcmp", "kexec_file_load", "kexec_load", "keyctl",
        "kill", "lchown", "link", "linkat", "listen", "memfd_create", "mknod", "mknodat", "modify_ldt", "mount",
        "move_mount", "name_to_handle_at", "open_by_handle_at", "open_tree", "perf_event_open", "personality",
        "pidfd_getfd", "pidfd_open", "pidfd_send_signal", "pivot_root", "process_madvise", "process_vm_readv",
        "process_vm_writev", "ptrace", "quotactl", "reboot", "request_key", "rt_sigqueueinfo", "rt_tgsigqueueinfo",
        "seccomp", "setdomainname", "setfsgid", "setfsuid", "setgid", "setgroups", "sethostname", "setns", "setregid",
        "setresgid", "setresuid", "setreuid", "setuid", "socket", "socketpair", "swapoff", "swapon", "symlink",
        "symlinkat", "tkill", "umount2", "unshare", "userfaultfd", "vfork", "vhangup",
    ]
}
