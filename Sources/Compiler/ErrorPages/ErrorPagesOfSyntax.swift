extension ErrorPages {
    /// The pages of the form of the text.
    static let syntaxPages: [ErrorPage] = [
        ErrorPage(
            1, "The file is not UTF-8",
            #"""
            A policy is read as UTF-8. A byte of another encoding could be any letter, so that
            what a reviewer sees and what mail is compared with would differ.
            Save the file as UTF-8 in the editor.
            """#,
            wrong: "# the byte FF, as an old editor writes it",
            right: #"when subject contains "ÿ""#),
        ErrorPage(
            2, "The file is too large",
            #"""
            A policy file has a greatest size, and a larger one is not read at all, so that no
            half policy is ever used.
            Long lists of addresses or domains belong in files of their own, one entry a line.
            """#,
            wrong: "# a file with a hundred thousand addresses in it",
            right: #"""
                group partners from file "partners.txt"

                rule example {
                    when from in partners
                    then quarantine review
                }
                === list partners.txt
                eve@partner.example
                """#),
        ErrorPage(
            3, "A character without meaning",
            #"""
            The character belongs to no word, number or operator of the language. It is often left
            over from another language or from copying.
            Take it out, or put the text it belongs to in quotes.
            """#,
            wrong: #"when subject contains "x" $"#,
            right: #"when subject contains "x""#),
        ErrorPage(
            4, "A text without its closing quote",
            #"""
            A text begins with `"` and ends on the same line. Without the end, the rest of the
            file would be read as part of it, and rules would vanish.
            Close it, or write a text of several lines between two `"""`.
            """#,
            wrong: #"when subject contains "invoice"#,
            right: #"when subject contains "invoice""#),
        ErrorPage(
            5, "An escape that does not exist",
            #"""
            In a text, a backslash begins an escape. The escapes are `\"`, `\\`, `\n`, `\r`, `\t`
            and `\u{…}`.
            For a backslash itself, as in a Windows path, write two.
            """#,
            wrong: #"when subject contains "C:\windows""#,
            right: #"when subject contains "C:\\windows""#),
        ErrorPage(
            6, "A regular expression without its end",
            #"""
            A regular expression stands between two slashes on one line.
            Add the closing slash. A slash within the expression is written `\/`.
            """#,
            wrong: "when subject matches /invoice",
            right: "when subject matches /invoice/"),
        ErrorPage(
            7, "A number with too many digits",
            #"""
            The number is larger than the language can hold, so no mail could be compared with it.
            Write a smaller one, or a larger unit: `MB`, `GB`.
            """#,
            wrong: "when message.size > 99999999999999999999 MB",
            right: "when message.size > 20 MB"),
        ErrorPage(
            8, "A day that does not exist",
            #"""
            A date is written year-month-day, and the calendar must have that day. A date that is
            read in another way than its author meant would judge other mail.
            Correct the day or the month.
            """#,
            wrong: "when received-at > 2026-02-30",
            right: "when received-at > 2026-02-28"),
        ErrorPage(
            9, "An invisible character in a text",
            #"""
            The text holds a character that nobody sees, such as a space of no width. A reviewer
            would approve another text than the one that mail is compared with.
            Write it as an escape, or take it out.
            """#,
            wrong: "when subject contains \"pay\u{200B}pal\"  # U+200B stands between `pay` and `pal`",
            right: #"when subject contains "pay\u{200B}pal""#),
        ErrorPage(
            10, "Another word was expected",
            #"""
            What stands here cannot follow what stands before it. Mostly something small is missing
            or too much just before this place: a closing `)` or `}`, a quote, a comma between the
            members of a list, the value behind `contains` or `>`. Several values behind a relation
            are written `any of ("a", "b")`, values behind `in` stand in parentheses, actions stand
            side by side without commas, and names of rules and areas have no quotes.
            Look at the word before the marked place first, then compare the clause with the same
            one in a policy that works, such as those of `lazaret init`.
            """#,
            wrong: #"when subject contains ("invoice", "payment")"#,
            right: #"when subject contains any of ("invoice", "payment")"#),
        ErrorPage(
            11, "A word the language does not have",
            #"""
            A clause or declaration begins with a word that the language does not know, mostly a
            slip of the pen.
            Take the word that is proposed.
            """#,
            wrong: #"""
                ruel example {
                    when tls
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
            12, "`and` and `or` without parentheses",
            #"""
            Two readers can read `a and b or c` in two ways, and a rule must stop the same mail
            for both. So the language wants parentheses here.
            Put together what belongs together.
            """#,
            wrong: #"when tls and authenticated or subject contains "x""#,
            right: #"when (tls and authenticated) or subject contains "x""#),
        ErrorPage(
            13, "An operator of another language",
            #"""
            Operators such as `==`, `&&` and `!` are words here: `is`, `and`, `not`.
            Write the word.
            """#,
            wrong: "when tls && authenticated",
            right: "when tls and authenticated"),
        ErrorPage(
            14, "Quotes are missing",
            #"""
            Texts, addresses, domains and networks stand in quotes. Without them their dots and
            signs would be read as parts of the language.
            Put them in straight double quotes.
            """#,
            wrong: #"""
                policy acme {
                    edition 1
                    domains acme.example
                }
                """#,
            right: #"""
                policy acme {
                    edition 1
                    domains "acme.example"
                }
                """#),
        ErrorPage(
            15, "A brace is not closed",
            #"""
            A `{` has no `}`. What follows would belong to the block, so that a rule could lie
            unseen within another.
            Close the block where it ends.
            """#,
            wrong: #"""
                rule example {
                    when tls
                    then quarantine review
                """#,
            right: #"""
                rule example {
                    when tls
                    then quarantine review
                }
                """#),
        ErrorPage(
            16, "A brace that belongs to nothing",
            #"""
            There is a brace too many here. Often one was left behind when a rule was taken out.
            Remove it.
            """#,
            wrong: #"""
                rule example {
                    when tls
                    then quarantine review
                }
                }
                """#,
            right: #"""
                rule example {
                    when tls
                    then quarantine review
                }
                """#),
        ErrorPage(
            17, "Parentheses are nested too deeply",
            #"""
            Conditions stand in one another more often than the limit allows. The limit keeps a
            hostile or broken file from exhausting the checker, and such a condition is hard to
            review.
            Give a part of it a name by `define`.
            """#,
            wrong: "# several hundred parentheses in one another",
            right: #"""
                define suspect = tls and subject contains "x"

                rule example {
                    when suspect
                    then quarantine review
                }
                """#),
        ErrorPage(
            18, "A word of the language used as a name",
            #"""
            The name is a word that the language uses itself, so a reader could not tell which is
            meant.
            Choose another name.
            """#,
            wrong: #"group test { "eve@partner.example" }"#,
            right: #"""
                group testers { "eve@partner.example" }

                rule example {
                    when from in testers
                    then quarantine review
                }
                """#),
        ErrorPage(
            19, "Comparisons in a chain",
            #"""
            A comparison has two sides. `a < b < c` means different things in different languages,
            so it is not allowed.
            Write two comparisons and join them by `and`.
            """#,
            wrong: "when 1 MB < message.size < 2 MB",
            right: "when message.size > 1 MB and message.size < 2 MB"),
        ErrorPage(
            20, "A separator too many",
            #"""
            A comma stands only between the entries of a list, and no clause ends with a
            semicolon.
            Remove it.
            """#,
            wrong: #"""
                rule example {
                    on   inbound,
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
            21, "A comment of another language",
            #"""
            A comment begins with `#` and ends with its line.
            Write `#` in place of `//` or `/* … */`.
            """#,
            wrong: #"""
                // our partners
                rule example {
                    when tls
                    then quarantine review
                }
                """#,
            right: #"""
                # our partners
                rule example {
                    when tls
                    then quarantine review
                }
                """#),
        ErrorPage(
            22, "`not` without parentheses",
            #"""
            Without parentheses it is not clear how far `not` reaches, and a wrong reading lets
            mail pass that should be stopped.
            Put what is denied in parentheses, or deny the relation, as in `not contains`.
            """#,
            wrong: "when not message.size > 2 MB",
            right: "when not (message.size > 2 MB)"),
        ErrorPage(
            23, "A dot in a name",
            #"""
            What a policy declares has a name of letters, digits and hyphens. Dots are for what a
            fact or module has: `from.domain`.
            Write a hyphen.
            """#,
            wrong: #"""
                rule large.mail {
                    when tls
                    then quarantine review
                }
                """#,
            right: #"""
                rule large-mail {
                    when tls
                    then quarantine review
                }
                """#),
        ErrorPage(
            24, "Quotes of another kind",
            #"""
            Word processors write curly quotes, and other languages write single ones. A text here
            stands in straight double quotes.
            Replace them.
            """#,
            wrong: "when subject contains “invoice”",
            right: #"when subject contains "invoice""#),
        ErrorPage(
            25, "A regular expression in the wrong place",
            #"""
            `contains` and `is` compare with a text as it stands. A regular expression goes with
            `matches`, or with `regex` in a dictionary.
            Write `matches`, or put the text in quotes.
            """#,
            wrong: "when subject contains /invoice/",
            right: "when subject matches /invoice/"),
    ]
}
