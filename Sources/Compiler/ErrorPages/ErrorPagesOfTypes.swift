extension ErrorPages {
    /// The pages of types and counts in conditions.
    static let typePages: [ErrorPage] = [
        ErrorPage(
            430, "Not a condition",
            #"""
            A text or size is neither true nor false, so it decides nothing.
            Compare it with something, or ask whether it `exists`.
            """#,
            wrong: "when subject",
            right: "when subject exists"),
        ErrorPage(
            431, "A condition is compared",
            #"""
            A define is true or false by itself.
            Write it alone, or `not (…)`.
            """#,
            wrong: #"""
                define odd = tls

                rule example {
                    when odd is true
                    then quarantine review
                }
                """#,
            right: #"""
                define odd = tls

                rule example {
                    when odd
                    then quarantine review
                }
                """#),
        ErrorPage(
            432, "A whole element is compared",
            #"""
            A file or link is no text.
            Name what of it is compared: its `name`, `type`, `size` or `text`.
            """#,
            wrong: #"when any file as outer where (outer contains "x")"#,
            right: #"when any file as outer where (outer.name contains "x")"#),
        ErrorPage(
            433, "Several are compared at once",
            #"""
            A mail can have several of these, and it is not said whether one or all of them must
            match.
            Ask for one, or count them.
            """#,
            wrong: #"when attachments contains "x""#,
            right: #"when any attachment where (name contains "x")"#),
        ErrorPage(
            434, "`exists` asks for a single thing",
            #"""
            There can be none or several of these.
            Count them.
            """#,
            wrong: "when attachments exists",
            right: "when count of attachments > 0"),
        ErrorPage(
            435, "Nothing of the mail on the left",
            #"""
            A condition tests something of the mail, and that stands first.
            Exchange the two.
            """#,
            wrong: #"when "x" is subject"#,
            right: #"when subject is "x""#),
        ErrorPage(
            436, "Two things of different kinds",
            #"""
            An address is never equal to a domain, nor a size to a number. The condition would
            never hold.
            Compare two of the same kind.
            """#,
            wrong: "when from.domain is sender",
            right: "when from.domain is sender.domain"),
        ErrorPage(
            437, "Neither more nor less",
            #"""
            Only numbers, sizes, times and durations have an order. A text or address has none.
            Compare by `is`, read a field `as number`, or count.
            """#,
            wrong: "when recipients > 20",
            right: "when count of recipients > 20"),
        ErrorPage(
            438, "Not a text",
            #"""
            `contains`, `starts with`, `matches` and the like look into texts.
            Compare numbers and sizes by `<` or `>`.
            """#,
            wrong: #"when message.size contains "2""#,
            right: "when message.size > 2 MB"),
        ErrorPage(
            439, "`under` is for domains",
            #"""
            `under` asks whether a domain is another or one of its subdomains. An address is no
            domain.
            Take its domain.
            """#,
            wrong: #"when from under "acme.example""#,
            right: #"when from.domain under "acme.example""#),
        ErrorPage(
            440, "`exactly` is for texts",
            #"""
            `exactly` makes capitals count in a text. Addresses, domains and the like are compared
            as what they are.
            Leave it out.
            """#,
            wrong: #"when from is exactly "a@acme.example""#,
            right: #"when from is "a@acme.example""#),
        ErrorPage(
            441, "A value of the wrong kind",
            #"""
            The value cannot be what the fact is, so the condition would never hold.
            Write a value of the fact's kind.
            """#,
            wrong: "when subject is true",
            right: #"when subject is "true""#),
        ErrorPage(
            442, "A number with the wrong unit",
            #"""
            A size needs a unit, and a count has none. `2` bytes or `2` megabytes would stop very
            different mail.
            Write the unit, or take it out.
            """#,
            wrong: "when message.size > 2",
            right: "when message.size > 2 MB"),
        ErrorPage(
            443, "A number too large to compare with",
            #"""
            No mail has so much, and the number itself cannot be held.
            Write a smaller one.
            """#,
            wrong: "when message.size > 99999999999999 GB",
            right: "when message.size > 100 MB"),
        ErrorPage(
            460, "A number finer than what it is counted in",
            #"""
            Sizes are counted in bytes, times in seconds, scores in thousandths. What is written lies
            between two of them, and cutting it would compare with another number than the one that
            stands there.
            Write fewer decimals, or a smaller unit.
            """#,
            wrong: "when message.size < 1.2345 KB",
            right: "when message.size < 1235 B"),
        ErrorPage(
            444, "A number in quotes",
            #"""
            What stands in quotes is a text, and a size, a number or a time can only be compared with
            another: whether "2MB" is more than "10MB" nobody can tell of texts.
            Write the number without quotes, a space, and its unit: `2 MB`, `500 KB`, `3 days`. A
            half is written with a point: `2.5 MB`. Settings, parameters and limits take numbers in
            the same way.
            """#,
            wrong: #"when message.size > "2MB""#,
            right: "when message.size > 2 MB"),
        ErrorPage(
            445, "A word in quotes",
            #"""
            File types, directions and results are words of the language and stand without quotes.
            So a slip of the pen in one is found.
            Take the quotes away.
            """#,
            wrong: #"when any file where (type is "video")"#,
            right: "when any file where (type is video)"),
        ErrorPage(
            446, "A text without quotes",
            #"""
            Without quotes a word is a name of the policy or the language.
            Put the text in quotes.
            """#,
            wrong: "when subject is urgent",
            right: #"when subject is "urgent""#),
        ErrorPage(
            447, "A value that the fact never has",
            #"""
            The fact has one of certain words as its value, and this is none of them. The
            condition would never hold.
            Take the word that is proposed; `docs/facts.md` has the words.
            """#,
            wrong: "when any file where (type is vidoe)",
            right: "when any file where (type is video)"),
        ErrorPage(
            448, "Not an IP address",
            #"""
            A client has one address. A network has many, and is asked for by `in`.
            Write an address, or `in ("192.0.2.0/24")`.
            """#,
            wrong: #"when client.ip is "192.0.2.0/24""#,
            right: #"when client.ip in ("192.0.2.0/24")"#),
        ErrorPage(
            449, "Not a digest",
            #"""
            A SHA-256 digest has 64 hexadecimal digits. A shorter one matches no file.
            Copy the whole digest.
            """#,
            wrong: #"when any file where (sha256 is "abc")"#,
            right: #"""
                when any file where (sha256 is "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
                """#),
        ErrorPage(
            450, "A pattern compared by `is`",
            #"""
            `*` stands for anyone, and no single address is a pattern.
            Write `in`, or make a group of it.
            """#,
            wrong: #"when from is "*@acme.example""#,
            right: #"when from in ("*@acme.example")"#),
        ErrorPage(
            451, "A list compared by `is`",
            #"""
            A group or list holds several values, and no single one is all of them.
            Write `in`.
            """#,
            wrong: #"""
                group partners { "eve@partner.example" }

                rule example {
                    when from is partners
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
            452, "A list in `all of`",
            #"""
            One value cannot be all entries of a list at once, so the condition would never hold.
            Write `any of`.
            """#,
            wrong: #"""
                list shorteners of Domain { "t.example" }

                rule example {
                    when from.domain is all of (shorteners, "a.example")
                    then quarantine review
                }
                """#,
            right: #"""
                list shorteners of Domain { "t.example" }

                rule example {
                    when from.domain is any of (shorteners, "a.example")
                    then quarantine review
                }
                """#),
        ErrorPage(
            453, "A list of another kind",
            #"""
            The list holds addresses where domains are compared, or the like. Nothing would ever
            be in it.
            Compare the whole address, or make a list of the right kind.
            """#,
            wrong: #"""
                group partners { "eve@partner.example" }

                rule example {
                    when from.domain in partners
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
            454, "A list of true and false",
            #"""
            What is either true or false is a condition by itself.
            Write it alone, or `not (…)`.
            """#,
            wrong: "when tls in (true, false)",
            right: "when tls"),
        ErrorPage(
            455, "An empty text to find",
            #"""
            An empty text is in every text, so the condition would hold for every mail.
            Write what is to be found.
            """#,
            wrong: #"when subject contains """#,
            right: #"when subject contains "invoice""#),
        ErrorPage(
            456, "`exists` after `otherwise`",
            #"""
            `otherwise` gives a value where there is none, so there always is one.
            Leave `otherwise` out, or compare the value.
            """#,
            wrong: #"when subject otherwise "x" exists"#,
            right: "when subject exists"),
        ErrorPage(
            457, "Nothing lies inside a link",
            #"""
            `inside` asks for what lies in a file, and a link holds nothing.
            Exchange the two: ask for a file with such a link.
            """#,
            wrong: "when any url as link where (any file where (inside link))",
            right: #"when any file as f where (any url where (inside f and host under "evil.example"))"#),
        ErrorPage(
            458, "No list of public suffixes",
            #"""
            `.registrable` tells what somebody registered, such as `acme.co.uk` of
            `mail.acme.co.uk`. That needs the list of public suffixes.
            Install the package `publicsuffix`, or name the file by `--public-suffixes FILE`.
            """#,
            wrong: #"when from.domain.registrable is "acme.example""#,
            right: #"when from.domain under "acme.example""#),
        ErrorPage(
            459, "The list of public suffixes cannot be read",
            #"""
            The file is not a list of public suffixes. A wrong one would tell wrong owners of
            domains.
            Take the one of publicsuffix.org, `public_suffix_list.dat`.
            """#,
            wrong: #"""
                # with a file of another form in `--public-suffixes FILE`
                when from.domain.registrable is "acme.example"
                """#,
            right: #"when from.domain under "acme.example""#),
        ErrorPage(
            470, "`at least` of more than there are",
            #"""
            Of 2 conditions never more than 2 hold, and `at least 0` always holds.
            Write a number from 1 to as many as there are conditions.
            """#,
            wrong: "when at least 3 of (tls, authenticated)",
            right: "when at least 2 of (tls, authenticated, subject exists)"),
        ErrorPage(
            471, "`distinct` of what always differs",
            #"""
            Two files are always two, even if they hold the same.
            Leave `distinct` out.
            """#,
            wrong: "when count of distinct files > 3",
            right: "when count of files > 3"),
        ErrorPage(
            472, "`where` with mere values",
            #"""
            `where` asks something of a file, attachment, part or link. An address is a mere
            value.
            Leave it out.
            """#,
            wrong: "when count of recipients where (tls) > 3",
            right: "when count of recipients > 3"),
        ErrorPage(
            473, "This cannot be counted",
            #"""
            One can count what a mail has several of: `files`, `attachments`, `parts`, `urls`,
            `recipients`, `to` and the like.
            Count one of these.
            """#,
            wrong: "when count of policy.domains > 3",
            right: "when count of recipients > 3"),
        ErrorPage(
            474, "This cannot be summed",
            #"""
            A sum is over what files have.
            Write `sum of files.size`.
            """#,
            wrong: "when sum of recipients.domain > 3",
            right: "when sum of files.size > 20 MB"),
        ErrorPage(
            475, "This does not add up",
            #"""
            Only sizes and numbers can be added.
            Sum a size.
            """#,
            wrong: "when sum of files.name > 3",
            right: "when sum of files.size > 20 MB"),
    ]
}
