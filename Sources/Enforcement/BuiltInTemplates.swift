import Vocabulary

/// The words of a notice whose rule names no template, in French and English.
///
/// Sender and recipients learn what became of the mail and of which parts; what the rules saw stays with those who
/// look after the policy.
enum BuiltInTemplates {
    static func template(for disposition: Disposition, to role: Addressee) -> MessageTemplate {
        let isForAdministrators = role != .sender && role != .recipient
        return MessageTemplate(
            name: "",
            versions: [english(disposition, isForAdministrators), french(disposition, isForAdministrators)])
    }

    private static func english(_ disposition: Disposition, _ isForAdministrators: Bool) -> MessageTemplate.Version {
        let (head, sentence) =
            switch disposition {
            case .quarantine: ("Message held", "A message was held and has not been delivered.")
            case .reject: ("Message refused", "A message was refused and has not been delivered.")
            case .discard: ("Message discarded", "A message was discarded and has not been delivered.")
            case .deliver, .defer:
                ("Message delivered", "A message was delivered; a rule of the mail policy reports it.")
            }
        var body = """
            \(sentence)

            From: {from}
            To: {recipient}
            Subject: {subject}
            Date: {date}

            Reason: {reason}
            Parts concerned: {parts}

            """
        if isForAdministrators {
            body += """

                Policy: {policy}
                Rule: {rule}
                Sender: {sender}
                Direction: {direction}
                Areas: {area}
                Message-ID: {message-id}

                {evidence}

                """
        } else {
            body += """

                This message was written automatically. Questions are answered by: {admin}

                """
        }
        return version("en", "\(head): {subject}", body)
    }

    private static func french(_ disposition: Disposition, _ isForAdministrators: Bool) -> MessageTemplate.Version {
        let (head, sentence) =
            switch disposition {
            case .quarantine: ("Message retenu", "Un message a été retenu et n'a pas été remis.")
            case .reject: ("Message refusé", "Un message a été refusé et n'a pas été remis.")
            case .discard: ("Message écarté", "Un message a été écarté et n'a pas été remis.")
            case .deliver, .defer:
                ("Message remis", "Un message a été remis ; une règle de la politique de messagerie le signale.")
            }
        var body = """
            \(sentence)

            De : {from}
            À : {recipient}
            Objet : {subject}
            Date : {date}

            Motif : {reason}
            Parties concernées : {parts}

            """
        if isForAdministrators {
            body += """

                Politique : {policy}
                Règle : {rule}
                Expéditeur : {sender}
                Sens : {direction}
                Zones : {area}
                Message-ID : {message-id}

                {evidence}

                """
        } else {
            body += """

                Ce message a été rédigé automatiquement. Pour toute question : {admin}

                """
        }
        return version("fr", "\(head) : {subject}", body)
    }

    private static func version(_ language: String, _ subject: String, _ body: String) -> MessageTemplate.Version {
        MessageTemplate.Version(language: language, subject: TemplateText(subject), body: TemplateText(body))
    }
}
