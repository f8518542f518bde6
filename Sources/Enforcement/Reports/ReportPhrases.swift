import Vocabulary

/// The words of reports on delivery, in French and English.
struct ReportPhrases: Sendable {
    typealias Action = DeliveryReport.Recipient.Action

    /// Subjects.
    let heads: [Action: String]
    /// What stands before the recipients.
    let sentences: [Action: String]
    let server: @Sendable (String) -> String
    let more: @Sendable (Int) -> String
    let until: String
    let subject: String
    let arrival: String
    let automatic: String
    let colon: String

    static func of(_ language: String) -> ReportPhrases {
        LanguageTag.primary(language) == "fr" ? french : english
    }

    private static let english = ReportPhrases(
        heads: [
            .failed: "Undelivered mail", .delayed: "Mail delayed", .delivered: "Mail delivered",
            .relayed: "Mail passed on", .expanded: "Mail delivered",
        ],
        sentences: [
            .failed: "Your message could not be delivered to:",
            .delayed: "Your message has not been delivered yet; the server keeps trying. You need not send it again:",
            .delivered: "Your message was delivered to:",
            .relayed: "Your message was passed on to a server that may not report its delivery, for:",
            .expanded: "Your message was delivered to a list of recipients:",
        ],
        server: { "This is the mail server \($0)." }, more: { "and \($0) more" }, until: "Tried until",
        subject: "Subject of your message", arrival: "Received by the server",
        automatic: "This report was written automatically.", colon: ": ")

    private static let french = ReportPhrases(
        heads: [
            .failed: "Message non remis", .delayed: "Message retardé", .delivered: "Message remis",
            .relayed: "Message transmis", .expanded: "Message remis",
        ],
        sentences: [
            .failed: "Votre message n'a pas pu être remis à :",
            .delayed: "Votre message n'a pas encore été remis ; le serveur continue d'essayer. "
                + "Il est inutile de le renvoyer :",
            .delivered: "Votre message a été remis à :",
            .relayed: "Votre message a été transmis à un serveur qui peut ne pas en signaler la remise, pour :",
            .expanded: "Votre message a été remis à une liste de destinataires :",
        ],
        server: { "Ceci est le serveur de messagerie \($0)." }, more: { "et \($0) de plus" }, until: "Essais jusqu'au",
        subject: "Objet de votre message", arrival: "Reçu par le serveur",
        automatic: "Ce rapport a été rédigé automatiquement.", colon: " : ")
}
