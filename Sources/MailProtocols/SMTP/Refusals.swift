/// What a command that cannot be understood is answered (RFC 5321 4.2.4, RFC 3463).
enum Refusals {
    static let tooLong = Reply(500, EnhancedStatus(5, 5, 2), "the line is too long")
    static let controls = Reply(500, EnhancedStatus(5, 5, 2), "the command has bytes that no command has")
    static let unknownCommand = Reply(500, EnhancedStatus(5, 5, 2), "no such command")
    static let notImplemented = Reply(502, EnhancedStatus(5, 5, 1), "the command is not offered here")
    static let arguments = Reply(501, EnhancedStatus(5, 5, 4), "the arguments are not those of the command")
    static let parameters = Reply(501, EnhancedStatus(5, 5, 4), "a parameter is malformed, or said twice")
    static let unknownParameter = Reply(555, EnhancedStatus(5, 5, 4), "a parameter is not known here")
    static let senderSyntax = Reply(501, EnhancedStatus(5, 1, 7), "the sender's address is malformed")
    static let recipientSyntax = Reply(501, EnhancedStatus(5, 1, 3), "the recipient's address is malformed")
    static let noRecipients = Reply(554, EnhancedStatus(5, 5, 1), "no recipient is left")
    static let tooManyRecipients = Reply(452, EnhancedStatus(4, 5, 3), "too many recipients")
    static let tooLarge = Reply(552, EnhancedStatus(5, 3, 4), "the message is too large")
    static let milterAbility = Reply(
        451, EnhancedStatus(4, 3, 5), "what the policy asks for cannot be done through a milter here")
}
