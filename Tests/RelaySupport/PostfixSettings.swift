/// What a real Postfix is told: its ports, and where its mail goes.
public struct PostfixSettings: Sendable {
    /// Where mail that was taken goes.
    public enum Delivery: Sendable {
        /// To an SMTP server on this port of 127.0.0.1.
        case smtp(port: Int)
        /// To an LMTP server on this port of 127.0.0.1.
        case lmtp(port: Int)
        /// Into mailboxes, which `RealPostfix.mailbox` reads.
        case mailboxes
    }

    /// An smtpd on a port of its own.
    public struct Service: Sendable {
        public var name: String
        /// Of master.cf, `-o name=value`.
        public var options: [(name: String, value: String)]
        /// Processes at most.
        public var processes = 20

        public init(_ name: String, _ options: KeyValuePairs<String, String> = [:]) {
            self.name = name
            self.options = options.map { ($0.key, $0.value) }
        }

        /// Takes everything.
        public static func open(_ name: String) -> Service { Service(name) }

        /// The edge: everything passes through a proxy on this port before it is taken.
        ///
        /// - Parameter timeout: seconds that the proxy may take for a reply.
        public static func proxied(_ name: String, through port: Int, timeout: Int = 100) -> Service {
            Service(
                name,
                ["smtpd_proxy_filter": "127.0.0.1:\(port)", "smtpd_proxy_timeout": "\(timeout)s", "smtpd_milters": ""])
        }

        /// Takes mail of people who log in, and of nobody else; who they are stands in its Received field.
        ///
        /// - Parameter port: of a proxy through which all passes; none where it is `nil`.
        public static func submission(_ name: String, _ logins: TestLogins, through port: Int? = nil) -> Service {
            var service = port.map { proxied(name, through: $0) } ?? Service(name)
            service.options += [
                ("smtpd_sasl_auth_enable", "yes"), ("smtpd_sasl_type", "dovecot"), ("smtpd_sasl_path", logins.place),
                ("smtpd_sasl_authenticated_header", "yes"), ("smtpd_sasl_security_options", "noanonymous"),
                ("smtpd_relay_restrictions", "permit_sasl_authenticated, reject"),
            ]
            return service
        }

        /// Offers STARTTLS.
        public func offering(_ certificate: TestCertificate) -> Service {
            var service = self
            service.options += [
                ("smtpd_tls_security_level", "may"), ("smtpd_tls_cert_file", certificate.chain),
                ("smtpd_tls_key_file", certificate.key), ("smtpd_tls_received_header", "yes"),
            ]
            return service
        }

        /// Behind the proxy: believes what it says of its client.
        public static func behindProxy(_ name: String) -> Service {
            Service(name, ["smtpd_authorized_xforward_hosts": "127.0.0.0/8", "smtpd_milters": ""])
        }

        /// Asks a milter, `inet:127.0.0.1:PORT` or `unix:PATH`.
        public static func milter(_ name: String, _ milter: String) -> Service {
            Service(name, ["smtpd_milters": milter])
        }
    }

    public var hostName = "mx.test.example"
    public var services: [Service]
    public var delivery: Delivery
    /// Further lines of main.cf; they replace those that are there.
    public var parameters: [String: String] = [:]

    public init(_ services: [Service], delivery: Delivery) {
        self.services = services
        self.delivery = delivery
    }

