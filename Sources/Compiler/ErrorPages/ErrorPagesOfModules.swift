extension ErrorPages {
    /// The pages of modules and names.
    static let modulePages: [ErrorPage] = [
        ErrorPage(
            220, "A module that is not there",
            #"""
            The import names a module that is in none of the folders that are searched. Its rules
            would be missing.
            Correct the name, or name the folder by `--module-path DIR`.
            """#,
            wrong: #"""
                import standard.virus
                === module standard.viruses
                rule infected {
                    when tls
                    then quarantine malware
                }
                """#,
            right: #"""
                import standard.viruses
                === module standard.viruses
                rule infected {
                    when tls
                    then quarantine malware
                }
                """#),
        ErrorPage(
            221, "Two imports with one name",
            #"""
            An import is called by the last part of its name. Two of one name could not be told
            apart.
            Take one out, or give it another name by `as`.
            """#,
            wrong: #"""
                import standard.viruses
                import standard.viruses
                === module standard.viruses
                rule infected {
                    when tls
                    then quarantine malware
                }
                """#,
            right: #"""
                import standard.viruses
                import standard.viruses as more
                === module standard.viruses
                rule infected {
                    when tls
                    then quarantine malware
                }
                """#),
        ErrorPage(
            222, "Not for a module",
            #"""
            A module brings rules, lists and defines. What holds for the whole policy, such as its
            header or `uninspectable`, is for the policy to say.
            Move it to the policy; a rule of the module can have its own `if REASON then …`.
            """#,
            wrong: #"""
                import standard.viruses
                === module standard.viruses
                uninspectable {
                    if unknown then ignore
                }
                """#,
            right: #"""
                import standard.viruses
                === module standard.viruses
                rule infected {
                    when virus
                    then quarantine malware
                    if unknown then defer
                }
                """#),
        ErrorPage(
            223, "A parameter that the module does not have",
            #"""
            The import gives a value to a parameter that the module does not declare. The module
            would run with its default, unnoticed.
            Correct the name.
            """#,
            wrong: #"""
                import standard.media with (largst 2 MB)
                === module standard.media
                parameter largest = 5 MB

                rule large {
                    when message.size > largest
                    then quarantine media
                }
                """#,
            right: #"""
                import standard.media with (largest 2 MB)
                === module standard.media
                parameter largest = 5 MB

                rule large {
                    when message.size > largest
                    then quarantine media
                }
                """#),
        ErrorPage(
            224, "A parameter given twice",
            #"""
            The import gives two values to one parameter, and a reader cannot tell which one
            counts.
            Keep one of the two.
            """#,
            wrong: #"""
                import standard.media with (largest 2 MB, largest 3 MB)
                === module standard.media
                parameter largest = 5 MB

                rule large {
                    when message.size > largest
                    then quarantine media
                }
                """#,
            right: #"""
                import standard.media with (largest 2 MB)
                === module standard.media
                parameter largest = 5 MB

                rule large {
                    when message.size > largest
                    then quarantine media
                }
                """#),
        ErrorPage(
            225, "A value of another kind for a parameter",
            #"""
            A parameter takes a value of the same kind as its default: a size for a size, a text
            for a text.
            Give such a value; sizes and numbers stand without quotes.
            """#,
            wrong: #"""
                import standard.media with (largest "2 MB")
                === module standard.media
                parameter largest = 5 MB

                rule large {
                    when message.size > largest
                    then quarantine media
                }
                """#,
            right: #"""
                import standard.media with (largest 2 MB)
                === module standard.media
                parameter largest = 5 MB

                rule large {
                    when message.size > largest
                    then quarantine media
                }
                """#),
        ErrorPage(
            226, "Modules import each other in a circle",
            #"""
            A module needs another that, in the end, needs the first. Neither could be read before
            the other.
            Take one import out. What both need can be a module of its own.
            """#,
            wrong: #"""
                import standard.all
                === module standard.all
                import standard.all as more

                rule infected {
                    when tls
                    then quarantine malware
                }
                """#,
            right: #"""
                import standard.all
                === module standard.all
                rule infected {
                    when tls
                    then quarantine malware
                }
                """#),
        ErrorPage(
            227, "Modules import one another in too long a chain",
            #"""
            A module imports one that imports one, and so on, past the limit. In so long a chain
            nobody sees which rules a policy has.
            Import the last of them in the policy itself.
            """#,
            wrong: #"""
                # the ninth module of a chain
                import m.nine
                """#,
            right: #"""
                import m.nine
                === module m.nine
                rule infected {
                    when tls
                    then quarantine malware
                }
                """#),
        ErrorPage(
            228, "Too many modules",
            #"""
            The policy and its modules import more than the limit allows. A module counts as often
            as it is imported.
            Import what several modules need in one place.
            """#,
            wrong: "# thousands of imports",
            right: #"""
                import m.one
                === module m.one
                rule infected {
                    when tls
                    then quarantine malware
                }
                """#),
        ErrorPage(
            230, "The name is taken",
            #"""
            A name means one thing in all files of a policy.
            Rename one of the two.
            """#,
            wrong: #"""
                group partners { "eve@partner.example" }
                list partners of Domain { "partner.example" }
                """#,
            right: #"""
                group partners { "eve@partner.example" }
                list partner-domains of Domain { "partner.example" }
                """#),
        ErrorPage(
            231, "The name of something that every mail has",
            #"""
            Names such as `sender` and `subject` are facts of the mail. A define of that name
            would make rules say something else than they seem to.
            Choose another name.
            """#,
            wrong: "define sender = tls",
            right: #"""
                define our-sender = tls

                rule example {
                    when our-sender
                    then quarantine review
                }
                """#),
        ErrorPage(
            233, "The name of something that texts show",
            #"""
            Texts of actions show scores and settings by their names, `{suspicion}`, and so the rule
            and the mail: `{title}`, `{sender}`. A score of such a name would never be shown.
            Choose another name.
            """#,
            wrong: "score title { 1 when authenticated }",
            right: "score suspicion { 1 when authenticated }"),
        ErrorPage(
            232, "A name of the wrong kind",
            #"""
            The name exists, but what it names cannot stand here: a template is no condition, a
            rule is no list.
            Write the name of something of the kind that the message tells.
            """#,
            wrong: #"""
                template notice {
                    en {
                        subject "Held"
                        body    "Your mail is held."
                    }
                }

                rule example {
                    when notice
                    then quarantine review
                }
                """#,
            right: #"""
                define notice = subject contains "notice"

                rule example {
                    when notice
                    then quarantine review
                }
                """#),
    ]
}
