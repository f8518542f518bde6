import Connections
import Foundation
import Glibc
import Vocabulary

/// What a worker can do; `WorkerLoop` feeds it.
public protocol WorkerService: AnyObject {
    /// Gets ready, once, before anything else.
    ///
    /// - Parameters:
    ///   - dialer: who makes the connections to engines in other processes.
    /// - Throws: `WorkerFault` when the bundle does not verify or the signatures cannot be read.
    func configure(
        _ configuration: WorkerConfiguration, bundle: [UInt8]?, dialer: any Dialer
    ) throws(WorkerFault) -> WorkerReadiness

    /// What is in a mail.
    ///
    /// - Throws: `WorkerFault` when the worker knows that it cannot tell.
    func inspect(_ mail: [UInt8], _ request: InspectRequest) throws(WorkerFault) -> InspectionReport

    /// What the policy says of a mail.
    ///
    /// - Throws: `WorkerFault` when there is no policy or the worker knows that it cannot tell.
    func decide(_ mail: [UInt8], _ request: DecideRequest) throws(WorkerFault) -> Judgement

    /// What the Received field of a server in front says of its client, given the beginning of the mail.
    ///
    /// - Throws: `WorkerFault` when the worker knows that it cannot tell.
    func readEdge(_ beginning: [UInt8], _ trust: EdgeTrust) throws(WorkerFault) -> EdgeReading

    /// A mail with changes made to it.
    ///
    /// - Throws: `WorkerFault` when they cannot be made; the mail must not go on as it is.
    func rewrite(_ mail: [UInt8], _ changes: MessageChanges) throws(WorkerFault) -> RewrittenMessage

    /// A report on the delivery of a mail.
    ///
    /// - Throws: `WorkerFault` when its sender's address cannot stand in a field.
    func writeReport(_ mail: [UInt8], _ report: DeliveryReport) throws(WorkerFault) -> WrittenMessage

    /// A recipient's list of held mail.
    ///
    /// - Throws: `WorkerFault` when an address cannot stand in a field.
    func writeDigest(_ digest: HeldDigest) throws(WorkerFault) -> WrittenMessage

    /// How the engines that it was set up to try stand it.
    ///
    /// - Throws: `WorkerFault` when it was not set up for a trial.
    func tryEngines() throws(WorkerFault) -> EngineTrialReply
}

/// The worker's side of the talk: reads requests from standard input and answers on standard output until the pool
/// closes the pipe.
public enum WorkerLoop {
    /// Runs until the input ends; the exit status to end with.
    ///
    /// The replies go to a copy of standard output, which itself is turned to standard error first: a library that
    /// prints must not break the frames. An alarm ends a worker that hangs after its pool is gone.
    public static func run(_ service: any WorkerService) -> Int32 {
        let output = dup(STDOUT_FILENO)
        guard output >= 0, dup2(STDERR_FILENO, STDOUT_FILENO) >= 0 else { return 3 }
        ResourceLimits.forbidCoreDumps()
        var limits = WorkerLimits()
        var reader = FrameReader(limit: limits.requestBytes)
        while true {
            let request: Frame?
            do {
                request = try nextFrame(&reader)
            } catch {
                return 2
            }
            guard let request else { return 0 }
            let answer: Frame
            if request.kind == .configure {
                answer = configure(service, request, &limits)
                reader = FrameReader(limit: limits.requestBytes)
            } else {
                alarm(UInt32(clamping: Int(limits.messageSeconds.rounded(.up)) + 5))
                ResourceLimits.grantProcessor(seconds: limits.processorSeconds)
                answer = serve(service, request)
                alarm(0)
            }
            guard send(answer, to: output) else { return 0 }
        }
    }

    private static func configure(
        _ service: any WorkerService, _ request: Frame, _ limits: inout WorkerLimits
    ) -> Frame {
        guard let asked = Wire.decode(ConfigureRequest.self, from: request.json) else {
            return fault("the configuration makes no sense")
        }
        guard asked.release == Release.identity else {
            // Its release is all the pool wants to know; every later request is refused.
            return Frame(kind: .ready, json: Wire.encode(WorkerReadiness(engines: [], walls: [])))
        }
        limits = asked.configuration.limits
        ResourceLimits.apply(limits)
        alarm(UInt32(clamping: Int(limits.startSeconds.rounded(.up)) + 5))
        defer { alarm(0) }
        do throws(WorkerFault) {
            let readiness = try service.configure(
                asked.configuration, bundle: asked.hasBundle ? request.attachment : nil,
                dialer: BrokeredDialer(
                    socket: WorkerDescriptor.broker, servers: asked.configuration.engines.addresses))
            return Frame(kind: .ready, json: Wire.encode(readiness))
        } catch {
            return fault(error.reason)
        }
    }

