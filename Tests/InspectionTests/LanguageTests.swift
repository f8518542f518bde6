import Testing
import Vocabulary

@testable import Inspection

@Suite struct LanguageTests {
    private static let samples: [(code: String, text: String)] = [
        ("en", "Please review the attached contract and return a signed copy by Friday, if you have no questions."),
        ("fr", "Veuillez relire le contrat ci-joint et nous renvoyer une copie signée avant vendredi, merci d'avance."),
        ("de", "Sehr geehrte Damen und Herren, anbei die Rechnung vom letzten Monat. Mit freundlichen Grüßen"),
        ("es", "Estimado cliente, adjunto le enviamos la factura del mes pasado. Reciba un cordial saludo."),
        ("it", "Gentile cliente, in allegato trova la fattura del mese scorso. Cordiali saluti dal nostro ufficio."),
        ("nl", "Geachte klant, bijgaand vindt u de factuur van vorige maand. Met vriendelijke groet."),
        ("pl", "Szanowni Państwo, w załączeniu przesyłam fakturę za ubiegły miesiąc. Z poważaniem"),
        ("ru", "Уважаемый клиент, во вложении счёт за прошлый месяц. Просим оплатить до пятницы. С уважением"),
        ("ja", "お客様各位、先月の請求書を添付いたします。ご確認のほどよろしくお願いいたします。"),
        ("zh", "尊敬的客户,附件是上个月的发票。此致敬礼,请您在星期五之前查收并尽快付款,谢谢您的支持。"),
    ]

    private func languages(of mail: [UInt8], _ guesser: LanguageGuesser = LanguageGuesser()) throws -> (
        value: FactValue, message: InspectedMessage
    ) {
        let message = InspectedMessage(
            mail, envelope: Envelope(), settings: InspectionSettings(languages: guesser), typer: try FileTyper())
        return (message.value(of: .bodyLanguage, argument: nil, subject: .message), message)
    }

    @Test(arguments: samples) func bodiesTellTheirLanguage(code: String, text: String) throws {
        #expect(try languages(of: Samples.mail(body: text, attachments: [])).value == .known(.text(Text(code))))
    }

    @Test(arguments: [
        "Ok, thanks", "", "12345 67890 12345 67890 12345 67890 12345 67890",
        "https://a.example/" + String(repeating: "b", count: 80),
    ])
    func whatIsTooShortTellsNone(text: String) throws {
        #expect(try languages(of: Samples.mail(body: text, attachments: [])).value == .absent)
    }

    @Test func eachBodyTellsItsOwnAndAttachedTextNone() throws {
        let french = Self.samples[1].text
        let german = Self.samples[2].text
        let mail = """
            From: eve@partner.example\r
            MIME-Version: 1.0\r
            Content-Type: multipart/alternative; boundary=b\r
            \r
            --b\r
            Content-Type: text/plain; charset=utf-8\r
            \r
            \(french)\r
            --b\r
            Content-Type: text/html; charset=utf-8\r
            \r
            <style>p { color: red }</style><p>\(german)</p>\r
            --b--\r

            """
        let value = try languages(of: Array(mail.utf8)).value
        #expect(value == FactValue(values: [.text("fr"), .text("de")]))
        let attached = Samples.mail(body: "Ok", attachments: [("a.txt", "text/plain", Array(german.utf8))])
        #expect(try languages(of: attached).value == .absent)
    }

    @Test func aBodyThatCannotBeReadIsUnknown() throws {
        let armour = "-----BEGIN PGP MESSAGE-----\r\n\r\nhQEMA\r\n-----END PGP MESSAGE-----"
        let value = try languages(of: Samples.mail(body: armour, attachments: [])).value
        #expect(value.values.isEmpty)
        #expect(value.missing.contains(.pgpInline))
    }

    @Test func withoutModelsEveryLanguageIsUnknown() throws {
        let nowhere = LanguageGuesser(models: "/nonexistent")
        let (value, message) = try languages(of: Samples.mail(body: Self.samples[0].text, attachments: []), nowhere)
        #expect(value == .unknown(.engineDown))
        #expect(message.missingEngines == [.bodyLanguage])
    }

    @Test func anotherLanguageAlmostAsNearDecidesNothing() {
        func decide(_ models: (String, Int)...) -> LanguageGuesser.Answer {
            LanguageGuesser.decide(models.map { LanguageCandidate(model: $0.0, distance: $0.1) })
        }
        #expect(decide(("fr--utf8", 1_000), ("ca--utf8", 1_005)) == .undecided)
        #expect(decide(("fr--utf8", 1_000), ("ca--utf8", 1_020)) == .language("fr"))
        #expect(decide(("zh-CN-utf8", 1_000), ("zh-TW-utf8", 1_001)) == .language("zh"))
        // Scots has no code of two letters.
        #expect(decide(("sco--utf8", 990), ("en--utf8", 1_000)) == .language("en"))
        #expect(decide() == .undecided)
    }

    @Test func hostileTextIsBounded() {
        let guesser = LanguageGuesser()
        let long = Array(String(repeating: "字", count: 200_000).utf8)
        _ = guesser.language(of: long)
        #expect(LanguageSample.letters(of: long).bytes.count <= LanguageLimits.sampleBytes)
        #expect(String(validating: LanguageSample.letters(of: long).bytes, as: UTF8.self) != nil)
        for byte in [UInt8(0), 0x80, 0xC3, 0xF0, 0xFF] {
            _ = guesser.language(of: [UInt8](repeating: byte, count: 100_000))
        }
    }
}
