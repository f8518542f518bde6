import Inspection
import Testing
import Vocabulary

/// Times in the policy's zone, and whether a program sent a mail.
@Suite struct TimeAndOriginTests {
    private func inspect(
        _ mail: String, zone: String = "UTC", receivedAt: Int64? = nil, sender: Address? = Address("zoe@client.example")
    ) throws -> InspectedMessage {
        InspectedMessage(
            Array(mail.utf8),
            envelope: Envelope(sender: sender, recipients: [Address("bob@acme.example")], receivedAt: receivedAt),
            settings: InspectionSettings(timeZone: zone), typer: try FileTyper())
    }

    private func value(_ fact: Fact, _ message: InspectedMessage) -> FactValue {
        message.value(of: fact, argument: nil, subject: .message)
    }

    /// 2026-03-29 00:30 and 01:30 UTC: Paris puts the clock forward between them.
    @Test(arguments: [
        (1_774_744_200, "Europe/Paris", 1, "sunday"), (1_774_747_800, "Europe/Paris", 3, "sunday"),
        (1_774_744_200, "UTC", 0, "sunday"), (1_774_744_200, "America/New_York", 20, "saturday"),
        (-1, "UTC", 23, "wednesday"),
    ]) func hoursAndDaysAreThoseOfTheZone(_ seconds: Int64, _ zone: String, _ hour: Int64, _ day: String) throws {
        let message = try inspect("Subject: x\n\nx\n", zone: zone, receivedAt: seconds)
        #expect(value(.receivedAt, message) == .known(.number(seconds)))
        #expect(value(.receivedHour, message) == .known(.number(hour)))
        #expect(value(.receivedWeekday, message) == .known(.symbol(day)))
    }

    @Test func aZoneOrATimeThatNobodyKnowsIsUnknown() throws {
        #expect(value(.receivedHour, try inspect("\n", zone: "Europe/Atlantis", receivedAt: 0)).missing == .unsupported)
        #expect(value(.receivedHour, try inspect("\n", receivedAt: .max)).missing == .unsupported)
        #expect(value(.receivedAt, try inspect("\n")).missing == .unsupported)
    }

    @Test(
        arguments: [
            ("Mon, 02 Mar 2026 10:15:00 +0100", 1_772_442_900), ("2 Mar 26 09:15 GMT", 1_772_442_900),
            ("Mon,  2 Mar 2026 04:15:00 EST (winter)", 1_772_442_900),
        ] as [(String, Int64)]) func datesAreReadInTheirOldFormsToo(_ text: String, _ seconds: Int64) throws
    {
        let message = try inspect("Date: \(text)\n\nx\n", zone: "Europe/Paris")
        #expect(value(.date, message) == .known(.number(seconds)))
        #expect(value(.dateHour, message) == .known(.number(10)))
        #expect(value(.dateWeekday, message) == .known(.symbol("monday")))
    }

    @Test func whatIsNoDateIsAbsent() throws {
        #expect(value(.date, try inspect("Date: soon\n\nx\n")) == .absent)
        #expect(value(.date, try inspect("Subject: x\n\nx\n")) == .absent)
    }

    @Test(arguments: [
        ("Auto-Submitted: auto-replied (vacation)", true), ("Auto-Submitted: No", false),
        ("Precedence: BULK", true), ("Precedence: first-class", false),
        ("List-Unsubscribe: <mailto:x@y.example>", true),
        ("X-Auto-Response-Suppress: All", true), ("X-Auto-Response-Suppress: none", false),
        ("Content-Type: multipart/report; report-type=delivery-status", true), ("Subject: Precedence: bulk", false),
    ]) func programsAreKnownByTheirFields(_ field: String, _ isAutomatic: Bool) throws {
        #expect(value(.automatic, try inspect("\(field)\n\nx\n")) == .known(.bool(isAutomatic)))
    }

    @Test func whatComesFromNobodyIsAutomatic() throws {
        #expect(value(.automatic, try inspect("Subject: x\n\nx\n", sender: nil)) == .known(.bool(true)))
    }

    @Test func referencesAndReceivedAreLists() throws {
        let message = try inspect(
            "Received: from b by a; Mon, 02 Mar 2026 10:15:00 +0100\nReceived: from c by b\n"
                + "References: <1@x.example>\n <2@x.example>\n\nx\n")
        #expect(value(.references, message).values == [.text("1@x.example"), .text("2@x.example")])
        let received = value(.received, message).values.compactMap { $0.searchableText?.string }
        #expect(received.count == 2 && received[0].hasPrefix("from b by a"))
    }
}
