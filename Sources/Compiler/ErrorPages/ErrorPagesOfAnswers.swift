extension ErrorPages {
    /// The pages of absence, and what cannot be known.
    static let answerPages: [ErrorPage] = [
        ErrorPage(
            500, "The condition also holds where it is absent",
            #"""
            A denial such as `is not` also holds for mail that has nothing there, and often that
            is not meant: `not (sender in ("x@acme.example"))` holds for every bounce, whose sender
            is empty.
            Write `… exists and` before the denial, not within it, or say by `otherwise` what is
            compared then.
            """#,
            wrong: #"when reply-to.domain is not "acme.example""#,
            right: #"when reply-to exists and reply-to.domain is not "acme.example""#),
        ErrorPage(
            501, "No answer for what cannot be judged",
            #"""
            Some mail cannot be read: it is encrypted, damaged, too large. Whether the rule
            applies is then unknown, and nothing passes in silence because of that.
            Say what is to happen, for every rule in `uninspectable` or in the rule.
            """#,
            wrong: #"""
                policy acme {
                    edition 1
                }

                rule leaks {
                    when message.text contains "top secret"
                    then quarantine leaks
                }
                """#,
            right: #"""
                policy acme {
                    edition 1
                }

                rule leaks {
                    when message.text contains "top secret"
                    then quarantine leaks
                    if unknown then defer
                }
                """#),
        ErrorPage(
            502, "Not a reason",
            #"""
            What is unknown is so for one of some reasons: `encrypted`, `damaged`, `ambiguous`,
            `unsupported`, `over-limit`, `engine-down`.
            Write one of them, or `unknown` for all.
            """#,
            wrong: #"""
                uninspectable {
                    if encryptd then defer
                }
                """#,
            right: #"""
                uninspectable {
                    if encrypted then defer
                }
                """#),
        ErrorPage(
            503, "Only `encrypted` has kinds",
            #"""
            The words in parentheses tell how something is encrypted. Other reasons have no kinds.
            Take them out.
            """#,
            wrong: #"""
                uninspectable {
                    if damaged (pdf) then defer
                }
                """#,
            right: #"""
                uninspectable {
                    if damaged then defer
                }
                """#),
        ErrorPage(
            504, "Two answers to the same",
            #"""
            Two rows speak of exactly the same mail, so neither is the right one.
            Keep one, or make one narrower by a kind or direction.
            """#,
            wrong: #"""
                uninspectable {
                    if damaged then defer
                    if damaged then quarantine unreadable
                }
                """#,
            right: #"""
                uninspectable {
                    if damaged then quarantine unreadable
                }
                """#),
        ErrorPage(
            505, "Two rows overlap",
            #"""
            Both rows speak of some mail, answer it differently, and neither is the narrower. Rows
            have no order that could decide.
            Split one of them.
            """#,
            wrong: #"""
                uninspectable {
                    if encrypted on inbound then ignore
                    if encrypted (smime)    then defer
                }
                """#,
            right: #"""
                uninspectable {
                    if encrypted on inbound then ignore
                    if encrypted            then defer
                }
                """#),
        ErrorPage(
            506, "A mandatory rule would let mail pass",
            #"""
            A mandatory rule guards against harm, and `ignore` lets mail pass that it could not
            judge.
            Answer with `defer` or something stronger.
            """#,
            wrong: #"""
                policy acme {
                    edition 1
                }

                mandatory rule infected {
                    when virus
                    then quarantine malware
                    if unknown then ignore
                }
                """#,
            right: #"""
                policy acme {
                    edition 1
                }

                mandatory rule infected {
                    when virus
                    then quarantine malware
                    if unknown then defer
                }
                """#),
        ErrorPage(
            507, "`strip` where nothing was found",
            #"""
            `strip` takes away the files that a rule found. Mail that cannot be judged has no such
            files.
            Hold the mail.
            """#,
            wrong: #"""
                uninspectable {
                    if damaged then strip
                }
                """#,
            right: #"""
                uninspectable {
                    if damaged then quarantine unreadable
                }
                """#),
    ]
}
