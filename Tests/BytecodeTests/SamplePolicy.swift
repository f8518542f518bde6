import Bytecode
import Compiler
import Lexical
import Testing

/// A policy with one of nearly everything.
enum SamplePolicy {
    static let text = """
        policy acme {
            edition 1
            domains "acme.example"
            networks "192.0.2.0/24"
            admin "postmaster@acme.example"
        }

        group partners { "eve@partner.example", "*@friends.example" }

        dictionary secrets {
            threshold 5
            5 word "confidential"
            3 phrase "for your eyes"
            2 regex /projet[ -]x\\d{2}/i up to 3 times
            9 regex /\\d{16}/ checked by luhn
        }

        uninspectable {
            if encrypted then quarantine sealed
            if damaged, ambiguous, unsupported then quarantine unreadable
            if over-limit then quarantine bombs
            if engine-down then defer
        }

        rule clips "Films block the line" {
            on inbound
            when any file where (type is video and size > 2 MB)
            then quarantine media
        }

        rule trap {
            label phishing
            when any file as outer where (type is archive and any file where (inside outer and name ends with ".cmd"))
            then reject "No scripts"
        }

        rule leaks {
            on outbound
            when message.text mentions secrets or message.text mentions secrets at 20 in total
            unless authenticated
            then quarantine leaks
                 notify sender
        }

        rule many {
            when count of distinct recipients.domain > 50 or sum of attachments.size > 20 MB
            then quarantine approval
        }

        rule own {
            when recipient.domain is "acme.example" and subject contains any of ("urgent", "gift card")
            then tag subject "[careful] "
        }

        exempt known from label phishing { when from in partners }
        """

    /// Its program.
    static func program() throws -> Program { try Bundle.read(try bundle()) }

    static func bundle(of text: String = text) throws -> [UInt8] {
        let result = PolicyCompiler(patterns: PatternLibrary()).compile(PolicyInMemory(text))
        let messages = result.diagnostics.map { "\($0.code) \($0.message)" }
        return try #require(result.bundle, "\(messages)")
    }

    /// What the verifier says of a program after some harm was done to it; `accepted` if nothing.
    static func refusal(of program: Program, _ harm: (inout Program) -> Void) -> String {
        var harmed = program
        harm(&harmed)
        do throws(BundleFault) {
            try Verifier.verify(harmed)
            return "accepted"
        } catch {
            return error.reason
        }
    }
}
