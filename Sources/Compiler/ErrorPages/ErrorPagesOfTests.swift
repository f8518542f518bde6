extension ErrorPages {
    /// The pages of tests.
    static let testPages: [ErrorPage] = [
        ErrorPage(
            650, "Two tests with one title",
            #"""
            A report could not tell which of them failed.
            Say in the title what each shows.
            """#,
            wrong: #"""
                test "it works" {
                    mail   "samples/a.eml" inbound from "eve@partner.example" to "bob@acme.example"
                    expect deliver
                }

                test "it works" {
                    mail   "samples/b.eml" inbound from "eve@partner.example" to "bob@acme.example"
                    expect deliver
                }
                """#,
            right: #"""
                test "an invoice passes" {
                    mail   "samples/a.eml" inbound from "eve@partner.example" to "bob@acme.example"
                    expect deliver
                }

                test "a letter passes" {
                    mail   "samples/b.eml" inbound from "eve@partner.example" to "bob@acme.example"
                    expect deliver
                }
                """#),
        ErrorPage(
            651, "A test without mail",
            #"""
            A test tries the policy on a mail, and this one names none.
            Add a `mail` line.
            """#,
            wrong: #"""
                test "it works" {
                    expect deliver
                }
                """#,
            right: #"""
                test "it works" {
                    mail   "samples/a.eml" inbound from "eve@partner.example" to "bob@acme.example"
                    expect deliver
                }
                """#),
        ErrorPage(
            652, "A test that expects nothing",
            #"""
            Without an expectation a test cannot fail, and shows nothing.
            Add a line such as `expect deliver`.
            """#,
            wrong: #"""
                test "it works" {
                    mail   "samples/a.eml" inbound from "eve@partner.example" to "bob@acme.example"
                }
                """#,
            right: #"""
                test "it works" {
                    mail   "samples/a.eml" inbound from "eve@partner.example" to "bob@acme.example"
                    expect deliver
                }
                """#),
        ErrorPage(
            653, "A mail outside the policy's folder",
            #"""
            A policy reads files of its own folder only.
            Put the mail beside it, for example below `samples`.
            """#,
            wrong: #"""
                test "it works" {
                    mail   "/etc/passwd" inbound from "eve@partner.example" to "bob@acme.example"
                    expect deliver
                }
                """#,
            right: #"""
                test "it works" {
                    mail   "samples/a.eml" inbound from "eve@partner.example" to "bob@acme.example"
                    expect deliver
                }
                """#),
        ErrorPage(
            654, "A test assumes a fact of an element",
            #"""
            A test can assume facts of the whole mail. Files and links come from the mail itself.
            Give the test a mail with such a file.
            """#,
            wrong: #"""
                test "it works" {
                    mail   "samples/a.eml" inbound from "eve@partner.example" to "bob@acme.example"
                    assume size is 2 MB
                    expect deliver
                }
                """#,
            right: #"""
                test "it works" {
                    mail   "samples/large.eml" inbound from "eve@partner.example" to "bob@acme.example"
                    expect deliver
                }
                """#),
        ErrorPage(
            655, "This cannot be assumed",
            #"""
            The direction and the recipients of a test stand in its `mail` line. Other things are
            worked out, not given.
            Assume a whole fact of the mail, such as `auth.dmarc is pass`.
            """#,
            wrong: #"""
                test "it works" {
                    mail   "samples/a.eml" inbound from "eve@partner.example" to "bob@acme.example"
                    assume direction is inbound
                    expect deliver
                }
                """#,
            right: #"""
                test "it works" {
                    mail   "samples/a.eml" inbound from "eve@partner.example" to "bob@acme.example"
                    assume auth.dmarc is pass
                    expect deliver
                }
                """#),
        ErrorPage(
            656, "This is never absent",
            #"""
            Every mail has this fact, so a test without it shows what never happens.
            Assume a value.
            """#,
            wrong: #"""
                test "it works" {
                    mail   "samples/a.eml" inbound from "eve@partner.example" to "bob@acme.example"
                    assume tls not exists
                    expect deliver
                }
                """#,
            right: #"""
                test "it works" {
                    mail   "samples/a.eml" inbound from "eve@partner.example" to "bob@acme.example"
                    assume tls is false
                    expect deliver
                }
                """#),
        ErrorPage(
            657, "This is never unknown for that reason",
            #"""
            A test with this reason shows what never happens.
            Take a reason that the help names, or assume a value.
            """#,
            wrong: #"""
                test "it works" {
                    mail   "samples/a.eml" inbound from "eve@partner.example" to "bob@acme.example"
                    assume auth.spf is unknown because encrypted
                    expect deliver
                }
                """#,
            right: #"""
                test "it works" {
                    mail   "samples/a.eml" inbound from "eve@partner.example" to "bob@acme.example"
                    assume auth.spf is unknown because engine-down
                    expect deliver
                }
                """#),
        ErrorPage(
            658, "The test's mail does not go there",
            #"""
            The test expects something for a recipient that its `mail` line does not name.
            Name one of its recipients.
            """#,
            wrong: #"""
                test "it works" {
                    mail   "samples/a.eml" inbound from "eve@partner.example" to "bob@acme.example"
                    expect deliver for "alice@acme.example"
                }
                """#,
            right: #"""
                test "it works" {
                    mail   "samples/a.eml" inbound from "eve@partner.example" to "bob@acme.example"
                    expect deliver for "bob@acme.example"
                }
                """#),
        ErrorPage(
            659, "An exemption that is not there",
            #"""
            The test expects that an exemption spares the mail, and none has this name. A rule's
            own exception is called `unless`.
            Correct the name.
            """#,
            wrong: #"""
                rule example {
                    when tls
                    then quarantine review
                    unless authenticated
                }

                test "it works" {
                    mail   "samples/a.eml" inbound from "eve@partner.example" to "bob@acme.example"
                    expect example exempted by partners
                }
                """#,
            right: #"""
                rule example {
                    when tls
                    then quarantine review
                    unless authenticated
                }

                test "it works" {
                    mail   "samples/a.eml" inbound from "eve@partner.example" to "bob@acme.example"
                    expect example exempted by unless
                }
                """#),
    ]
}
