/// A policy without fault that uses most of the language: the ground of the tests that break or shuffle it.
enum GoodPolicies {
    static let acme = """
        policy acme {
            edition     1
            description "Acme's mail policy"
            domains     "acme.example", "*.acme.example", "acme.fr"
            networks    "192.0.2.0/24", "2001:db8::/32"
            admin       "postmaster@acme.example"
            language    fr, en
            timezone    "Europe/Paris"
            auth-servers "mx.acme.example"
        }

        import standard.media with (largest 2 MB, area clips)

        group finance { "payroll@acme.example", "*@finance.acme.example" }

        group partners from file "partners.txt"

        list shorteners of Domain { "bit.example", "t.example" }

        dictionary secrecy-marks {
            threshold 10
            10 phrase "diffusion restreinte"
            5 word "confidential"
            5 regex /projet[ -]x\\d{2}/i
        }

        define from-finance = authenticated and sender in finance
        define large-clip for file = type is any of (audio, video) and size > 2 MB

        setting outbound-limit take largest {
            otherwise 20 MB
            when sender in finance then 50 MB
        }

        score suspicion {
            5 when reply-to exists and not (reply-to in partners)
            2.5 when from.display-name contains "@"
            -2 when list-id exists
        }

        quarantine sealed { }

        uninspectable {
            if encrypted then quarantine sealed
            if encrypted (pgp-mime, smime) on inbound then ignore
            if damaged, ambiguous, unsupported then quarantine unreadable
            if over-limit then quarantine bombs
            if engine-down then defer
        }

        rule no-clips "Films and music block the line" {
            on inbound
            when any file where (large-clip)
            then quarantine media
                notify recipient, admin using held
        }

        rule leaks {
            label secrecy
            on outbound
            when message.text mentions secrecy-marks
            unless from-finance
            then quarantine leaks
        }

        mandatory rule sealed-mail {
            on outbound
            when message is encrypted
            unless from-finance
            then reject "Encrypted mail is not allowed to leave Acme"
        }

        rule mass-mail {
            on outbound
            when count of distinct recipients.domain > 50
            then quarantine approval
        }

        rule too-big {
            on outbound
            when message.size > outbound-limit
            then quarantine large
        }

        rule suspicious {
            on inbound
            when suspicion >= 5
            then tag subject "[suspicious] "
        }

        rule trap {
            label phishing
            on inbound
            when any file as outer where (type is archive and any file where (inside outer and name ends with " .cmd"))
            then quarantine malware
        }

        rule reply-elsewhere {
            label phishing
            when reply-to exists and reply-to.domain is not from.domain and from exists
            then tag subject "[reply goes elsewhere] "
        }

        rule short {
            when from.domain under any of (shorteners) or header "X-Spam-Score" as number > 5.5
            then quarantine review
        }

        exempt partners-may-send-clips from no-clips, media.large {
            when from in partners and auth.dmarc is pass
        }

        exempt known-senders from label phishing, unknown encrypted (smime) {
            when from.domain under "partner.example" and auth.dmarc is pass
        }

        template held {
            fr { subject "Message retenu : {subject}" body "Retenu par la règle {rule}." }
            en { subject "Message held: {subject}" body "Held by the rule {rule}." }
        }

        test "a partner's clip passes" {
            mail "samples/clip.eml" inbound from "eve@partner.example" to "bob@acme.example"
            assume auth.dmarc is pass
            assume virus is unknown because engine-down
            expect deliver for "bob@acme.example"
            expect no-clips exempted by partners-may-send-clips
        }
        """

    static let surroundings = """

        === module standard.media
        parameter largest = 5 MB
        parameter area = media

        rule large {
            when any file where (type is any of (audio, video) and size > largest)
            then quarantine area
        }

        === list partners.txt
        # friends
        eve@partner.example
        *@friends.example
        """
}