    func main(folder: String) -> String {
        var lines = [
            "compatibility_level": "3.6",
            "queue_directory": "\(folder)/queue",
            "data_directory": "\(folder)/data",
            "command_directory": "/usr/sbin",
            "daemon_directory": "/usr/lib/postfix/sbin",
            "mail_owner": "postfix",
            "setgid_group": "postdrop",
            "inet_interfaces": "127.0.0.1",
            "inet_protocols": "ipv4",
            "myhostname": hostName,
            "mydestination": "",
            "mynetworks": "127.0.0.0/8",
            "local_recipient_maps": "",
            "alias_maps": "",
            "alias_database": "",
            "smtpd_relay_restrictions": "permit_mynetworks, reject",
            "smtpd_peername_lookup": "no",
            "smtpd_error_sleep_time": "0",
            "smtpd_timeout": "120",
            "smtpd_client_connection_count_limit": "0",
            "smtp_dns_support_level": "disabled",
            "smtp_host_lookup": "native",
            // As for mail from outside: no header field is added or rewritten.
            "local_header_rewrite_clients": "",
            "smtpd_milters": "",
            "milter_default_action": "tempfail",
            "message_size_limit": "104857600",
            "mailbox_size_limit": "0",
            "virtual_mailbox_limit": "0",
            "in_flow_delay": "0",
            "minimal_backoff_time": "2s",
            "maximal_backoff_time": "4s",
            "queue_run_delay": "2s",
            "maillog_file": "\(folder)/mail.log",
            "maillog_file_prefixes": folder,
        ]
        for (name, value) in deliveryParameters(folder: folder).merging(parameters, uniquingKeysWith: { $1 }) {
            lines[name] = value
        }
        return lines.sorted { $0.key < $1.key }.map { "\($0.key) = \($0.value)\n" }.joined()
    }

    private func deliveryParameters(folder: String) -> [String: String] {
        switch delivery {
        case .smtp(let port): transports("smtp:[127.0.0.1]:\(port)")
        case .lmtp(let port): transports("lmtp:inet:127.0.0.1:\(port)")
        case .mailboxes:
            transports("virtual:").merging(
                [
                    "virtual_mailbox_base": "\(folder)/mail",
                    "virtual_mailbox_maps": "static:all/",
                    "virtual_uid_maps": "static:65534",
                    "virtual_gid_maps": "static:65534",
                ], uniquingKeysWith: { $1 })
        }
    }

    private func transports(_ place: String) -> [String: String] {
        ["local_transport": place, "relay_transport": place, "default_transport": place, "virtual_transport": place]
    }

    func master(ports: [String: Int]) -> String {
        var lines: [String] = []
        for service in services {
            let port = ports[service.name] ?? 0
            lines.append("127.0.0.1:\(port) inet n - n - \(service.processes) smtpd")
            for (name, value) in service.options { lines.append("  -o { \(name) = \(value) }") }
        }
        for (name, kind, isPrivate, wakeup, processes, program) in Self.daemons {
            // It alone gives up being root by itself, for the owner of each mailbox.
            let isUnprivileged = name == "virtual" ? "n" : "-"
            lines.append("\(name) \(kind) \(isPrivate) \(isUnprivileged) n \(wakeup) \(processes) \(program)")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Of Postfix's own master.cf, none in a changed root: name, type, private, wake-up, processes, program.
    private static let daemons: [(String, String, String, String, String, String)] = [
        ("pickup", "unix", "n", "60", "1", "pickup"), ("cleanup", "unix", "n", "-", "0", "cleanup"),
        ("qmgr", "unix", "n", "300", "1", "qmgr"), ("tlsmgr", "unix", "-", "1000?", "1", "tlsmgr"),
        ("rewrite", "unix", "-", "-", "-", "trivial-rewrite"), ("bounce", "unix", "-", "-", "0", "bounce"),
        ("defer", "unix", "-", "-", "0", "bounce"), ("trace", "unix", "-", "-", "0", "bounce"),
        ("verify", "unix", "-", "-", "1", "verify"), ("flush", "unix", "n", "1000?", "0", "flush"),
        ("proxymap", "unix", "-", "-", "-", "proxymap"), ("smtp", "unix", "-", "-", "-", "smtp"),
        ("relay", "unix", "-", "-", "-", "smtp"), ("lmtp", "unix", "-", "-", "-", "lmtp"),
        ("showq", "unix", "n", "-", "-", "showq"), ("error", "unix", "-", "-", "-", "error"),
        ("retry", "unix", "-", "-", "-", "error"), ("discard", "unix", "-", "-", "-", "discard"),
        ("virtual", "unix", "-", "-", "-", "virtual"), ("anvil", "unix", "-", "-", "1", "anvil"),
        ("scache", "unix", "-", "-", "1", "scache"), ("postlog", "unix-dgram", "n", "-", "1", "postlogd"),
    ]
}
