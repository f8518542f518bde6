import Compiler
import SieveImport
import Testing

/// What a script says and a policy cannot is told; nothing of it becomes a test of something else.
@Suite struct LostMeaningTests {
    private func imported(_ script: String) throws -> ImportedPolicy {
        try ImportedPolicy(
            Array(script.utf8), name: "imported", administrator: "a@b.example",
            isAddress: { DomainSyntax.address($0) != nil }, refusals: CheckedPolicy.refusals)
    }

    @Test(arguments: [
        // A piece of a part's field that policies do not know, or the whole of it.
        "header :mime :anychild :contains \"Content-Disposition\" \"attachment\"",
        "header :mime :anychild :is :type \"Content-Disposition\" \"attachment\"",
        "header :mime :anychild :contenttype :contains \"Content-Disposition\" \"attachment\"",
        "header :mime :anychild :param \"size\" :is \"Content-Disposition\" \"5\"",
        "header :mime :anychild :param [\"filename\", \"name\"] :is \"Content-Disposition\" \"a\"",
        "header :mime :anychild :contains \"Content-Type\" \"text/html\"",
        "header :mime :anychild :param \"charset\" :is \"Content-Type\" \"utf-7\"",
        "header :mime :anychild :type :contains \"Content-Type\" \"text\"",
        "header :mime :anychild :type :comparator \"i;octet\" \"Content-Type\" \"text\"",
        "header :mime :anychild :type :subtype :is \"Content-Type\" \"html\"",
        "header :mime :anychild :type :param \"name\" :is \"Content-Type\" \"html\"",
        "header :mime :anychild :type :is \"Content-ID\" \"html\"",
        "header :mime :anychild :is \"Content-ID\" \"a@b.example\"",
        "header :mime :anychild :contains \"Content-ID\" \"<a@\"",
        "header :mime :anychild :matches \"Content-ID\" \"<*@b.example>\"",
        "header :mime :anychild :count \"gt\" :contenttype \"Content-Type\" \"1\"",
        "header :mime :contenttype :is \"Content-Type\" \"text/html\"",
        "header :anychild :is \"Content-Type\" \"text/html\"",
        "header :param \"name\" :is \"Content-Type\" \"a\"",
        "address :mime :anychild :is \"from\" \"a@b.example\"",
        "exists :mime :anychild \"Content-ID\"",
        // Tags that the test would be another one without.
        "header :index 1 :is \"X-Hop\" \"a\"",
        "header :index 1 :last :is \"X-Hop\" \"a\"",
        "header :last :is \"X-Hop\" \"a\"",
        "address :index 1 :is \"from\" \"a@b.example\"",
        "header :list \"from\" \":addrbook:default\"",
        "address :user :contains \"to\" \"bob\"",
        "address :user :detail :is \"to\" \"bob\"",
        "address :domain :localpart :is \"to\" \"bob\"",
        "currentdate :zone \"+0100\" :is \"hour\" \"09\"",
        "currentdate :is [\"hour\", \"weekday\"] \"09\"",
        "currentdate :is \"hour\" \"9\"",
        "currentdate :value \"ge\" \"hour\" \"9\"",
        "currentdate :is \"weekday\" \"07\"",
        "date :is \"date\" \"hour\" \"09\"",
        "size :over :under 5",
        "body :contains \"a\" \"b\"",
        "virustest :is [\"5\", \"1\"]",
        // Comparisons that are none.
        "header :count \"gt\" \"X-Hop\" \"3\"",
        "header :contains :comparator \"i;ascii-numeric\" \"subject\" \"5\"",
        "not (true, false)",
        "anyof",
    ])
    func theTestIsListedWithItsLine(_ test: String) throws {
        let result = try imported("require \"fileinto\";\n\nif \(test) { discard; }\nif size :over 5K { discard; }\n")
        #expect(result.ruleCount == 1, "\(result.policy)")
        #expect(result.remarks.contains { $0.line == 3 }, "\(result.remarks)")
    }

