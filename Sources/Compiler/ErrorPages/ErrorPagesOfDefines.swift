extension ErrorPages {
    /// The pages of defines, scores, settings and lookalikes.
    static let computedPages: [ErrorPage] = [
        ErrorPage(
            330, "Defines go in a circle",
            #"""
            A define is replaced by its condition. Defines that use each other have none.
            Write out the condition of one of them.
            """#,
            wrong: #"""
                define first = tls and second
                define second = authenticated or first
                """#,
            right: #"""
                define first = tls and second
                define second = authenticated
                """#),
        ErrorPage(
            331, "A define that is said of a single element",
            #"""
            The define is `for file` or the like, so it needs a file to be said of. A rule judges
            a whole mail.
            Ask for one that satisfies it.
            """#,
            wrong: #"""
                define large for file = size > 2 MB

                rule example {
                    when large
                    then quarantine review
                }
                """#,
            right: #"""
                define large for file = size > 2 MB

                rule example {
                    when any file where (large)
                    then quarantine review
                }
                """#),
        ErrorPage(
            332, "A condition grows too large",
            #"""
            Defines are written out where they are used. Defines that use others twice, and those
            others again, grow past the limit.
            Use fewer of them within one another, or groups and dictionaries.
            """#,
            wrong: #"""
                # d15 uses d14 twice, which uses d13 twice, and so on
                define d15 = d14 and d14
                """#,
            right: "define both = tls and authenticated"),
        ErrorPage(
            333, "A condition is too deep",
            #"""
            With its defines written out, conditions stand in one another past the limit.
            Write several rules, or fewer defines that use one another.
            """#,
            wrong: #"""
                # a hundred defines, each the denial of the one before
                define d100 = not (d099)
                """#,
            right: "define plain = not (tls)"),
        ErrorPage(
            340, "A line of a score adds nothing usable",
            #"""
            A line adds a number other than 0, at most 1000000, with at most 3 decimals.
            Say what it adds, or take it out.
            """#,
            wrong: #"""
                score suspicion {
                    0 when tls
                }
                """#,
            right: #"""
                score suspicion {
                    2.5 when tls
                }
                """#),
        ErrorPage(
            341, "A score without lines",
            #"""
            A score without lines is always 0, so a rule about it would say the same of every
            mail.
            Write lines: a number and its condition.
            """#,
            wrong: "score suspicion { }",
            right: #"""
                score suspicion {
                    5 when subject contains "urgent"
                }
                """#),
        ErrorPage(
            342, "Values go in a circle",
            #"""
            A score or setting depends on itself, so it has no value.
            Take it out of one of the conditions.
            """#,
            wrong: #"""
                score suspicion {
                    3 when doubtful
                }

                define doubtful = authenticated and suspicion > 2
                """#,
            right: #"""
                score suspicion {
                    3 when doubtful
                }

                define doubtful = authenticated
                """#),
        ErrorPage(
            343, "A setting cannot take this",
            #"""
            Several rows of a setting can hold for one mail. `take` says which value counts:
            `largest`, `smallest` or `one`.
            Write one of them.
            """#,
            wrong: #"""
                setting limit take larger {
                    otherwise 20 MB
                    when authenticated then 50 MB
                }
                """#,
            right: #"""
                setting limit take largest {
                    otherwise 20 MB
                    when authenticated then 50 MB
                }
                """#),
        ErrorPage(
            344, "A setting without `otherwise`",
            #"""
            For mail of which no row speaks the setting would have no value.
            Add a row `otherwise VALUE`.
            """#,
            wrong: #"""
                setting limit take largest {
                    when authenticated then 50 MB
                }
                """#,
            right: #"""
                setting limit take largest {
                    otherwise 20 MB
                    when authenticated then 50 MB
                }
                """#),
        ErrorPage(
            345, "A second `otherwise`",
            #"""
            A setting has one value for all mail of which no row speaks.
            Give this row a `when`, or take it out.
            """#,
            wrong: #"""
                setting limit take largest {
                    otherwise 20 MB
                    otherwise 30 MB
                    when authenticated then 50 MB
                }
                """#,
            right: #"""
                setting limit take largest {
                    otherwise 20 MB
                    when authenticated then 50 MB
                }
                """#),
        ErrorPage(
            346, "Values of two kinds in a setting",
            #"""
            A setting is compared with one kind of thing, so all its values are of one kind.
            Write all of them as sizes, durations, numbers, texts or words.
            """#,
            wrong: #"""
                setting limit take largest {
                    otherwise 20 MB
                    when authenticated then 2 days
                }
                """#,
            right: #"""
                setting limit take largest {
                    otherwise 20 MB
                    when authenticated then 50 MB
                }
                """#),
        ErrorPage(
            347, "No largest among texts",
            #"""
            `largest` and `smallest` are for sizes, durations and numbers. Texts and words have no
            order here.
            Write `take one`.
            """#,
            wrong: #"""
                setting partner take smallest {
                    otherwise "a.example"
                    when authenticated then "b.example"
                }
                """#,
            right: #"""
                setting partner take one {
                    otherwise "a.example"
                    when authenticated then "b.example"
                }
                """#),
        ErrorPage(
            349, "A score or setting where none can stand",
            #"""
            A score or setting stands on one side of `<`, `<=`, `>`, `>=` or `is`. A setting also
            stands for a text that something is looked for by, and for the bound of a count.
            It is not looked into itself: write what the mail has on the left.
            """#,
            wrong: #"""
                setting word take one {
                    otherwise "urgent"
                    when authenticated then "now"
                }

                rule example {
                    when word contains subject
                    then quarantine review
                }
                """#,
            right: #"""
                setting word take one {
                    otherwise "urgent"
                    when authenticated then "now"
                }

                rule example {
                    when subject contains word
                    then quarantine review
                }
                """#),
        ErrorPage(
            351, "Too many rows",
            #"""
            A score or setting has a greatest number of rows, each of which is judged for every
            mail.
            Join rows of the same value by `or`, or look values up in a list.
            """#,
            wrong: "# thousands of rows in one score",
            right: #"""
                score suspicion {
                    1 when tls or authenticated
                }
                """#),
        ErrorPage(
            352, "Words without a meaning",
            #"""
            The words of the setting get their meaning from what they are compared with, and here
            they are compared with a word.
            Compare the setting with what the mail has.
            """#,
            wrong: #"""
                setting kind take one {
                    otherwise video
                    when authenticated then audio
                }

                rule example {
                    when kind is video
                    then quarantine review
                }
                """#,
            right: #"""
                setting kind take one {
                    otherwise video
                    when authenticated then audio
                }

                rule example {
                    when any file where (type is kind)
                    then quarantine review
                }
                """#),
        ErrorPage(
            353, "A name that stands for no number",
            #"""
            A count or `at least` is compared with a number, a setting of numbers, or a parameter of
            a module that stands for one. A weight is a number or such a parameter. A score is a sum
            that may lie between two numbers, so nothing is counted up to it.
            Write the number, or compare the score by itself.
            """#,
            wrong: #"""
                score suspicion {
                    5 when tls
                }

                rule example {
                    when count of recipients > suspicion
                    then quarantine review
                }
                """#,
            right: #"""
                score suspicion {
                    5 when tls
                }

                rule example {
                    when count of recipients > 50 and suspicion >= 5
                    then quarantine review
                }
                """#),
        ErrorPage(
            360, "`looks like exactly`",
            #"""
            `looks like` finds what a reader takes for the same; `exactly` is for the same
            letters. Both at once mean nothing.
            Leave `exactly` out, or compare by `is exactly`.
            """#,
            wrong: #"when from.display-name looks like exactly "Anne Durand""#,
            right: #"when from.display-name looks like "Anne Durand""#),
        ErrorPage(
            361, "Nothing looks like a text that nobody sees",
            #"""
            The text has only spaces or invisible characters. Nothing a reader sees could be taken
            for it.
            Write a name with letters or digits.
            """#,
            wrong: #"when from.display-name looks like any of ("Anne Durand", "  ")"#,
            right: #"when from.display-name looks like "Anne Durand""#),
    ]
}
