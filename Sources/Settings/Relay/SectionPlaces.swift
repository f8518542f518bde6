import Operation
import Vocabulary

/// Addresses, networks and files, as the tables of the relay's file name them.
extension SectionReader {
    mutating func place(_ key: String, example: String) -> SocketPlace? {
        guard let text = text(key) else { return nil }
        if let place = SocketPlace(text) { return place }
        fault(
            "`\(key)` names neither a host with a port nor a socket",
            "write `\"HOST:PORT\"` or `\"unix:/PATH\"`, such as `\"\(example)\"`", at: key)
        return nil
    }

    mutating func networks(_ key: String) -> [String] {
        texts(key, example: "192.0.2.0/24").compactMap { text in
            guard let network = Network(text) else {
                fault(
                    "“\(Excerpt.of(text))” in `\(key)` is no network",
                    "write an address, or a network such as `\"192.0.2.0/24\"`", at: key)
                return nil
            }
            guard !network.hasHostBits else {
                fault(
                    "“\(Excerpt.of(text))” in `\(key)` has bits behind its length",
                    "write `\"\(network.base)\"`, or the address without a length", at: key)
                return nil
            }
            return network.base
        }
    }

    /// A file that has to be readable.
    mutating func file(_ key: String) -> String? {
        guard let path = text(key).map({ OperatorFile.located($0, beside: table.path) }) else { return nil }
        check(path, key)
        return path
    }

    mutating func files(_ key: String, example: String) -> [String] {
        texts(key, example: example).map { name in
            let path = OperatorFile.located(name, beside: table.path)
            check(path, key)
            return path
        }
    }

    /// A file that holds a secret: readable by us, and by nobody else.
    mutating func privateFile(_ key: String) -> String? {
        guard let path = file(key), OperatorFile.isReadable(path) else { return nil }
        if !OperatorFile.isPrivate(path) {
            fault("others can read \(path)", "run `chmod 600` on the file that `\(key)` names", at: key)
        }
        return path
    }

    /// The secret in a file, its first line, or in a variable of the environment.
    mutating func secret(file key: String, variable: String, environment: [String: String]) -> Secret? {
        let name = text(variable)
        if let path = privateFile(key) {
            if name != nil { fault("`\(key)` and `\(variable)` are both there", "take one out", at: variable) }
            let bytes = ledger.attempt { () throws(ConfigurationFault) in
                try OperatorFile.bytes(path, limit: ConfigurationLimits().fileBytes)
            }
            guard let secret = bytes.flatMap({ OperatorFile.secret($0) }) else {
                fault("the first line of \(path) is no secret", "write the secret as its first line", at: key)
                return nil
            }
            return secret
        }
        guard let name else { return nil }
        guard let secret = environment[name].flatMap({ OperatorFile.secret(Array($0.utf8)) }) else {
            fault("the environment has no `\(Excerpt.of(name))`", "set it, or name a file by `\(key)`", at: variable)
            return nil
        }
        return secret
    }

    /// A certificate and its key, both or neither.
    mutating func identity() -> TLSIdentity? {
        let certificates = file("certificate")
        let key = file("key")
        guard has("certificate") || has("key") else { return nil }
        guard has("certificate"), has("key") else {
            let (there, missing) = has("certificate") ? ("certificate", "key") : ("key", "certificate")
            fault("there is a `\(there)` without a `\(missing)`", "name both, or neither", at: there)
            return nil
        }
        guard let certificates, let key else { return nil }
        check(certificates, holds: "-----BEGIN CERTIFICATE-----", "no certificate in PEM", "certificate")
        check(key, holds: "PRIVATE KEY-----", "no private key in PEM", "key")
        if OperatorFile.isReadable(key), !OperatorFile.isKept(key) {
            fault("others can read \(key)", "run `chmod 640` on the file that `key` names", at: "key")
        }
        return TLSIdentity(certificates: certificates, key: key)
    }

    /// A PEM file of authorities.
    mutating func authorities(_ key: String) -> String? {
        guard let path = file(key) else { return nil }
        check(path, holds: "-----BEGIN CERTIFICATE-----", "no certificate in PEM", key)
        return path
    }

    private func check(_ path: String, _ key: String) {
        guard !OperatorFile.isReadable(path) else { return }
        fault("\(path) cannot be read", "name a file that is there and can be read by this user", at: key)
    }

    private func check(_ path: String, holds mark: String, _ cause: String, _ key: String) {
        guard OperatorFile.isReadable(path) else { return }
        let bytes = ledger.attempt { () throws(ConfigurationFault) in
            try OperatorFile.bytes(path, limit: ConfigurationLimits().fileBytes)
        }
        guard let bytes, !String(decoding: bytes, as: UTF8.self).contains(mark) else { return }
        fault("\(path) holds \(cause)", "name the right file", at: key)
    }
}