    @Test(arguments: [
        ("header :mime :anychild :contenttype :is \"Content-Type\" \"text/html\"", "declared-type is \"text/html\""),
        ("header :mime :anychild :subtype :is \"Content-Type\" \"html\"", "declared-type ends with \"/html\""),
        ("header :mime :anychild :param \"NAME\" :contains \"Content-Type\" \"x\"", "name contains \"x\""),
        ("header :mime :anychild :param \"filename\" :is \"Content-Disposition\" \"x\"", "name is \"x\""),
        ("header :mime :anychild :is \"Content-ID\" \"<a@b>\"", "content-id is \"a@b\""),
        ("header :mime :anychild :contains \"Content-ID\" \"a@b\"", "content-id contains \"a@b\""),
        ("address :all :is \"from\" \"a@b.example\"", "from is \"a@b.example\""),
        ("envelope :is \"from\" [\"\", \"a@b.example\"]", "not (sender exists) or sender is \"a@b.example\""),
        ("envelope :user :is \"to\" \"bob\"", "recipient.local is \"bob\" or recipient.local starts with \"bob+\""),
        ("envelope :matches \"from\" [\"\", \"*@b.example\"]", "not (sender exists) or sender ends with"),
        ("header :matches \"subject\" \"\"", "subject is \"\""),
        ("body :matches :comparator \"i;octet\" \"\"", "body.text is exactly \"\""),
        ("envelope :domain :is \"from\" \"\"", "not (sender exists)"),
        // The null reverse path matches these too.
        ("envelope :contains \"from\" \"\"", "recipient exists"),
        ("envelope :matches \"from\" \"*\"", "recipient exists"),
        ("envelope :detail :matches \"from\" \"*\"", "not (sender exists) or sender.detail exists"),
        ("currentdate :value \"ge\" :comparator \"i;ascii-numeric\" \"hour\" \"9\"", "received-at.hour >= 9"),
        ("currentdate :is \"hour\" \"09\"", "received-at.hour is 9"),
    ])
    func whatHasAMeaningKeepsIt(_ test: String, _ condition: String) throws {
        let result = try imported("if \(test) { discard; }\n")
        #expect(result.policy.contains(condition), "\(result.policy)")
        #expect(result.remarks.isEmpty && result.ruleCount == 1, "\(result.remarks)")
    }

    @Test(arguments: [
        "deleteheader :index 1 \"Received\";", "deleteheader :index 1 :last \"Received\";",
        "fileinto :flags \"Seen\" \"Junk\";", "fileinto :specialuse \"Junk\" \"Spam\";",
        "redirect :notify \"NEVER\" \"a@b.example\";", "notify :method \"mailto:a@b.example\";",
        "notify :from \"mailto:a@b.example\" \"xmpp:c@d.example\";",
        "notify :message \"Look\" \"mailto:a@b.example\";",
    ])
    func theTagOfAnActionIsListedWithItsLine(_ action: String) throws {
        let result = try imported("require \"fileinto\";\n\nif size :over 5K { \(action) }\n")
        #expect(result.remarks.contains { $0.line == 3 }, "\(result.policy)")
        #expect(!result.policy.contains("quarantine seen") && !result.policy.contains("remove header"))
    }

    @Test func aNoticeGoesToItsMethodAndNotToItsSender() throws {
        let result = try imported("notify :from \"mailto:x@b.example\" :importance \"1\" \"mailto:a@b.example?x=y\";")
        #expect(result.policy.contains("notify \"a@b.example\"") && !result.policy.contains("x@b.example"))
        #expect(result.remarks.isEmpty)
    }

    /// An address that policies refuse costs its own action, not those beside it.
    @Test func whatIsAnAddressThePolicySays() throws {
        for address in ["x@acme..example", "a b@acme.example", "x@", "x@[192.0.2.1]"] {
            let result = try imported(
                "require \"fileinto\";\n\naddheader \"X-A\" \"b\"; redirect \"\(address)\"; discard;\n")
            #expect(result.policy.contains("add header \"X-A\" \"b\""), "\(address)\n\(result.policy)")
            #expect(result.remarks.contains { $0.line == 3 && $0.what.contains("`redirect`") })
        }
    }
}
