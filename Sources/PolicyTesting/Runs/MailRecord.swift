import Foundation
import Vocabulary

/// What a dry-run said of one mail and recipient: a line of `--format jsonl`, from a run of this process or of another.
public struct MailRecord: Codable, Equatable, Sendable {
    public struct Rule: Codable, Equatable, Sendable {
        public var name: String
        public var verdict: String
        public var unknown: [String]
        public var evidence: [Seen]
    }

    public struct Seen: Codable, Equatable, Sendable {
        public var fact: String
        public var part: String?
        public var excerpt: String
        public var span: Span
    }

    public struct Span: Codable, Equatable, Sendable {
        public var file: String
        public var line: Int
        public var column: Int
        public var length: Int

        /// The same place as the policy has it.
        var place: SourcePlace { SourcePlace(file: file, line: line, column: column, length: length) }
    }

    public struct Excuse: Codable, Equatable, Sendable {
        public var rule: String
        public var by: String
    }

    public struct Step: Codable, Equatable, Sendable {
        public var rule: String
        public var action: String
    }

    public struct Withheld: Codable, Equatable, Sendable {
        public var rule: String
        public var notice: String
        public var evidence: [Seen]
    }

    public var mail: String
    public var recipient: String?
    public var direction: String?
    public var disposition: String?
    public var quarantine: [String]
    public var reason: String?
    public var rules: [Rule]
    public var exempted: [Excuse]
    public var actions: [Step]
    public var error: String?
    public var elapsedMicroseconds: Int
    public var guessed: [String]
    /// Notices that `except when` left out; lines of older toolchains do not tell them.
    public var withheld: [Withheld]?

    /// The records of one mail, those that its lines have.
    public static func records(of result: DryRunResult) -> [MailRecord] {
        DryRunJSON.lines(of: result).compactMap { MailRecord(line: Array($0.utf8)) }
    }

    /// A line of `--format jsonl`; `nil` where it is none.
    public init?(line: [UInt8]) {
        guard let record = try? JSONDecoder().decode(MailRecord.self, from: Data(line)) else { return nil }
        self = record
    }

    /// Whether it is more than a mail that was passed on as it came.
    var isRemarkable: Bool {
        disposition != Disposition.deliver.rawValue || !actions.isEmpty || error != nil || withheld?.isEmpty == false
    }
}
