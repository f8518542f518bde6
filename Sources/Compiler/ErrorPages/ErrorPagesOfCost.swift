extension ErrorPages {
    /// The pages of cost.
    static let costPages: [ErrorPage] = [
        ErrorPage(
            800, "The policy can take too many steps",
            #"""
            Each mail may take a certain number of steps, so that no mail can keep a worker busy.
            The most of them are where the message points.
            Ask for fewer files within files, or use lists and dictionaries.
            """#,
            wrong: "# many rules, each with `any file` within `any file`",
            right: "when any file where (size > 2 MB)"),
        ErrorPage(
            801, "The condition is nested too deeply for a bundle",
            #"""
            With its defines written out the condition needs more places than a worker keeps.
            Split it into several rules.
            """#,
            wrong: "# several hundred operators in one another, through defines",
            right: #"when tls and subject contains "x""#),
    ]
}
