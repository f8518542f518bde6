import Diagnostics

/// What Sieve and its extensions call commands, tests and tags, so that a misspelt one is told from one that has no
/// meaning in a policy.
enum SieveNames {
    /// Commands that act within one person's mailbox.
    private static let mailbox: Set<String> = [
        "vacation", "setflag", "addflag", "removeflag", "snooze", "processcalendar", "processimip",
    ]
    /// Those of the base language and of the extensions that are translated.
    private static let translated: Set<String> = [
        "require", "if", "elsif", "else", "stop", "keep", "discard", "redirect", "fileinto", "reject", "ereject",
        "addheader", "deleteheader", "notify", "set", "return",
    ]
    private static let others: Set<String> = [
        "include", "global", "foreverypart", "break", "replace", "enclose", "extracttext", "convert", "denotify",
        "refuse", "error", "pipe", "filter", "execute", "report", "debug_log",
    ]
    private static let tests: Set<String> = [
        "allof", "anyof", "not", "true", "false", "header", "address", "envelope", "exists", "size", "body", "date",
        "currentdate", "virustest", "spamtest", "string", "hasflag", "environment", "ihave", "duplicate",
        "mailboxexists", "mailboxidexists", "metadata", "metadataexists", "servermetadata", "servermetadataexists",
        "notify_method_capability", "valid_notify_method", "specialuse_exists", "valid_ext_list", "convert",
        "execute", "pipe", "filter",
    ]

    /// Why a command is not in the policy.
    static func why(command name: String) -> String {
        if mailbox.contains(name) { return "a policy decides for the organisation, not within a mailbox" }
        if translated.contains(name) { return "its arguments cannot be read" }
        if others.contains(name) { return "policies have nothing that answers to it" }
        return "no command of Sieve is called so" + meant(name, among: mailbox.union(translated).union(others))
    }

    /// Why a test is not in the policy.
    static func why(test name: String) -> String {
        tests.contains(name)
            ? "policies have nothing that answers to it"
            : "no test of Sieve is called so" + meant(name, among: tests)
    }

    /// Why a tag makes its test or command one that a policy has nothing for.
    static func why(tag: String) -> String {
        if let reason = reasons[tag] { return reason }
        return tags.contains(tag)
            ? "policies have nothing that answers to it"
            : "no tag of Sieve is called so" + meant(tag, among: tags, mark: ":")
    }

    private static func meant(_ name: String, among names: Set<String>, mark: String = "") -> String {
        Nearest.to(name, among: names).map { "; did you mean `\(mark)\($0.name)`?" } ?? ""
    }

    private static let tags: Set<String> = [
        "is", "contains", "matches", "regex", "count", "value", "comparator", "list", "index", "last", "zone",
        "originalzone", "all", "domain", "localpart", "user", "detail", "over", "under", "raw", "text", "content",
        "mime",
        "anychild", "type", "subtype", "contenttype", "param", "copy", "create", "flags", "specialuse", "mailboxid",
        "notify", "ret", "bytimerelative", "bytimeabsolute", "bymode", "bytrace", "message", "from", "importance",
        "options", "method", "id", "low", "normal", "high", "percent", "fcc",
    ]
    /// Why policies have nothing for a tag, where there is more to say than that.
    private static let reasons = [
        "index": "fields are not numbered here", "last": "fields are not numbered here",
        "zone": "hours are those of the policy's `timezone`",
        "originalzone": "hours are those of the policy's `timezone`",
        "list": "name the group or list in a condition: `from in GROUP`",
        "mime": "only the message's own header fields can be asked for",
    ]
}
