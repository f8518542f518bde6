import Foundation
import Glibc
import Synchronization

/// A started process with its three pipes, killed and reaped when it is let go.
///
/// Invariants: our ends are non-blocking and close-on-exec; the process leads a group of its own, so that Ctrl-C on the
/// terminal reaches only us and its children die with it; it is signalled only until it is reaped, since afterwards
/// the number may belong to another.
final class ChildProcess: Sendable {
    let input: Int32
    let output: Int32
    let errors: Int32
    private let pid: pid_t
    private let folder: WorkerFolder
    private let ending = Mutex(Ending())

    private struct Ending {
        var isReaped = false
        var status: Int32 = 0
    }

    /// Starts `executable` without arguments.
    ///
    /// - Parameters:
    ///   - broker: the end of a broker's socket that the process gets as `WorkerDescriptor.broker`; it is closed here.
    /// - Throws: `WorkerError.unavailable` when pipes or process cannot be made.
    init(executable: String, broker: Int32?) throws(WorkerError) {
        defer { if let broker { close(broker) } }
        let folder = try WorkerFolder()
        self.folder = folder
        let started = Self.oneAtATime.withLock { _ in Result { try Self.start(executable, folder, broker) } }
        switch started {
        case .success(let child):
            (pid, input, output, errors) = (child.pid, child.input, child.output, child.errors)
        case .failure(let error):
            throw error as? WorkerError ?? WorkerError(.unavailable, "\(error)")
        }
        for descriptor in [input, output, errors] {
            _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
        }
    }

    deinit {
        kill()
        for descriptor in [input, output, errors] { close(descriptor) }
    }

    /// Between `pipe` and the mark close-on-exec another thread could start a worker, which would then hold our pipe's
    /// end open for ever; so starts take turns.
    private static let oneAtATime = Mutex(())

    private struct Started {
        var pid: pid_t
        var input: Int32
        var output: Int32
        var errors: Int32
    }

    /// - Throws: `WorkerError.unavailable` when pipes or process cannot be made.
    private static func start(
        _ executable: String, _ folder: WorkerFolder, _ broker: Int32?
    ) throws(WorkerError) -> Started {
        var pipes: [(read: Int32, write: Int32)] = []
        func closePipes() {
            for pipe in pipes {
                close(pipe.read)
                close(pipe.write)
            }
        }
        for _ in 0..<3 {
            var ends: [Int32] = [-1, -1]
            guard pipe(&ends) == 0 else {
                let reason = String(cString: strerror(errno))
                closePipes()
                throw WorkerError(.unavailable, "no pipe for a worker: \(reason)")
            }
            for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
            pipes.append((ends[0], ends[1]))
        }
        let child = [pipes[0].read, pipes[1].write, pipes[2].write]
        let (code, pid) = spawn(executable, folder, descriptors: child + (broker.map { [$0] } ?? []))
        guard code == 0 else {
            closePipes()
            throw WorkerError(
                .unavailable, "the worker \(executable) cannot be started: \(String(cString: strerror(code)))")
        }
        for end in child { close(end) }
        return Started(pid: pid, input: pipes[0].write, output: pipes[1].read, errors: pipes[2].read)
    }

    /// Descriptors that other code opened without close-on-exec: a worker must not inherit them. The lowest ones are
    /// replaced by its own.
    private static var inheritable: [Int32] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
        return names.compactMap { Int32($0) }.filter {
            $0 > WorkerDescriptor.broker && fcntl($0, F_GETFD) & FD_CLOEXEC == 0
        }
    }

    /// Ends the process and its group at once and reaps it. Safe from any thread, and more than once.
    func kill() {
        let isReaped = ending.withLock { ending in
            if ending.isReaped { return true }
            _ = Glibc.kill(-pid, SIGKILL)
            _ = Glibc.kill(pid, SIGKILL)
            return false
        }
        if !isReaped { reap() }
    }

    /// How it ended, in words; `nil` while it runs.
    var endingInWords: String? {
        ending.withLock { ending in
            guard ending.isReaped else { return nil }
            let signal = ending.status & 0x7f
            return signal == 0
                ? "ended with status \((ending.status >> 8) & 0xff)"
                : "was ended by signal \(signal) (\(String(cString: strsignal(signal))))"
        }
    }

    /// Whether a signal ended it, ours or another's.
    var wasEndedBySignal: Bool { ending.withLock { $0.isReaped && $0.status & 0x7f != 0 } }

    /// Waits a moment for a process that closed its output to end by itself, so that its status can be told.
    func waitForEnd(milliseconds: Int) {
        for _ in 0..<milliseconds {
            if collect(options: WNOHANG) { return }
            usleep(1000)
        }
    }

    /// A killed process is gone within moments, unless the kernel holds it in the middle of input or output; a thread
    /// of its own then waits, so that no zombie stays and no caller hangs.
    private func reap() {
        waitForEnd(milliseconds: 2000)
        let pid = pid
        guard !ending.withLock({ $0.isReaped }) else { return }
        Thread.detachNewThread {
            var status: Int32 = 0
            while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        }
    }

    private func collect(options: Int32) -> Bool {
        ending.withLock { ending in
            if ending.isReaped { return true }
            var status: Int32 = 0
            let result = waitpid(pid, &status, options)
            guard result == pid || (result < 0 && errno == ECHILD) else { return false }
            ending = Ending(isReaped: true, status: status)
            return true
        }
    }

    /// Environment variables a worker gets: enough to load and run, nothing that could be a secret.
    private static let passedVariables = ["PATH", "LD_LIBRARY_PATH", "HOME"]

    private static func spawn(
        _ executable: String, _ folder: WorkerFolder, descriptors: [Int32]
    ) -> (code: Int32, pid: pid_t) {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for (target, descriptor) in descriptors.enumerated() {
            posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(target))
        }
        if descriptors.count <= WorkerDescriptor.broker {
            posix_spawn_file_actions_addclose(&actions, WorkerDescriptor.broker)
        }
        for descriptor in inheritable { posix_spawn_file_actions_addclose(&actions, descriptor) }

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        for signal in [SIGPIPE, SIGINT, SIGTERM, SIGHUP] { sigaddset(&signals, signal) }
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))

        let inherited = ProcessInfo.processInfo.environment
        let variables =
            passedVariables.compactMap { name in inherited[name].map { "\(name)=\($0)" } }
            + ["LANG=C.UTF-8", "TZ=UTC", "TMPDIR=\(folder.path)"]
        var environment = variables.map { strdup($0) } + [nil]
        var arguments = [strdup(executable), nil]
        defer { for text in environment + arguments { free(text) } }
        var pid: pid_t = 0
        let code = posix_spawn(&pid, executable, &actions, &attributes, &arguments, &environment)
        return (code, pid)
    }
}
