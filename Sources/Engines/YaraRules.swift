import CYara
import Connections
import Foundation
import Vocabulary

/// What YARA rules say of one content.
public enum YaraAnswer: Equatable, Sendable {
    /// The names of the rules that match.
    case matched(Set<String>)
    /// Those that are known to match; others may.
    case partly(Set<String>, Reasons, String)
}

/// The YARA rules of some files, compiled once; scanning is safe from several threads.
public final class YaraRules: Sendable {
    public let name: String
    /// Rules that may be asked for; private ones tell nothing.
    public let ruleNames: Set<String>
    public let signatures: SignatureState
    private let bounds: EngineBounds
    // Owned: freed in deinit, which runs when no scan holds `self` any longer.
    private nonisolated(unsafe) let rules: UnsafeMutablePointer<YR_RULES>

    private static let initialized: Bool = yr_initialize() == ERROR_SUCCESS

    /// Compiles all rules of some files. A rule of one name in two files is two rules, either of which may match.
    ///
    /// - Throws: `EngineFault` for a file that cannot be read or does not compile.
    public init(_ name: String, files: [String], bounds: EngineBounds) throws(EngineFault) {
        guard Self.initialized else {
            throw EngineFault(engine: name, cause: "libyara does not start", cure: "reinstall libyara")
        }
        let rules = try Self.compile(files, name)
        self.name = name
        self.bounds = bounds
        self.rules = rules
        let count = yara_rule_count(rules)
        ruleNames = Set(
            (0..<count).compactMap { index in
                yara_rule_is_private(rules, index) != 0
                    ? nil : yara_rule_name_at(rules, index).map { String(cString: $0) }
            })
        let newest = files.compactMap { FileStamp(of: $0)?.seconds }.max()
        signatures = SignatureState(
            engine: name, version: "libyara \(YR_MAJOR_VERSION).\(YR_MINOR_VERSION).\(YR_MICRO_VERSION)",
            count: Int(count), newest: newest)
    }

    deinit { yr_rules_destroy(rules) }

    /// Which rules match a content.
    public func scan(_ bytes: [UInt8]) -> YaraAnswer {
        guard bytes.count <= bounds.largest else {
            return .partly([], .overLimit, "larger than \(ByteCount(Int64(bounds.largest)))")
        }
        let matches = Matches()
        let result = bytes.withUnsafeBufferPointer { buffer in
            // No handlers of signals: the content lies in memory, not in a file that may shrink under us.
            yr_rules_scan_mem(
                rules, buffer.baseAddress, buffer.count, SCAN_FLAGS_REPORT_RULES_MATCHING | SCAN_FLAGS_NO_TRYCATCH,
                noteYaraMatch, Unmanaged.passUnretained(matches).toOpaque(), Int32(max(1, bounds.seconds.rounded(.up))))
        }
        switch result {
        case ERROR_SUCCESS where !matches.isCut: return .matched(matches.names)
        case ERROR_SUCCESS: return .partly(matches.names, .overLimit, "a string of a rule matches too often")
        case ERROR_SCAN_TIMEOUT: return .partly(matches.names, .overLimit, "no answer in time")
        default: return .partly(matches.names, .engineDown, "libyara gives error \(result)")
        }
    }

    /// What they say of each content of one message, within the time for one.
    public func scan(all contents: [[UInt8]], limits: EngineLimits = EngineLimits()) -> [YaraAnswer] {
        let deadline = Deadline(seconds: Double(limits.messageSeconds))
        return contents.map { content in
            deadline.isPast ? .partly([], .overLimit, "the time for one message was used up") : scan(content)
        }
    }

    // MARK: Compiling

    /// The first complaint of the compiler.
    fileprivate final class Complaint {
        var text: String?
    }

    /// What matched in one scan, which is all on one thread.
    fileprivate final class Matches {
        var names: Set<String> = []
        var isCut = false
    }

    private static func compile(_ files: [String], _ name: String) throws(EngineFault) -> UnsafeMutablePointer<YR_RULES>
    {
        var created: UnsafeMutablePointer<YR_COMPILER>?
        guard yr_compiler_create(&created) == ERROR_SUCCESS, let compiler = created else {
            throw EngineFault(engine: name, cause: "libyara has no memory", cure: "raise the memory limit")
        }
        defer { yr_compiler_destroy(compiler) }
        let complaint = Complaint()
        yr_compiler_set_callback(compiler, noteYaraComplaint, Unmanaged.passUnretained(complaint).toOpaque())
        for (index, path) in files.enumerated() {
            guard let file = fopen(path, "r") else {
                throw EngineFault(
                    engine: name, cause: "\(path): \(String(cString: strerror(errno)))",
                    cure: "name a file of YARA rules that can be read")
            }
            defer { fclose(file) }
            guard yr_compiler_add_file(compiler, file, "file\(index)", path) == 0 else {
                throw EngineFault(
                    engine: name, cause: complaint.text ?? "\(path) does not compile",
                    cure: "mend the rule; `yara \(path) /dev/null` shows it as well")
            }
        }
        var rules: UnsafeMutablePointer<YR_RULES>?
        let result = yr_compiler_get_rules(compiler, &rules)
        guard result == ERROR_SUCCESS, let rules else {
            throw EngineFault(engine: name, cause: "the rules do not compile (error \(result))", cure: "mend the rules")
        }
        guard yara_rule_count(rules) > 0 else {
            yr_rules_destroy(rules)
            throw EngineFault(engine: name, cause: "the files hold no rule", cure: "name files with YARA rules")
        }
        return rules
    }
}

private func noteYaraMatch(
    _ context: UnsafeMutablePointer<YR_SCAN_CONTEXT>?, _ message: Int32, _ data: UnsafeMutableRawPointer?,
    _ user: UnsafeMutableRawPointer?
) -> Int32 {
    guard let user else { return CALLBACK_ERROR }
    let matches = Unmanaged<YaraRules.Matches>.fromOpaque(user).takeUnretainedValue()
    switch message {
    case CALLBACK_MSG_RULE_MATCHING:
        if let data, let name = yara_rule_name(data) { matches.names.insert(String(cString: name)) }
    case CALLBACK_MSG_TOO_MANY_MATCHES:
        matches.isCut = true
    default:
        break
    }
    return CALLBACK_CONTINUE
}

private func noteYaraComplaint(
    _ level: Int32, _ file: UnsafePointer<CChar>?, _ line: Int32, _ rule: UnsafePointer<YR_RULE>?,
    _ message: UnsafePointer<CChar>?, _ user: UnsafeMutableRawPointer?
) {
    guard level == YARA_ERROR_LEVEL_ERROR, let user else { return }
    let complaint = Unmanaged<YaraRules.Complaint>.fromOpaque(user).takeUnretainedValue()
    guard complaint.text == nil else { return }
    let place = file.map { "\(String(cString: $0)):\(line): " } ?? ""
    complaint.text = place + (message.map { String(cString: $0) } ?? "the rule does not compile")
}
