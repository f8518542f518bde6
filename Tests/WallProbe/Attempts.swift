import CWallProbe
import Glibc

/// Ways out of a process, each as code that was injected into it would go.
enum Attempts {
    typealias Attempt = @Sendable (Scene) -> Int

    static let all: [String: Attempt] = files.merging(processes) { $1 }.merging(network) { $1 }.merging(kernel) { $1 }

    private static func call(
        _ name: String, _ a: Int = 0, _ b: Int = 0, _ c: Int = 0, _ d: Int = 0, _ e: Int = 0, _ f: Int = 0
    ) -> Int {
        let number = probe_number(name)
        return number < 0 ? -Int(ENOSYS) : probe_call(number, a, b, c, d, e, f)
    }

    private static func with(_ path: String, _ act: (Int) -> Int) -> Int {
        path.withCString { act(Int(bitPattern: $0)) }
    }

    private static let here = Int(AT_FDCWD)

    private static func opening(_ path: String, _ flags: Int32) -> Int {
        with(path) { call("openat", here, $0, Int(flags), 0o600) }
    }

    private static let files: [String: Attempt] = [
        "read-secret": { opening($0.secret, O_RDONLY) },
        "read-secret-by-old-call": { scene in with(scene.secret) { call("open", $0, Int(O_RDONLY)) } },
        "read-passwords": { _ in opening("/etc/shadow", O_RDONLY) },
        "read-accounts": { _ in opening("/etc/passwd", O_RDONLY) },
        "list-root": { _ in opening("/", O_RDONLY | O_DIRECTORY) },
        "list-home": { _ in opening("/root", O_RDONLY | O_DIRECTORY) },
        "write-secret": { opening($0.secret, O_WRONLY) },
        "truncate-secret": { scene in with(scene.secret) { call("truncate", $0, 0) } },
        "remove-secret": { scene in with(scene.secret) { call("unlinkat", here, $0, 0) } },
        "write-beside": { opening($0.secret + ".new", O_WRONLY | O_CREAT) },
        "write-library": { _ in opening("/usr/lib/lazaret-probe", O_WRONLY | O_CREAT) },
        "write-shared-memory": { _ in
            let result = opening("/dev/shm/lazaret-probe", O_WRONLY | O_CREAT)
            return result < 0 ? result : with("/dev/shm/lazaret-probe") { call("unlinkat", here, $0, 0) }
        },
        "read-memory-of-parent": { _ in opening("/proc/\(getppid())/mem", O_RDWR) },
        "read-own-environment": { _ in opening("/proc/self/environ", O_RDONLY) },
        "link-out": { scene in
            with(scene.secret) { secret in
                with(scene.temporary + "/link") { call("symlinkat", secret, here, $0) }
            }
        },
        "hard-link": { scene in
            with(scene.secret) { secret in
                with(scene.temporary + "/hard") { call("linkat", here, secret, here, $0, 0) }
            }
        },
        "rename-out": { scene in
            guard opening(scene.temporary + "/moved", O_WRONLY | O_CREAT) >= 0 else { return 0 }
            return with(scene.temporary + "/moved") { moved in
                with(scene.secret + ".moved") { call("renameat2", here, moved, here, $0, 0) }
            }
        },
        "make-setuid": { scene in
            guard opening(scene.temporary + "/program", O_WRONLY | O_CREAT) >= 0 else { return 0 }
            return with(scene.temporary + "/program") { call("fchmodat", here, $0, 0o4755) }
        },
        "open-to-all": { scene in
            guard opening(scene.temporary + "/shown", O_WRONLY | O_CREAT) >= 0 else { return 0 }
            return with(scene.temporary + "/shown") { call("fchmodat", here, $0, 0o644) }
        },
        "make-device": { scene in
            with(scene.temporary + "/device") { call("mknodat", here, $0, 0o20666, 0x103) }
        },
        "make-pipe-for-others": { scene in
            with(scene.temporary + "/pipe") { call("mknodat", here, $0, 0o10666, 0) }
        },
        "file-by-handle": { _ in call("open_by_handle_at", here, 0, 0) == -Int(EFAULT) ? 0 : -Int(EPERM) },
    ]

    private static let processes: [String: Attempt] = [
        "fork": { _ in call("fork") },
        "vfork-by-clone": { _ in call("clone", Int(SIGCHLD)) },
        "clone3": { _ in
            var arguments = [UInt64](repeating: 0, count: 11)
            arguments[4] = UInt64(SIGCHLD)
            return arguments.withUnsafeMutableBytes { call("clone3", Int(bitPattern: $0.baseAddress), 88) }
        },
        "execute": { _ in
            with("/bin/true") { path in
                var arguments: [Int] = [path, 0]
                return arguments.withUnsafeMutableBytes {
                    call("execve", path, Int(bitPattern: $0.baseAddress), 0)
                }
            }
        },
        "execute-from-memory": { _ in with("x") { call("memfd_create", $0, 0) } },
        "signal-parent": { _ in call("kill", Int(getppid()), 0) },
        "signal-group": { _ in call("kill", 0, 0) },
        "signal-thread-of-parent": { _ in call("tgkill", Int(getppid()), Int(getppid()), 0) },
        "trace-parent": { _ in call("ptrace", 0x4206, Int(getppid()), 0, 0) },
        "limits-of-parent": { _ in
            var old = rlimit()
            return withUnsafeMutablePointer(to: &old) {
                call("prlimit64", Int(getppid()), 7, 0, Int(bitPattern: $0))
            }
        },
        "handle-of-parent": { _ in call("pidfd_open", Int(getppid()), 0) },
        "memory-of-parent": { _ in
            call("process_vm_readv", Int(getppid()), 0, 0, 0, 0, 0)
        },
        "dumpable-again": { _ in call("prctl", 4, 1) },
        "signals-by-descriptor": { _ in call("fcntl", 0, Int(F_SETOWN), Int(getppid())) },
        "type-into-terminal": { _ in call("ioctl", 0, 0x5412, 0) == -Int(EFAULT) ? 0 : -Int(EPERM) },
    ]

