import Evaluation
import Testing
import Vocabulary

/// What a judge makes of an envelope that nobody told.
@Suite struct EnvelopeGuessTests {
    private func complete(_ mail: String, _ envelope: Envelope = Envelope(), guess: EnvelopeGuesses) throws -> Envelope
    {
        let judge = try MessageJudge(bundle: nil, signatures: nil)
        return judge.decide(Array(mail.utf8), envelope: envelope, guess: guess).envelope
    }

    @Test func everyGuessIsMarked() throws {
        let mail =
            "Return-Path: <news@list.example>\nFrom: zoe@client.example\nTo: bob@acme.example, ann@acme.example\n\nx\n"
        let envelope = try complete(mail, guess: [.sender, .recipients, .client])
        #expect(envelope.sender?.addrSpec == "news@list.example")
        #expect(envelope.recipients.map(\.addrSpec) == ["bob@acme.example", "ann@acme.example"])
        #expect(envelope.direction == .inbound)
        #expect(envelope.guessed == ["sender", "recipients", "direction"])
        #expect(envelope.authenticatedUser == nil)
    }

    @Test func whatWasToldStands() throws {
        let told = Envelope(recipients: [Address("told@acme.example")], direction: .outbound)
        let envelope = try complete("From: zoe@client.example\nTo: bob@acme.example\n\nx\n", told, guess: [.sender])
        #expect(envelope.recipients.map(\.addrSpec) == ["told@acme.example"])
        #expect(envelope.direction == .outbound)
        #expect(envelope.guessed == ["sender"])
    }

    @Test func theTransportsOwnFieldsGoBeforeTheAuthors() throws {
        let mail = "Delivered-To: list-member@acme.example\nTo: list@elsewhere.example\n\nx\n"
        #expect(try complete(mail, guess: .recipients).recipients.map(\.addrSpec) == ["list-member@acme.example"])
    }

    @Test func aMailThatNamesNobodyIsJudgedForASubstitute() throws {
        #expect(try complete("Subject: x\n\nx\n", guess: .recipients).recipients.map(\.addrSpec) == ["unknown@invalid"])
    }

    @Test func asManyRecipientsAreGuessedAsCostsAreReckonedWith() throws {
        let most = CostLimits().recipients
        func guessed(_ count: Int) throws -> Envelope {
            let names = (0..<count).map { "u\($0)@acme.example" }.joined(separator: ",\n ")
            return try complete("To: \(names)\n\nx\n", guess: .recipients)
        }
        let all = try guessed(most)
        #expect(all.recipients.count == most && !all.guessed.contains { $0.hasPrefix("only") })
        let some = try guessed(most + 1)
        #expect(some.recipients.count == most)
        #expect(some.guessed.contains("only the first \(most) of \(most + 1) recipients"))
    }
}
