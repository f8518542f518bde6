extension ErrorPages {
    /// The pages of groups, lists, dictionaries and templates.
    static let listPages: [ErrorPage] = [
        ErrorPage(
            300, "Lists of an unknown kind",
            #"""
            A list says what its entries are: `Address`, `Domain`, `Network`, `Text` and others.
            Its entries are compared as such.
            Write one of the kinds.
            """#,
            wrong: #"list shorteners of Domian { "t.example" }"#,
            right: #"list shorteners of Domain { "t.example" }"#),
        ErrorPage(
            301, "An entry of the wrong form",
            #"""
            The entry is not what the list or group holds. It would never match, so that mail from
            it would pass or be stopped against the author's will.
            Correct the entry, or move it to a list of its kind.
            """#,
            wrong: #"group partners { "eve at partner.example" }"#,
            right: #"group partners { "eve@partner.example" }"#),
        ErrorPage(
            302, "An unknown source of a list",
            #"""
            The entries of a list stand in braces or come from a file.
            Write `from file "PATH"`.
            """#,
            wrong: #"group partners from fil "partners.txt""#,
            right: #"""
                group partners from file "partners.txt"
                === list partners.txt
                eve@partner.example
                """#),
        ErrorPage(
            303, "The file of a list is not named",
            #"""
            `from file` must say which file.
            Write its path behind it, in quotes.
            """#,
            wrong: "group partners from file",
            right: #"""
                group partners from file "partners.txt"
                === list partners.txt
                eve@partner.example
                """#),
        ErrorPage(
            304, "A path that leads out of the folder",
            #"""
            A policy reads files of its own folder only, so that a policy from elsewhere cannot
            read what it should not.
            Put the file beside the policy.
            """#,
            wrong: #"group partners from file "../partners.txt""#,
            right: #"""
                group partners from file "partners.txt"
                === list partners.txt
                eve@partner.example
                """#),
        ErrorPage(
            305, "The file of a list is not there",
            #"""
            The list's file cannot be found, or not be read, as the note says. An empty list in its
            place would let mail pass, so the policy is not compiled.
            Correct the path, which is relative to the folder of this file, or add the file.
            """#,
            wrong: #"group partners from file "partner.txt""#,
            right: #"""
                group partners from file "partners.txt"
                === list partners.txt
                eve@partner.example
                """#),
        ErrorPage(
            306, "Lines of a list's file have the wrong form",
            #"""
            The file holds one entry a line; `#` begins a comment. Some lines are not such
            entries, and the notes show them.
            Correct these lines.
            """#,
            wrong: #"""
                group partners from file "partners.txt"
                === list partners.txt
                not an address
                """#,
            right: #"""
                group partners from file "partners.txt"
                === list partners.txt
                eve@partner.example
                """#),
        ErrorPage(
            307, "A list is too long",
            #"""
            A list has a greatest number of entries and of bytes, so that policies stay quick to load.
            Write whole domains or patterns in place of single addresses, or split the list.
            """#,
            wrong: #"""
                # a file with millions of entries
                group partners from file "partners.txt"
                """#,
            right: #"group partners { "*@partner.example" }"#),
        ErrorPage(
            310, "A dictionary without a threshold",
            #"""
            A dictionary adds up the weights of what a text mentions. The threshold is the sum
            from which the text counts.
            Write `threshold N`.
            """#,
            wrong: #"""
                dictionary secrets {
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
            311, "A threshold that is not above 0",
            #"""
            At a threshold of 0 every text would count, even one that mentions nothing.
            Write a number above 0, with at most 3 decimals.
            """#,
            wrong: #"""
                dictionary secrets {
                    threshold 0
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
            312, "A weight out of range",
            #"""
            A weight is a number other than 0, at most 1000000 and with at most 3 decimals; one below
            0 takes away. An entry of weight 0 would do nothing.
            Give the entry a weight, or take it out.
            """#,
            wrong: #"""
                dictionary secrets {
                    threshold 5
                    0 word "secret"
                }
                """#,
            right: #"""
                dictionary secrets {
                    threshold 5
                    5 word "secret"
                }
                """#),
        ErrorPage(
            313, "A dictionary without entries",
            #"""
            Nothing can be mentioned of an empty dictionary, so a rule about it would never stop
            mail.
            Write entries: a weight, and a word, phrase or expression.
            """#,
            wrong: #"""
                dictionary secrets {
                    threshold 5
                }
                """#,
            right: #"""
                dictionary secrets {
                    threshold 5
                    5 word "secret"
                }
                """#),
        ErrorPage(
            314, "A dictionary cannot ignore this",
            #"""
            `ignore` names a difference between texts that does not count: `case`, `accents`,
            `spacing` and others.
            Write one of them.
            """#,
            wrong: #"""
                dictionary secrets {
                    threshold 5
                    ignore csae
                    5 word "secret"
                }
                """#,
            right: #"""
                dictionary secrets {
                    threshold 5
                    ignore case
                    5 word "secret"
                }
                """#),
        ErrorPage(
            315, "A regular expression that cannot be used",
            #"""
            Expressions run on hostile mail in bounded time. So look-around, back-references and
            recursion are not part of them, and the form must be right.
            Write it without them, or use several entries or rules.
            """#,
            wrong: "when subject matches /invoice(?=x)/",
            right: "when subject matches /invoicex/"),
        ErrorPage(
            316, "An unknown flag of an expression",
            #"""
            The flags behind an expression are `i` (case does not count), `m` (`^` and `$` at
            lines), `s` (`.` also for line ends) and `x` (spaces do not count).
            Write one of these, or none.
            """#,
            wrong: "when subject matches /invoice/q",
            right: "when subject matches /invoice/i"),
        ErrorPage(
            317, "A number of times out of range",
            #"""
            `up to N times` says how often an entry counts in one text: 1 to 10000 times.
            Write a number in this range, or leave it out: then it counts once.
            """#,
            wrong: #"""
                dictionary secrets {
                    threshold 5
                    5 word "secret" up to 0 times
                }
                """#,
            right: #"""
                dictionary secrets {
                    threshold 5
                    5 word "secret" up to 3 times
                }
                """#),
        ErrorPage(
            318, "A check that does not exist",
            #"""
            `checked by` tells real numbers from mere digits by their check digits: `luhn` for
            cards, `mod97` for IBANs, `nir` for French social security numbers.
            Write one of the three.
            """#,
            wrong: #"""
                dictionary cards {
                    threshold 5
                    5 regex /\d{16}/ checked by lun
                }
                """#,
            right: #"""
                dictionary cards {
                    threshold 5
                    5 regex /\d{16}/ checked by luhn
                }
                """#),
        ErrorPage(
            319, "A distance out of range",
            #"""
            `within N words of` takes 1 to 1000 words. Words that follow each other are 1 apart.
            Write a number in this range.
            """#,
            wrong: #"""
                dictionary secrets {
                    threshold 5
                    5 "salary" within 0 words of "secret"
                }
                """#,
            right: #"""
                dictionary secrets {
                    threshold 5
                    5 "salary" within 3 words of "secret"
                }
                """#),
        ErrorPage(
            320, "A template without words",
            #"""
            A notice is written from a template, which needs words in at least one language.
            Add a language with its subject and body.
            """#,
            wrong: #"""
                template held {
                }
                """#,
            right: #"""
                template held {
                    en {
                        subject "Held"
                        body    "Your mail is held."
                    }
                }
                """#),
        ErrorPage(
            321, "An unknown placeholder",
            #"""
            A word in braces stands for something of the mail. One that is not known would reach
            the reader as it stands. Scores and settings have no place in templates, `{evidence}`
            and `{parts}` none outside them.
            Take one that the message names.
            """#,
            wrong: #"""
                template held {
                    en {
                        subject "Held: {subjct}"
                        body    "Your mail is held."
                    }
                }
                """#,
            right: #"""
                template held {
                    en {
                        subject "Held: {subject}"
                        body    "Your mail is held."
                    }
                }
                """#),
        ErrorPage(
            322, "A template that is not there",
            #"""
            The rule sends a notice by a template that is not declared. Nobody would learn of the
            mail.
            Correct the name, or declare the template.
            """#,
            wrong: #"""
                template held {
                    en {
                        subject "Held"
                        body    "Your mail is held."
                    }
                }

                rule example {
                    when tls
                    then quarantine review
                         notify recipient using hold
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
    ]
}