    private static let network: [String: Attempt] = [
        "socket-ip": { _ in call("socket", Int(AF_INET), 1, 0) },
        "socket-ip6": { _ in call("socket", Int(AF_INET6), 1, 0) },
        "socket-datagram": { _ in call("socket", Int(AF_INET), 2, 0) },
        "socket-unix": { _ in call("socket", Int(AF_UNIX), 1, 0) },
        "socket-netlink": { _ in call("socket", Int(AF_NETLINK), 3, 0) },
        "socket-raw": { _ in call("socket", Int(AF_PACKET), 3, 0) },
        "socket-pair": { _ in
            var pair: [Int32] = [0, 0]
            return pair.withUnsafeMutableBytes { call("socketpair", 1, 1, 0, Int(bitPattern: $0.baseAddress)) }
        },
        "ring": { _ in
            var parameters = [UInt8](repeating: 0, count: 120)
            return parameters.withUnsafeMutableBytes { call("io_uring_setup", 8, Int(bitPattern: $0.baseAddress)) }
        },
        "connect-to-a-port": { _ in connecting(Int(AF_INET)) },
        "connect-what-was-handed-in": { _ in
            var address: [UInt8] = [2, 0, 0, 1, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]
            let result = address.withUnsafeMutableBytes {
                call("connect", Int(handed), Int(bitPattern: $0.baseAddress), $0.count)
            }
            return result == -Int(ECONNREFUSED) ? 0 : result
        },
        "connect-by-sending": { _ in connectingBySending() },
        "send-a-descriptor": { _ in
            var message = msghdr()
            return withUnsafeMutablePointer(to: &message) { call("sendmsg", Int(handed), Int(bitPattern: $0), 0) }
                == -Int(EPIPE) ? 0 : -Int(EPERM)
        },
        "connect-by-another-protocol": { _ in call("socket", Int(AF_INET), 1, 262) },
        "connect-32-bits": { _ in probe_call_of_32_bits(359, 2, 1) },
    ]

    /// A socket that was handed in before the walls stood; to whom it is connected is for its maker to say.
    static let handed = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)

    /// TCP connects by its first bytes where it is told to (tcp(7), `TCP_FASTOPEN`).
    private static func connectingBySending() -> Int {
        var address: [UInt8] = [2, 0, 0, 1, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]
        let result = address.withUnsafeMutableBytes {
            call(
                "sendto", Int(handed), Int(bitPattern: $0.baseAddress), 1, 0x2000_0000,
                Int(bitPattern: $0.baseAddress), $0.count)
        }
        return result == -Int(ECONNREFUSED) ? 0 : result
    }

    /// To port 1 of this machine. A refusal by that port is an escape: the kernel let the attempt through.
    private static func connecting(_ family: Int) -> Int {
        let descriptor = call("socket", family, 1, 0)
        guard descriptor >= 0 else { return descriptor }
        var address: [UInt8] = [2, 0, 0, 1, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]
        let result = address.withUnsafeMutableBytes {
            call("connect", descriptor, Int(bitPattern: $0.baseAddress), $0.count)
        }
        return result == -Int(ECONNREFUSED) ? 0 : result
    }

    private static let kernel: [String: Attempt] = [
        "become-root": { _ in call("setuid", 0) },
        "become-root-group": { _ in call("setgid", 0) },
        "change-root": { scene in with(scene.temporary) { call("chroot", $0) } },
        "new-user-space": { _ in call("unshare", 0x1000_0000) },
        "mount": { scene in
            with(scene.temporary) { place in
                let result = with("tmpfs") { call("mount", $0, place, $0, 0, 0) }
                return result < 0 ? result : call("umount2", place, 0)
            }
        },
        "program-the-kernel": { _ in call("bpf", 0, 0, 0) },
        "performance-counters": { _ in
            var attributes = [UInt8](repeating: 0, count: 128)
            attributes[0] = 1
            attributes[4] = 128
            return attributes.withUnsafeMutableBytes {
                call("perf_event_open", Int(bitPattern: $0.baseAddress), 0, -1, -1, 0)
            }
        },
        "faults-of-pages": { _ in call("userfaultfd", 1) },
        "keys": { _ in call("keyctl", 0, -3, 0) },
        "another-filter": { _ in call("seccomp", 2, 0, 0) >= 0 ? 0 : -Int(EPERM) },
        "other-architecture": { _ in call("personality", 8) },
    ]
}
