/// The files that `lazaret init` writes.
enum PolicyRepository {
    static func files(_ pipeline: Pipeline) -> [(path: String, text: String)] {
        files + [pipeline.file].compactMap { $0 }
    }

    private static let files: [(path: String, text: String)] = [
        ("policy.lazaret", policy),
        ("tests.lazaret", tests),
        ("samples/note.eml", note),
        ("samples/invoice-script.eml", script),
        ("samples/locked-zip.eml", lockedZip),
        ("Makefile", makefile),
        ("README.md", readme),
    ]

    private static let policy = """
        # Our mail policy. Rules have no order: every one is judged, and the gravest answer wins.

        policy my-policy {
            edition     1
            description "Viruses and programs do not pass, and nothing that could not be inspected passes unseen"
            domains     "example.org"
            admin       "postmaster@example.org"
            language    en
        }

        # Ready modules; their files say what they do and what can be set.
        import standard.viruses with (area infected, notice held)
        import standard.executables with (area programs, notice held)

        # A rule of our own.
        rule too-large "Large files travel by other means" {
            on     inbound
            when   message.size > 25 MB
            then   reject "Over the limit of 25 MB: please send a link"
        }

        # The answers for what could not be read, for every rule that gives none of its own.
        uninspectable {
            if encrypted                                           then quarantine sealed
            if encrypted (pgp-mime, pgp-inline, smime)             then tag subject "[not scanned] "
            if encrypted (pgp-mime, pgp-inline, smime) on outbound then log "encrypted mail left unread"
            if damaged, ambiguous, unsupported                     then quarantine unreadable
            if over-limit                                          then quarantine oversized
            if engine-down                                         then defer
        }

        template held {
            en {
                subject "Message held: {subject}"
                body    \"\"\"
                    Hello,

                    The message "{subject}" was held by the rule {rule}. Your administrator can release it.
                    \"\"\"
            }
        }

        """

    private static let tests = """
        # What the policy promises, shown on sample mail. Answers of engines are assumed, so that the tests give the same
        # result on every machine.

        test "honest mail passes" {
            mail   "samples/note.eml" from "zoe@client.example" to "bob@example.org"
            assume virus is false
            expect deliver
            expect no notice
        }

        test "a virus is held" {
            mail   "samples/note.eml" from "zoe@client.example" to "bob@example.org"
            assume virus is true
            expect quarantine infected
            expect viruses.infected fires
        }

        test "a script is held, whatever its name says" {
            mail   "samples/invoice-script.eml" from "parcel@delivery.example" to "bob@example.org"
            assume virus is false
            expect quarantine programs
            expect executables.scripts fires
        }

        test "a large mail is refused" {
            mail   "samples/note.eml" from "zoe@client.example" to "bob@example.org"
            assume virus is false
            assume message.size is 30 MB
            expect reject "Over the limit of 25 MB: please send a link"
            expect too-large fires
        }

        test "no answer from the antivirus, no delivery" {
            mail   "samples/note.eml" from "zoe@client.example" to "bob@example.org"
            assume virus is unknown because engine-down
            expect defer
        }

        test "a locked archive is held" {
            mail   "samples/locked-zip.eml" from "zoe@client.example" to "bob@example.org"
            assume virus is unknown because encrypted (archive)
            expect quarantine sealed
            expect executables.programs undetermined
        }

        """

    private static let note = """
        From: Zoe Martin <zoe@client.example>
        To: Bob Lee <bob@example.org>
        Subject: Lunch on Thursday
        Date: Mon, 02 Mar 2026 10:15:00 +0100
        Message-ID: <lunch.1@client.example>
        MIME-Version: 1.0
        Content-Type: text/plain; charset=utf-8

        Hello Bob,

        are you free for lunch on Thursday?

        Zoe

        """

    private static let script = """
        From: Parcel Service <parcel@delivery.example>
        To: Bob Lee <bob@example.org>
        Subject: Your invoice
        Date: Mon, 02 Mar 2026 11:00:00 +0100
        Message-ID: <invoice.7@delivery.example>
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary="sample"

        --sample
        Content-Type: text/plain; charset=utf-8

        Please see the attached invoice.

        --sample
        Content-Type: text/plain; name="invoice.txt"
        Content-Disposition: attachment; filename="invoice.txt"

        #!/bin/sh
        echo "a harmless sample"

        --sample--

        """

    /// A zip with one entry of ZipCrypto, made for this project.
    private static let lockedZip = """
        From: Zoe Martin <zoe@client.example>
        To: Bob Lee <bob@example.org>
        Subject: The figures
        Date: Mon, 02 Mar 2026 12:30:00 +0100
        Message-ID: <figures.3@client.example>
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary="sample"

        --sample
        Content-Type: text/plain; charset=utf-8

        The password is the name of my dog.

        --sample
        Content-Type: application/zip; name="figures.zip"
        Content-Disposition: attachment; filename="figures.zip"
        Content-Transfer-Encoding: base64

        UEsDBBQACQAIAABgYlxHDSBXIwAAABwAAAALAAAAZmlndXJlcy50eHRAN3JYyFokXKSuRsuo
        g03KGW9azsELNch/bqbOk2Qqtz+v1lBLBwhHDSBXIwAAABwAAABQSwECHgMUAAkACAAAYGJc
        Rw0gVyMAAAAcAAAACwAAAAAAAAABAAAApIEAAAAAZmlndXJlcy50eHRQSwUGAAAAAAEAAQA5
        AAAAXAAAAAAA

        --sample--

        """

    private static let makefile = """
        all: check test policy.lzb

        check:
        \tlazaret fmt --check .
        \tlazaret check .

        test:
        \tlazaret test .

        policy.lzb: $(wildcard *.lazaret)
        \tlazaret compile . -o $@

        .PHONY: all check test

        """

    private static let readme = """
        # Our mail policy

        | file | what it is |
        |---|---|
        | `policy.lazaret` | the policy |
        | `tests.lazaret` | what it promises, shown on the mails of `samples` |
        | `samples/` | mails for the tests |

        `make` checks, tests and compiles it. To see what a change would do to real mail:

            lazaret dry-run --policy . --signatures /var/lib/clamav path/to/Maildir
            lazaret explain --policy . --signatures /var/lib/clamav --to bob@example.org suspicious.eml

        Without `--signatures` no antivirus answers, and the policy defers all mail.

        """
}
