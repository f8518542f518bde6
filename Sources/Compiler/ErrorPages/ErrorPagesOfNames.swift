extension ErrorPages {
    /// The pages of names in conditions.
    static let namePages: [ErrorPage] = [
        ErrorPage(
            400, "A name that is not known",
            #"""
            Nothing that a mail has, and nothing that the policy declares, has this name. A
            condition about nothing would stop nothing.
            Take the name that is proposed; `docs/facts.md` lists all facts.
            """#,
            wrong: #"when sendr.domain is "a.example""#,
            right: #"when sender.domain is "a.example""#),
        ErrorPage(
            401, "A single element does not have this",
            #"""
            The name is no fact of a file, link or part.
            Take one that it has: a file has `name`, `type`, `size`, `text` and others.
            """#,
            wrong: #"when any file as outer where (outer.nmae contains "invoice")"#,
            right: #"when any file as outer where (outer.name contains "invoice")"#),
        ErrorPage(
            402, "A fact does not have this part",
            #"""
            Behind the dot stands a part of the fact: an address has `local` and `domain`, for
            example.
            Take one that it has.
            """#,
            wrong: #"when from.domian is "a.example""#,
            right: #"when from.domain is "a.example""#),
        ErrorPage(
            403, "A fact of a single element, and none is meant",
            #"""
            `size`, `name` and the like are said of one file, and a mail can have many.
            Ask for a file, or name what the whole mail has: `message.size`.
            """#,
            wrong: "when size > 2 MB",
            right: "when any file where (size > 2 MB)"),
        ErrorPage(
            404, "A part of many is not one value",
            #"""
            A mail can have several attachments, so their size is not one size.
            Ask for one of them, or count or sum them.
            """#,
            wrong: "when attachments.size > 2 MB",
            right: "when any attachment where (size > 2 MB)"),
        ErrorPage(
            405, "It is not said what is meant",
            #"""
            A word such as `encrypted` is said of something: the mail or a file.
            Write of what. `message is …` looks at any depth.
            """#,
            wrong: "when encrypted",
            right: "when message is encrypted"),
        ErrorPage(
            406, "A word is needed here",
            #"""
            A whole mail or file is no text, so it cannot equal one. After `is` stands a word such
            as `encrypted`.
            Write the word, or name what is compared.
            """#,
            wrong: #"when message is "encrypted""#,
            right: "when message is encrypted"),
        ErrorPage(
            407, "A word that says nothing here",
            #"""
            The word behind `is` is not one that can be said of this.
            Take the one that is proposed.
            """#,
            wrong: "when message is encryptd",
            right: "when message is encrypted"),
        ErrorPage(
            408, "It is not said which",
            #"""
            A mail has many header fields, so `header` needs the name of one.
            Write the name in quotes behind it.
            """#,
            wrong: #"when header contains "x""#,
            right: #"when header "List-Id" contains "x""#),
        ErrorPage(
            409, "Nothing can stand behind this fact",
            #"""
            The fact is one thing and takes no text behind it.
            To compare it, write `is` or `contains` before the text.
            """#,
            wrong: #"when subject "x" exists"#,
            right: #"when subject contains "x""#),
        ErrorPage(
            410, "Not the name of a header field",
            #"""
            A field's name is letters, digits and hyphens, without colon and spaces. No mail has a
            field of another name.
            Write the name alone.
            """#,
            wrong: #"when header "List-Id:" exists"#,
            right: #"when header "List-Id" exists"#),
        ErrorPage(
            411, "This cannot be read as a number",
            #"""
            `as number` reads a number out of a text, such as a header field. Anything else has
            its kind already.
            Leave it out, or read a field.
            """#,
            wrong: "when from as number > 3",
            right: #"when header "X-Spam-Score" as number > 3"#),
        ErrorPage(
            412, "Nothing of this name to ask for",
            #"""
            `any`, `every` and `no` ask for a single thing: `file`, `attachment`, `part`, `url`.
            Write one of these.
            """#,
            wrong: "when any fiel where (size > 2 MB)",
            right: "when any file where (size > 2 MB)"),
        ErrorPage(
            413, "A single one is named here",
            #"""
            After `any`, `every` and `no` the thing is named as one.
            Write it in the singular.
            """#,
            wrong: "when any files where (size > 2 MB)",
            right: "when any file where (size > 2 MB)"),
        ErrorPage(
            414, "Several are named here",
            #"""
            A count is of several.
            Write it in the plural.
            """#,
            wrong: "when count of file > 3",
            right: "when count of files > 3"),
        ErrorPage(
            415, "Elements within elements within elements",
            #"""
            Each further `any` looks at all files again for each file. The limit keeps a mail of
            many files from taking too long.
            At most 2 of `any`, `every`, `no` and counts can stand in one another.
            """#,
            wrong: #"""
                when any file as a where (any file as b where (inside a and any file where (inside b and size > 1 MB)))
                """#,
            right: "when any file as a where (any file where (inside a and size > 1 MB))"),
        ErrorPage(
            416, "The name after `as` means something already",
            #"""
            The name would hide a fact or a declaration, and the condition would say something
            else than it seems to.
            Choose another name.
            """#,
            wrong: "when any file as from where (size > 2 MB)",
            right: "when any file as outer where (size > 2 MB)"),
        ErrorPage(
            417, "`inside` without a file",
            #"""
            `inside` is said of a file in a container, and no file is meant here.
            Ask for a file.
            """#,
            wrong: "when inside zip",
            right: "when any file where (inside zip)"),
        ErrorPage(
            418, "A group or list that is not there",
            #"""
            After `in` stands a group or list of the policy, and none has this name.
            Correct the name, or declare it.
            """#,
            wrong: #"""
                group partners { "eve@partner.example" }

                rule example {
                    when from in partnrs
                    then quarantine review
                }
                """#,
            right: #"""
                group partners { "eve@partner.example" }

                rule example {
                    when from in partners
                    then quarantine review
                }
                """#),
        ErrorPage(
            419, "No group or list",
            #"""
            After `in` stands a group, a list, or values in parentheses. One value is compared by
            `is`.
            Write a list, or `is`.
            """#,
            wrong: "when from in subject",
            right: #"when from in ("eve@partner.example")"#),
        ErrorPage(
            420, "A dictionary that is not there",
            #"""
            `mentions` needs a dictionary of the policy, and none has this name.
            Correct the name, or declare it.
            """#,
            wrong: "when subject mentions secrts",
            right: #"""
                dictionary secrets {
                    threshold 5
                    5 word "secret"
                }

                rule example {
                    when subject mentions secrets
                    then quarantine review
                }
                """#),
    ]
}
