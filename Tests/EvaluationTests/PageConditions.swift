/// For each row of the tables of conditions in `docs/language.md`, by its first cell, conditions of all its forms.
enum PageConditions {
    /// What the conditions name.
    static let surroundings = """
        group partners { "*@partner.example" }
        dictionary words { threshold 2  1 word "alpha"  1 word "beta" }

        """

    static let ofRows: [String: [String]] = [
        "`virus`, `authenticated`": ["virus", "authenticated"],
        "`X is V`, `X is any of (V, W)`": [
            "direction is inbound", "from.domain is any of (\"a.example\", \"b.example\")",
        ],
        "`X is not V`": ["from exists and from.domain is not \"a.example\""],
        "`X < N`, `<=`, `>`, `>=`": [
            "message.size < 2 MB", "message.size <= 2 MB", "message.size > 2 MB", "message.size >= 2 MB",
        ],
        "`X not contains T`, and `not` before any other of these relations but `is` and the orders": [
            "subject exists and subject not contains \"a\"", "subject exists and subject not starts with \"a\"",
            "from exists and from not in (\"a@a.example\")", "subject not exists",
        ],
        "`X contains T`, `starts with`, `ends with`, also `any of (…)`, `all of (…)`": [
            "subject contains \"a\"", "subject starts with any of (\"a\", \"b\")", "subject ends with \"a\"",
            "subject contains all of (\"a\", \"b\")",
        ],
        "`X matches /R/`, `matches any of (/R/, /S/)`": [
            "subject matches /a+/", "subject matches any of (/a+/, /b/i)",
        ],
        "`X looks like T`, `looks like any of (…)`": [
            "from.display-name looks like \"Anne Durand\"",
            "from.domain looks like any of (\"brand.example\", \"bank.example\")",
        ],
        "`D under \"example.org\"`": ["from.domain under \"example.org\""],
        "`X in GROUP`, `X in (V, W)`": ["from in partners", "from.domain in (\"a.example\", \"b.example\")"],
        "`X mentions DICTIONARY`, `… at N`, `… in total`": [
            "subject mentions words", "message.text mentions words at 1", "message.text mentions words at 1 in total",
        ],
        "`X exists`": ["list-id exists"],
        "`message is encrypted`, `message is signed`": ["message is encrypted", "message is signed"],
        "`X otherwise V`": ["subject otherwise \"none\" is \"none\""],
        "`any file where (…)`": ["any file where (type is video)"],
        "`every file where (…)`": ["any file where (type is video) and every file where (size < 1 MB)"],
        "`no file where (…)`": ["no file where (type is video)"],
        "`any of (…, …)`, `all of (…, …)`, `at least 2 of (…, …)`": [
            "any of (virus, authenticated)", "all of (virus, authenticated)",
            "at least 2 of (virus, authenticated, subject exists)",
        ],
        "`count of files where (…) > 10`": ["count of files where (type is image) > 10"],
        "`count of distinct recipients.domain > 50`": ["count of distinct recipients.domain > 50"],
        "`count of distinct urls.host where (…) > 20`": [
            "count of distinct urls.host where (not (inside archive)) > 20"
        ],
        "`sum of attachments.size > 20 MB`": ["sum of attachments.size > 20 MB"],
        "`count of matches /!/ in subject >= 3`": ["count of matches /!/ in subject >= 3"],
        "`inside archive`, `inside zip`": ["any file where (inside archive)", "any url where (inside zip)"],
    ]
}
