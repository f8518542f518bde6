extension ErrorPages {
    /// The pages of rules, actions and exemptions.
    static let rulePages: [ErrorPage] = [
        ErrorPage(
            600, "A rule without `when`",
            #"""
            A rule must say which mail it is about. `when true` is every mail.
            Add a `when` clause.
            """#,
            wrong: #"""
                rule example {
                    then quarantine review
                }
                """#,
            right: #"""
                rule example {
                    when tls
                    then quarantine review
                }
                """#),
        ErrorPage(
            601, "A rule without `then`",
            #"""
            A rule that does nothing looks like protection and is none.
            Add a `then` clause.
            """#,
            wrong: #"""
                rule example {
                    when tls
                }
                """#,
            right: #"""
                rule example {
                    when tls
                    then quarantine review
                }
                """#),
        ErrorPage(
            602, "A clause stands twice",
            #"""
            A rule has one `when`, one `then`, one `unless`. Of two it is not told how they go
            together.
            Join the conditions by `and` or `or`, or write two rules.
            """#,
            wrong: #"""
                rule example {
                    when tls
                    when authenticated
                    then quarantine review
                }
                """#,
            right: #"""
                rule example {
                    when tls and authenticated
                    then quarantine review
                }
                """#),
        ErrorPage(
            603, "Not a direction",
            #"""
            Mail is `inbound`, `outbound` or `internal`.
            Write one of these.
            """#,
            wrong: #"""
                rule example {
                    on   inbuond
                    when tls
                    then quarantine review
                }
                """#,
            right: #"""
                rule example {
                    on   inbound
                    when tls
                    then quarantine review
                }
                """#),
        ErrorPage(
            604, "A direction is named twice",
            #"""
            The same direction stands twice; perhaps another was meant.
            Name each once.
            """#,
            wrong: #"""
                rule example {
                    on   inbound, inbound
                    when tls
                    then quarantine review
                }
                """#,
            right: #"""
                rule example {
                    on   inbound, internal
                    when tls
                    then quarantine review
                }
                """#),
        ErrorPage(
            605, "`deliver` alone does nothing",
            #"""
            Mail that no rule stops is delivered. A rule cannot overrule another, as rules have no
            order.
            To spare mail from a rule, write an exemption; to let mail pass that cannot be judged,
            `ignore`.
            """#,
            wrong: #"""
                rule example {
                    when tls
                    then deliver
                }
                """#,
            right: #"""
                rule example {
                    when tls
                    then log
                }
                """#),
        ErrorPage(
            606, "Refused twice",
            #"""
            Mail is refused once, with one text to its sender.
            Keep one.
            """#,
            wrong: #"""
                rule example {
                    when tls
                    then reject "No"
                         reject "Never"
                }
                """#,
            right: #"""
                rule example {
                    when tls
                    then reject "No"
                }
                """#),
        ErrorPage(
            607, "Two ways in one rule",
            #"""
            Mail goes one way. A second one would be a copy, and copies are written `copy to`.
            Keep one.
            """#,
            wrong: #"""
                rule example {
                    when tls
                    then redirect to "a@acme.example"
                         deliver via archive
                }
                """#,
            right: #"""
                rule example {
                    when tls
                    then redirect to "a@acme.example"
                }
                """#),
        ErrorPage(
            608, "Two rules send mail two ways",
            #"""
            Both rules can apply to one mail, and rules have no order that could decide.
            Give them different directions, make one rule of them, or use `copy to`.
            """#,
            wrong: #"""
                rule first {
                    when tls
                    then redirect to "a@acme.example"
                }

                rule second {
                    when authenticated
                    then deliver via archive
                }
                """#,
            right: #"""
                rule first {
                    on   inbound
                    when tls
                    then redirect to "a@acme.example"
                }

                rule second {
                    on   outbound
                    when authenticated
                    then deliver via archive
                }
                """#),
        ErrorPage(
            609, "It is not said which files are taken away",
            #"""
            `strip` takes away the files that the condition finds, and this one finds none.
            Ask for `any file where (…)`, with no `not`, `no` or `every` around it.
            """#,
            wrong: #"""
                rule example {
                    when no file where (type is pdf)
                    then strip
                }
                """#,
            right: #"""
                rule example {
                    when any file where (type is pdf)
                    then strip
                }
                """#),
        ErrorPage(
            610, "The value of a field has several lines",
            #"""
            A line end in a header field begins another field, and could forge one.
            Write one line, without control characters.
            """#,
            wrong: #"""
                rule example {
                    when tls
                    then add header "X-Seen" "one\ntwo"
                }
                """#,
            right: #"""
                rule example {
                    when tls
                    then add header "X-Seen" "one two"
                }
                """#),
        ErrorPage(
            611, "No administrator is named",
            #"""
            `notify admin` needs an address.
            Write `admin "…"` in the policy's header.
            """#,
            wrong: #"""
                policy acme {
                    edition 1
                }

                rule example {
                    when tls
                    then quarantine review
                         notify admin
                }
                """#,
            right: #"""
                policy acme {
                    edition 1
                    admin   "postmaster@acme.example"
                }

                rule example {
                    when tls
                    then quarantine review
                         notify admin
                }
                """#),
        ErrorPage(
            612, "Nobody to notify by this name",
            #"""
            A notice goes to `sender`, `recipient` or `admin`, or to an address in quotes.
            Write one of these.
            """#,
            wrong: #"""
                rule example {
                    when tls
                    then quarantine review
                         notify sendr
                }
                """#,
            right: #"""
                rule example {
                    when tls
                    then quarantine review
                         notify sender
                }
                """#),
        ErrorPage(
            613, "The text has several lines",
            #"""
            A tag of the subject, and what else becomes part of a header, is one line. A line end
            could begin a forged field.
            Leave line ends and control characters out.
            """#,
            wrong: #"""
                rule example {
                    when tls
                    then tag subject "[one]\n[two] "
                }
                """#,
            right: #"""
                rule example {
                    when tls
                    then tag subject "[one] "
                }
                """#),
        ErrorPage(
            614, "The text is too long",
            #"""
            What is sent back to a mail server or set in a field has a greatest length, which the
            message tells. Servers cut longer ones.
            Say it in fewer words.
            """#,
            wrong: "# a refusal of more than 400 bytes",
            right: #"""
                rule example {
                    when tls
                    then reject "This mail cannot be accepted."
                }
                """#),
        ErrorPage(
            615, "A test expects the form of an action",
            #"""
            A test expects what comes out of a mail. Placeholders and `except when` are what it is
            made from.
            Write the text as this mail makes it.
            """#,
            wrong: #"""
                rule example {
                    when tls
                    then tag subject "[{direction}] "
                }

                test "a tag" {
                    mail "samples/a.eml" inbound from "a@partner.example" to "b@acme.example"
                    expect tag subject "[{direction}] "
                }
                """#,
            right: #"""
                rule example {
                    when tls
                    then tag subject "[{direction}] "
                }

                test "a tag" {
                    mail "samples/a.eml" inbound from "a@partner.example" to "b@acme.example"
                    expect tag subject "[inbound] "
                }
                """#),
        ErrorPage(
            616, "No value for a header field",
            #"""
            A field holds a text, number or address. A define or a list of files is none.
            Name a fact, a score or a setting, or write a text.
            """#,
            wrong: #"""
                rule example {
                    when tls
                    then add header "X-Files" files
                }
                """#,
            right: #"""
                rule example {
                    when tls
                    then add header "X-From" from.domain
                }
                """#),
        ErrorPage(
            620, "A rule that is not there",
            #"""
            The exemption or test names a rule that does not exist, so it would do nothing.
            Correct the name.
            """#,
            wrong: #"""
                rule example {
                    when tls
                    then quarantine review
                }

                exempt partners from exmaple {
                    when authenticated
                }
                """#,
            right: #"""
                rule example {
                    when tls
                    then quarantine review
                }

                exempt partners from example {
                    when authenticated
                }
                """#),
        ErrorPage(
            621, "A label that no rule bears",
            #"""
            The exemption names a label that no rule has, so it would do nothing.
            Correct the label.
            """#,
            wrong: #"""
                rule example {
                    when tls
                    then quarantine review
                    label phishing
                }

                exempt partners from label phising {
                    when authenticated
                }
                """#,
            right: #"""
                rule example {
                    when tls
                    then quarantine review
                    label phishing
                }

                exempt partners from label phishing {
                    when authenticated
                }
                """#),
        ErrorPage(
            622, "An exemption from a mandatory rule",
            #"""
            Nothing is exempt from a mandatory rule, so that nobody lifts it from afar.
            Write the exception into the rule itself, by `unless`.
            """#,
            wrong: #"""
                mandatory rule example {
                    when tls
                    then quarantine review
                }

                exempt partners from example {
                    when authenticated
                }
                """#,
            right: #"""
                mandatory rule example {
                    when tls
                    then quarantine review
                    unless authenticated
                }
                """#),
        ErrorPage(
            623, "An exemption from mandatory rules only",
            #"""
            Every rule with this label is mandatory, so the exemption would do nothing.
            Write the exception into the rules, by `unless`.
            """#,
            wrong: #"""
                mandatory rule example {
                    when tls
                    then quarantine review
                    label phishing
                }

                exempt partners from label phishing {
                    when authenticated
                }
                """#,
            right: #"""
                mandatory rule example {
                    when tls
                    then quarantine review
                    unless authenticated
                    label phishing
                }
                """#),
    ]
}
