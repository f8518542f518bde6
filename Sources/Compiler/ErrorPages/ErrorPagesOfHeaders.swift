extension ErrorPages {
    /// The pages of headers and quarantine areas.
    static let headerPages: [ErrorPage] = [
        ErrorPage(
            200, "The policy has no header",
            #"""
            The header names the policy and the edition of the language. Without the edition, a
            later toolchain could not know what the policy means.
            Begin one of its files with a header.
            """#,
            wrong: #"""
                rule example {
                    when tls
                    then quarantine review
                }
                """#,
            right: #"""
                policy acme {
                    edition 1
                }
                """#),
        ErrorPage(
            201, "A second header",
            #"""
            All files of a folder are one policy, and a policy has one header.
            Keep one of the two, or move the other policy to a folder of its own.
            """#,
            wrong: #"""
                policy acme {
                    edition 1
                }

                policy other {
                    edition 1
                }
                """#,
            right: #"""
                policy acme {
                    edition 1
                }
                """#),
        ErrorPage(
            202, "A field stands twice",
            #"""
            The same field is given twice, and a reader cannot tell which one counts.
            Keep one of the two.
            """#,
            wrong: #"""
                policy acme {
                    edition 1
                    description "one"
                    description "two"
                }
                """#,
            right: #"""
                policy acme {
                    edition 1
                    description "one"
                }
                """#),
        ErrorPage(
            203, "The edition is missing",
            #"""
            The edition fixes what the policy means. A later toolchain keeps to it, so that an
            update never changes which mail is stopped.
            Write `edition 1` in the header.
            """#,
            wrong: #"""
                policy acme {
                    description "Acme"
                }
                """#,
            right: #"""
                policy acme {
                    edition 1
                    description "Acme"
                }
                """#),
        ErrorPage(
            204, "An edition that this toolchain does not know",
            #"""
            The policy asks for an edition of the language that this toolchain cannot read. To
            guess its meaning could let mail pass.
            Write an edition it knows, or use a later toolchain.
            """#,
            wrong: #"""
                policy acme {
                    edition 7
                }
                """#,
            right: #"""
                policy acme {
                    edition 1
                }
                """#),
        ErrorPage(
            205, "Not the name of a time zone",
            #"""
            Time zones are named by region and city, as in `Europe/Paris`, or `UTC`. Rules about
            the hour of arrival depend on it.
            Correct the name.
            """#,
            wrong: #"""
                policy acme {
                    edition  1
                    timezone "Eurpe/Paris"
                }
                """#,
            right: #"""
                policy acme {
                    edition  1
                    timezone "Europe/Paris"
                }
                """#),
        ErrorPage(
            206, "Not the tag of a language",
            #"""
            Languages are named by their tags of two or three letters, such as `fr`, `en` or
            `pt-br`. Notices are written in these languages.
            Write the tag.
            """#,
            wrong: #"""
                policy acme {
                    edition  1
                    language english
                }
                """#,
            right: #"""
                policy acme {
                    edition  1
                    language en
                }
                """#),
        ErrorPage(
            207, "Not a domain",
            #"""
            `domains` names the domains that are yours. From them the direction of mail is told,
            so that a wrong one turns inbound mail into outbound.
            Write the domain alone, without a person before it.
            """#,
            wrong: #"""
                policy acme {
                    edition 1
                    domains "info@acme.example"
                }
                """#,
            right: #"""
                policy acme {
                    edition 1
                    domains "acme.example"
                }
                """#),
        ErrorPage(
            208, "Not a network",
            #"""
            A network is an address and the length of its prefix: at most 32 for IPv4, 128 for
            IPv6. Clients in it are taken for your own.
            Correct the address or the length.
            """#,
            wrong: #"""
                policy acme {
                    edition  1
                    networks "192.0.2.0/33"
                }
                """#,
            right: #"""
                policy acme {
                    edition  1
                    networks "192.0.2.0/24"
                }
                """#),
        ErrorPage(
            209, "Not an address",
            #"""
            Here stands the address of a mailbox: a name, `@` and a domain. Notices to anything
            else would be lost.
            Write the whole address.
            """#,
            wrong: #"""
                policy acme {
                    edition 1
                    admin   "postmaster"
                }
                """#,
            right: #"""
                policy acme {
                    edition 1
                    admin   "postmaster@acme.example"
                }
                """#),
        ErrorPage(
            210, "A warning that does not exist",
            #"""
            `allow` and `deny` name a warning. A name that no warning has would silence nothing.
            Take the name from the warning's first line, or from `lazaret explain-error`.
            """#,
            wrong: #"""
                policy acme {
                    edition 1
                    allow   unusd-list "they come next week"
                }
                """#,
            right: #"""
                policy acme {
                    edition 1
                    allow   unused-list "they come next week"
                }
                """#),
        ErrorPage(
            212, "A limit of another name",
            #"""
            A policy can lower the limits `attachments`, `files`, `parts`, `urls` and
            `recipients`. A name that none has would lower nothing.
            Correct the name.
            """#,
            wrong: #"""
                policy acme {
                    edition 1
                    limits (flies 500)
                }
                """#,
            right: #"""
                policy acme {
                    edition 1
                    limits (files 500)
                }
                """#),
        ErrorPage(
            213, "A limit out of range",
            #"""
            A policy lowers a limit and cannot raise one, so that no policy can let a mail exhaust
            the gateway. The message tells the range.
            Write a whole number in it.
            """#,
            wrong: #"""
                policy acme {
                    edition 1
                    limits (files 0)
                }
                """#,
            right: #"""
                policy acme {
                    edition 1
                    limits (files 500)
                }
                """#),
        ErrorPage(
            214, "A period out of range",
            #"""
            An area keeps mail for one minute to ten years.
            Write a period in this range, such as `30 days`.
            """#,
            wrong: #"""
                quarantine media {
                    keep 30 seconds
                }
                """#,
            right: #"""
                quarantine media {
                    keep 30 days
                }
                """#),
        ErrorPage(
            215, "Not a time of the day",
            #"""
            Times are hours and minutes with two digits each, from "00:00" to "23:59". Between two
            equal times mail would never be released.
            Write two such times.
            """#,
            wrong: #"""
                quarantine media {
                    release "6pm" to "25:00"
                }
                """#,
            right: #"""
                quarantine media {
                    release "18:00" to "23:00"
                }
                """#),
        ErrorPage(
            216, "Nothing is left to expire",
            #"""
            Mail is gone from the area before it would expire, so what is to happen then never
            happens.
            Write a shorter time behind `expire after`, or a longer one behind `keep`.
            """#,
            wrong: #"""
                quarantine media {
                    keep 2 days
                    expire after 3 days then discard
                }
                """#,
            right: #"""
                quarantine media {
                    keep 4 days
                    expire after 3 days then discard
                }
                """#),
        ErrorPage(
            217, "Mail that expires cannot come to this",
            #"""
            When nobody has released mail in time, it is delivered, discarded or refused in fixed
            words. Nothing else is left to do with it.
            Write `deliver`, `discard`, or `reject "…"` without placeholders.
            """#,
            wrong: #"""
                quarantine media {
                    expire after 2 days then quarantine other
                }
                """#,
            right: #"""
                quarantine media {
                    expire after 2 days then discard
                }
                """#),
    ]
}