    private static func serve(_ service: any WorkerService, _ request: Frame) -> Frame {
        do throws(WorkerFault) {
            switch request.kind {
            case .inspect:
                guard let asked = Wire.decode(InspectRequest.self, from: request.json) else { break }
                return Frame(kind: .report, json: Wire.encode(try service.inspect(request.attachment, asked)))
            case .decide:
                guard let asked = Wire.decode(DecideRequest.self, from: request.json) else { break }
                return Frame(kind: .judgement, json: Wire.encode(try service.decide(request.attachment, asked)))
            case .tryEngines:
                return Frame(kind: .trial, json: Wire.encode(try service.tryEngines()))
            case .rewrite:
                guard let changes = Wire.decode(MessageChanges.self, from: request.json) else { break }
                let written = try service.rewrite(request.attachment, changes)
                return Frame(
                    kind: .rewritten, json: Wire.encode(RewritingReply(remarks: written.remarks)),
                    attachment: written.bytes)
            case .readEdge:
                guard let trust = Wire.decode(EdgeTrust.self, from: request.json) else { break }
                return Frame(kind: .edge, json: Wire.encode(try service.readEdge(request.attachment, trust)))
            case .writeReport:
                guard let report = Wire.decode(DeliveryReport.self, from: request.json) else { break }
                return WritingReply.frame(try service.writeReport(request.attachment, report))
            case .writeDigest:
                guard let digest = Wire.decode(HeldDigest.self, from: request.json) else { break }
                return WritingReply.frame(try service.writeDigest(digest))
            case .configure, .ready, .report, .judgement, .fault, .trial, .rewritten, .edge, .written:
                break
            }
            return fault("the request makes no sense")
        } catch {
            return fault(error.reason)
        }
    }

    private static func fault(_ reason: String) -> Frame {
        Frame(kind: .fault, json: Wire.encode(WorkerFault(reason)))
    }

    private static func nextFrame(_ reader: inout FrameReader) throws(FrameFault) -> Frame? {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            if let frame = try reader.next() { return frame }
            let count = read(STDIN_FILENO, &buffer, buffer.count)
            if count > 0 {
                reader.append(buffer[..<count])
            } else if count == 0 || errno != EINTR {
                return nil
            }
        }
    }

    private static func send(_ frame: Frame, to output: Int32) -> Bool {
        let bytes = frame.encoded
        var offset = 0
        while offset < bytes.count {
            let count = bytes.withUnsafeBytes {
                write(output, $0.baseAddress.map { $0 + offset }, bytes.count - offset)
            }
            if count < 0, errno != EINTR { return false }
            offset += max(count, 0)
        }
        return true
    }
}

/// Limits that the kernel holds a worker to.
enum ResourceLimits {
    static func forbidCoreDumps() { set(RLIMIT_CORE, 0) }

    static func apply(_ limits: WorkerLimits) {
        set(RLIMIT_AS, limits.addressSpace)
        set(RLIMIT_FSIZE, limits.fileBytes)
        set(RLIMIT_NOFILE, limits.openFiles)
    }

    /// So much processor time from now on. The kernel counts a process's whole life, so the bound moves with it.
    static func grantProcessor(seconds: UInt64) {
        var usage = rusage()
        guard getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 else { return }
        let used = UInt64(clamping: usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
        let resource = __rlimit_resource_t(RLIMIT_CPU.rawValue)
        var current = rlimit()
        guard getrlimit(resource, &current) == 0 else { return }
        current.rlim_cur = min(rlim_t(used + seconds + 1), current.rlim_max)
        _ = setrlimit(resource, &current)
    }

    /// Lowers the limit; one that is lower already stays.
    private static func set(_ resource: __rlimit_resource, _ value: UInt64) {
        let resource = __rlimit_resource_t(resource.rawValue)
        var current = rlimit()
        guard getrlimit(resource, &current) == 0 else { return }
        var lowered = rlimit(
            rlim_cur: min(current.rlim_cur, rlim_t(value)), rlim_max: min(current.rlim_max, rlim_t(value)))
        _ = setrlimit(resource, &lowered)
    }
}
