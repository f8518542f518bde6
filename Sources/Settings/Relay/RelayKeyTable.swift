/// What each key of the relay's file means. `docs/settings.md` and the sample are held to it by tests.
enum RelayKeyTable {
    static let rows = general + listener + nextHop + route + organisation + workers + store + administration + log

    private static let general: [RelayKey] = [
        .init(
            "", "host-name", .depends("the machine's name", example: "\"mx.acme.example\""),
            "Our name in greetings and trace fields."),
        .init(
            "", "split-organisations", .usual("false"),
            "Whether recipients of a second organisation wait with `452 4.5.3`, so that each mail belongs to one."),
        .init(
            "", "engines", .depends("no engine", example: "\"engines.toml\""),
            "The file of the engines; or `[[engine]]` tables stand in this file."),
    ]

    private static let listener: [RelayKey] = [
        .init("[[listener]]", "name", .required(example: "\"proxy\""), "As the log and the metrics call it."),
        .init(
            "[[listener]]", "address", .required(example: "\"127.0.0.1:10025\""),
            "`HOST:PORT`, `[IPV6]:PORT` or `unix:/PATH`."),
        .init("[[listener]]", "scheme", .usual("\"smtp\""), "`smtp`, `lmtp` or `milter`."),
        .init(
            "[[listener]]", "role", .usual("\"inbound\""),
            "`inbound` for mail from outside, `submission` for mail of the organisations' people."),
        .init(
            "[[listener]]", "trusted-peers", .usual("[]"),
            "Networks of the servers in front, whose XFORWARD and topmost Received field are believed."),
        .init(
            "[[listener]]", "certificate", .depends("no STARTTLS", example: "\"tls/mx.pem\""),
            "The chain of certificates, in PEM."),
        .init(
            "[[listener]]", "key", .depends("no STARTTLS", example: "\"tls/mx.key\""),
            "Its private key, in PEM, not encrypted; nobody else may read it."),
    ]

    private static let nextHop: [RelayKey] = hop("[next-hop]", .usual("\"127.0.0.1:10026\""))
    private static let route: [RelayKey] = hop("[routes.NAME]", .required(example: "\"10.0.0.7:25\""))

    private static func hop(_ section: String, _ address: RelayKey.Standing) -> [RelayKey] {
        [
            .init(section, "address", address, "Where mail goes on to."),
            .init(section, "scheme", .usual("\"smtp\""), "`smtp` or `lmtp`."),
            .init(
                section, "security", .usual("\"opportunistic\""),
                "`none`, `opportunistic` (TLS where it is offered) or `verified` (always, with a good certificate)."),
            .init(
                section, "certificate-name", .depends("the address's host", example: "\"mail.acme.example\""),
                "The name that the certificate must have; with `verified`."),
            .init(
                section, "authorities", .depends("the system's", example: "\"tls/authorities.pem\""),
                "Authorities that are believed, in PEM; with `verified`."),
        ]
    }

    private static let organisation: [RelayKey] = [
        .init("[[organisation]]", "name", .required(example: "\"acme\""), "As policies are pushed for it."),
        .init(
            "[[organisation]]", "domains", .depends("none", example: "[\"acme.example\", \"*.acme.example\"]"),
            "Domains whose mailboxes are its; `*.` for all beneath."),
        .init(
            "[[organisation]]", "networks", .depends("none", example: "[\"192.0.2.0/24\"]"),
            "Networks whose mail is its."),
        .init(
            "[[organisation]]", "default", .depends("`true` for the only one", example: "true"),
            "Whether what belongs to no other belongs to it."),
        .init(
            "[[organisation]]", "policy", .depends("mail waits for a push", example: "\"acme.lzb\""),
            "The bundle that judges its mail until one is pushed."),
        .init(
            "[[organisation]]", "trusted-keys", .depends("nobody may push", example: "[\"acme.pub\"]"),
            "Files with the public keys whose holders may push policies."),
    ]

    private static let workers: [RelayKey] = [
        .init(
            "[workers]", "count", .depends("one for each processor", example: "4"),
            "Processes that read mail, for each organisation's program."),
        .init(
            "[workers]", "executable",
            .depends("the one beside `lazaretd`", example: "\"/usr/local/bin/lazaret-worker\""), "The worker's file."),
    ]

    private static let store: [RelayKey] = [
        .init(
            "[store]", "folder",
            .depends("systemd's state folder, else `lazaret-data` beside this file", example: "\"/var/lib/lazaret\""),
            "Held and queued mail, records, the audit trail, versions of policies."),
        .init(
            "[store]", "key-file", .depends("mail is stored as it came", example: "\"store.key\""),
            "A file with the key that stored mail is encrypted by, from `openssl rand -hex 32`. Keep a copy of it: without "
                + "the key that mail is lost."),
        .init(
            "[store]", "key-variable", .depends("the file has it", example: "\"LAZARET_STORE_KEY\""),
            "The variable of the environment that has the key, in place of `key-file`."),
        .init(
            "[store]", "postgres",
            .depends("SQLite in the folder", example: "\"host=/run/postgresql dbname=lazaret\""),
            "libpq's connection string, without a password: a store that several relays share."),
        .init(
            "[store]", "postgres-password-file", .depends("no password", example: "\"postgres.password\""),
            "A file with the password as its first line."),
        .init(
            "[store]", "postgres-password-variable", .depends("no password", example: "\"LAZARET_POSTGRES_PASSWORD\""),
            "The variable of the environment that has the password, where no file has it."),
    ]

    private static let administration: [RelayKey] = [
        .init(
            "[administration]", "address", .usual("\"127.0.0.1:8025\""),
            "Where health, metrics and pushed policies are served over HTTP."),
        .init(
            "[administration]", "certificate", .depends("no TLS", example: "\"tls/admin.pem\""),
            "The chain of certificates, in PEM. With tokens it is needed on other addresses than loopback."),
        .init("[administration]", "key", .depends("no TLS", example: "\"tls/admin.key\""), "Its private key, in PEM."),
        .init(
            "[administration]", "client-authorities",
            .depends("clients need no certificate", example: "\"tls/clients.pem\""),
            "Authorities in PEM: only clients with a certificate of one of them are heard."),
        .init(
            "[[administration.token]]", "name", .required(example: "\"deploy\""), "As the audit trail calls its holder."
        ),
        .init(
            "[[administration.token]]", "organisations", .depends("all", example: "[\"acme\"]"),
            "The organisations for which it counts."),
        .init(
            "[[administration.token]]", "file", .required(example: "\"deploy.token\""),
            "A file with the token as its first line; make one by `openssl rand -hex 32`."),
        .init(
            "[[administration.token]]", "variable", .depends("the file has it", example: "\"LAZARET_DEPLOY_TOKEN\""),
            "The variable of the environment that has the token, in place of `file`."),
    ]

    private static let log: [RelayKey] = [
        .init(
            "[log]", "level", .usual("\"info\""), "`debug`, `info`, `warning` or `alarm`; what is graver is written."),
        .init("[log]", "format", .usual("\"text\""), "`text` for people, `json` for programs; to standard error."),
    ]
}
