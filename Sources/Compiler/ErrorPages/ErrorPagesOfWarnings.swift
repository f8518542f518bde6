extension ErrorPages {
    /// The pages of warnings.
    static let warningPages: [ErrorPage] = [
        ErrorPage(
            700, "A group or list that nothing uses",
            #"""
            Nothing asks for it. Perhaps the rule that should is missing, or names another.
            Use it, take it out, or allow the warning with a reason.
            """#,
            wrong: #"group partners { "eve@partner.example" }"#,
            right: #"""
                group partners { "eve@partner.example" }

                rule example {
                    when from in partners
                    then quarantine review
                }
                """#),
        ErrorPage(
            701, "An entry stands twice",
            #"""
            The same entry is listed twice. It does no harm, but perhaps another was meant.
            Take one out.
            """#,
            wrong: #"group partners { "eve@partner.example", "eve@partner.example" }"#,
            right: #"group partners { "eve@partner.example" }"#),
        ErrorPage(
            702, "An area named almost like another",
            #"""
            An area needs no declaration, so a slip of the pen makes a new one, where nobody looks
            for the mail. Capitals count: `Media` and `media` are two areas.
            Write the name of the other area, or declare both.
            """#,
            wrong: #"""
                quarantine sealed {
                }

                rule example {
                    when tls
                    then quarantine seald
                }
                """#,
            right: #"""
                quarantine sealed {
                }

                rule example {
                    when tls
                    then quarantine sealed
                }
                """#),
        ErrorPage(
            703, "A field named almost like a known one",
            #"""
            Any name can be a header field, so a slip of the pen is a field that no mail has.
            Write the known name, or allow the warning.
            """#,
            wrong: #"when header "Sujbect" exists"#,
            right: #"when header "Subject" exists"#),
        ErrorPage(
            704, "A condition that is settled",
            #"""
            The condition holds for every mail, or for none, so it decides nothing: a size is never
            below zero, none is above 5 MB and below 2 MB, and a rule for inbound mail never sees
            outbound mail.
            Take it out, or change it to what was meant.
            """#,
            wrong: "when message.size > 5 MB and message.size < 2 MB",
            right: "when message.size > 2 MB and message.size < 5 MB"),
        ErrorPage(
            705, "`every` also holds for none",
            #"""
            `every file where (…)` is true of mail without any file.
            If that is not meant, count them too.
            """#,
            wrong: "when every file where (type is pdf)",
            right: "when count of files > 0 and every file where (type is pdf)"),
        ErrorPage(
            706, "A threshold out of reach",
            #"""
            All entries together come to less than the threshold, so no text ever reaches it and
            no mail is stopped.
            Lower the threshold, or add entries.
            """#,
            wrong: #"""
                dictionary secrets {
                    threshold 50
                    5 word "secret"
                }
                """#,
            right: #"""
                dictionary secrets {
                    threshold 5
                    5 word "secret"
                }
                """#),
        ErrorPage(
            707, "A template without one of the languages",
            #"""
            A notice is written in the first language of the policy's `language` line, and this
            template has no words in it, so its readers get the notice in another.
            Add a block for that language to the template, or change the `language` line. A
            template that only a `disclaimer` uses needs none: it stands under mail to strangers.
            """#,
            wrong: #"""
                policy acme {
                    edition  1
                    language fr, en
                }

                template held {
                    en {
                        subject "Held"
                        body    "Your mail is held."
                    }
                }
                """#,
            right: #"""
                policy acme {
                    edition  1
                    language fr, en
                }

                template held {
                    en {
                        subject "Held"
                        body    "Your mail is held."
                    }
                    fr {
                        subject "Message retenu"
                        body    "Votre message est retenu."
                    }
                }
                """#),
        ErrorPage(
            708, "An exemption lets viruses pass",
            #"""
            The exemption lifts a rule that asks the antivirus. A partner's machine can be
            infected, too.
            Exempt from other rules, or allow the warning with the reason why it is right.
            """#,
            wrong: #"""
                rule example {
                    when virus
                    then quarantine review
                }

                exempt partners from example {
                    when authenticated
                }
                """#,
            right: #"""
                rule infected {
                    when virus
                    then quarantine review
                }

                rule example {
                    when tls
                    then quarantine review
                }

                exempt partners from example {
                    when authenticated
                }
                """#),
        ErrorPage(
            709, "An identity that nothing proves",
            #"""
            Anyone can write any address into a mail. An exception for an address is open to
            everyone who writes it.
            Ask for a proof: `auth.dmarc is pass` for `from`, `auth.spf is pass` for `sender`, or
            `authenticated`.
            """#,
            wrong: #"""
                rule example {
                    when tls
                    then quarantine review
                    unless from in ("*@partner.example")
                }
                """#,
            right: #"""
                rule example {
                    when tls
                    then quarantine review
                    unless from in ("*@partner.example") and auth.dmarc is pass
                }
                """#),
        ErrorPage(
            710, "A score that nothing uses",
            #"""
            The score is summed up and never asked for.
            Compare it in a rule, or take it out.
            """#,
            wrong: #"""
                score suspicion {
                    5 when tls
                }
                """#,
            right: #"""
                score suspicion {
                    5 when tls
                }

                rule example {
                    when suspicion >= 5
                    then quarantine review
                }
                """#),
        ErrorPage(
            711, "A setting that nothing uses",
            #"""
            The setting has a value that no rule asks for.
            Compare it in a rule, or take it out.
            """#,
            wrong: #"""
                setting limit take largest {
                    otherwise 20 MB
                    when authenticated then 50 MB
                }
                """#,
            right: #"""
                setting limit take largest {
                    otherwise 20 MB
                    when authenticated then 50 MB
                }

                rule example {
                    when message.size > limit
                    then quarantine review
                }
                """#),
        ErrorPage(
            713, "Letters of two scripts in one word",
            #"""
            Letters of other scripts look like Latin ones. A reviewer sees `paypal` and the rule
            looks for another word.
            Write the letter that is meant, or an escape if the imitation is.
            """#,
            wrong: "when subject contains \"p\u{430}ypal\"",
            right: #"when subject contains "paypal""#),
        ErrorPage(
            717, "More than what was registered",
            #"""
            `.registrable` is the domain that somebody registered, without its subdomains. A
            subdomain, or a suffix such as `co.uk`, never equals it.
            Compare the registered domain, or the whole domain by `under`.
            """#,
            wrong: #"when from.domain.registrable is "mail.acme.co.uk""#,
            right: #"when from.domain under "mail.acme.co.uk""#),
        ErrorPage(
            720, "A template that nothing uses",
            #"""
            No rule sends a notice by it. Perhaps a rule lacks its `notify`, or names another
            template.
            Use it, or take it out.
            """#,
            wrong: #"""
                template held {
                    en {
                        subject "Held"
                        body    "Your mail is held."
                    }
                }
                """#,
            right: #"""
                template held {
                    en {
                        subject "Held"
                        body    "Your mail is held."
                    }
                }

                rule example {
                    when tls
                    then quarantine review
                         notify recipient using held
                }
                """#),
        ErrorPage(
            721, "A define that nothing uses",
            #"""
            The condition is given a name, and no rule uses it. Perhaps a rule was meant to.
            Use it, or take it out.
            """#,
            wrong: #"define odd = subject contains "odd""#,
            right: #"""
                define odd = subject contains "odd"

                rule example {
                    when odd
                    then quarantine review
                }
                """#),
        ErrorPage(
            722, "An area that nothing uses",
            #"""
            The area is declared, and no rule puts mail into it. Perhaps a rule names another.
            Use it, or take it out.
            """#,
            wrong: #"""
                quarantine films {
                    keep 3 days
                }
                """#,
            right: #"""
                quarantine films {
                    keep 3 days
                }

                rule example {
                    when any file where (type is video)
                    then quarantine films
                }
                """#),
        ErrorPage(
            723, "It is not said whose results are believed",
            #"""
            SPF, DKIM and DMARC are read from `Authentication-Results` fields, which anyone can
            write. Only those of your own servers are believed, and without their names every
            result is `none`.
            Name them by `auth-servers` in the header.
            """#,
            wrong: #"""
                policy acme {
                    edition 1
                }

                rule example {
                    when auth.dmarc is fail
                    then quarantine forged
                    if engine-down then defer
                }
                """#,
            right: #"""
                policy acme {
                    edition      1
                    auth-servers "mx.acme.example"
                }

                rule example {
                    when auth.dmarc is fail
                    then quarantine forged
                    if engine-down then defer
                }
                """#),
        ErrorPage(
            724, "A rule that adds nothing to another",
            #"""
            Whenever this rule fires, another fires too and does at least as much. Perhaps its
            condition is not the one that was meant.
            Take one of the two out, or change it.
            """#,
            wrong: #"""
                rule letters {
                    when subject contains "invoice"
                    then quarantine media
                }

                rule letters-of-others {
                    when subject contains "invoice" and not (authenticated)
                    then quarantine media
                }
                """#,
            right: #"""
                rule letters {
                    when subject contains "invoice"
                    then quarantine media
                }
                """#),
        ErrorPage(
            725, "An exemption that nothing needs",
            #"""
            No rule can come to what the exemption spares mail from. It would spare nothing, or it
            names the wrong thing.
            Take it out, or change it.
            """#,
            wrong: #"""
                rule example {
                    when tls
                    then quarantine review
                }

                exempt sealed from unknown encrypted {
                    when authenticated
                }
                """#,
            right: #"""
                rule example {
                    when tls
                    then quarantine review
                }
                """#),
        ErrorPage(
            726, "A network written by one of its hosts",
            #"""
            The length says how many bits of the address count, and the address has others besides:
            `10.0.0.1/8` is all of `10.0.0.0/8`, sixteen million hosts. Perhaps one of them was meant.
            Write the network's first address, or the one host without a length.
            """#,
            wrong: #"""
                policy acme {
                    edition  1
                    networks "10.0.0.1/8"
                }
                """#,
            right: #"""
                policy acme {
                    edition  1
                    networks "10.0.0.0/8"
                }
                """#),
        ErrorPage(
            727, "A test's mail is not there",
            #"""
            The test names a file of a mail that does not exist, so it cannot run and shows nothing.
            The path is relative to the folder of the file that holds the test.
            Correct the path, or put the mail there.
            """#,
            wrong: #"""
                test "a letter passes" {
                    mail   "samples/leter.eml" inbound from "a@partner.example" to "b@acme.example"
                    expect deliver
                }
                === mail samples/letter.eml
                """#,
            right: #"""
                test "a letter passes" {
                    mail   "samples/letter.eml" inbound from "a@partner.example" to "b@acme.example"
                    expect deliver
                }
                === mail samples/letter.eml
                """#),
        ErrorPage(
            728, "Mailboxes whose subdomain is not among ours",
            #"""
            `domains` takes names as they stand: "acme.example" is not "dev.acme.example". Mail from
            outside to a mailbox there counts as outbound, as if it were to be relayed, and no rule
            `on inbound` sees it.
            Add the subdomain to `domains`, or "*.acme.example" for every subdomain. Where it belongs to
            somebody else, allow the warning and say so.
            """#,
            wrong: #"""
                policy acme {
                    edition 1
                    domains "acme.example"
                }

                group developers { "*@dev.acme.example" }

                rule programs {
                    on     inbound
                    when   any file where (type is executable)
                    unless recipient in developers
                    then   reject "No programs"
                    if unknown then defer
                }
                """#,
            right: #"""
                policy acme {
                    edition 1
                    domains "acme.example", "*.acme.example"
                }

                group developers { "*@dev.acme.example" }

                rule programs {
                    on     inbound
                    when   any file where (type is executable)
                    unless recipient in developers
                    then   reject "No programs"
                    if unknown then defer
                }
                """#),
    ]
}
