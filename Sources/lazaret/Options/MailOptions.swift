import ArgumentParser
import Glibc
import PolicyTesting

struct MailOptions: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "An .eml file, an mbox, a Maildir, a folder tree of these, or - for one mail on standard input.",
            discussion: "Outside Maildirs, files whose names start with a dot are left out.", valueName: "mail"))
    var mails: [String] = []

    @Flag(help: "Read paths from standard input, one a line.")
    var stdinList = false

    mutating func validate() throws {
        guard !mails.isEmpty || stdinList else {
            throw ValidationError("name a mail, or give paths on standard input with --stdin-list")
        }
        if stdinList, mails.contains("-") {
            throw ValidationError("standard input cannot be both a mail (-) and a list (--stdin-list)")
        }
    }

    var walk: MailWalk {
        MailWalk(mails.map { .path($0) } + (stdinList ? [.listOnStandardInput] : []))
    }

    /// How many mails there are, counted beside the run where a person watches it; `nil` where that cannot be known.
    var counter: MailCounter? {
        guard isatty(STDERR_FILENO) == 1, !stdinList, !mails.contains("-") else { return nil }
        return MailCounter(mails.map { .path($0) })
    }
}
