import Testing
import Vocabulary

@Suite struct MessageTemplateTests {
    @Test func placesAreThosePlaceholdersThatThereAre() {
        #expect(
            TemplateText("a {rule}{x} {} {{admin}}").pieces == [
                .literal("a "), .placeholder(.rule), .literal("{x} {} {"), .placeholder(.admin), .literal("}"),
            ])
        #expect(TemplateText("").pieces == [])
        for placeholder in TemplatePlaceholder.allCases {
            #expect(TemplateText("{\(placeholder.rawValue)}").pieces == [.placeholder(placeholder)])
        }
    }

    @Test func theFirstLanguageThatThereIsIsTaken() {
        func version(_ language: String) -> MessageTemplate.Version {
            .init(language: language, subject: TemplateText("s"), body: TemplateText(language))
        }
        let template = MessageTemplate(name: "t", versions: ["de", "en", "fr"].map(version))
        #expect(template.version(for: ["fr", "en"])?.language == "fr")
        #expect(template.version(for: ["es", "de"])?.language == "de")
        #expect(template.version(for: ["fr-CA"])?.language == "fr")
        #expect(template.version(for: ["es"])?.language == "en")
        #expect(template.version(for: [])?.language == "en")
        let german = MessageTemplate(name: "t", versions: [version("de")])
        #expect(german.version(for: ["fr"])?.language == "de")
        #expect(MessageTemplate(name: "t", versions: []).version(for: ["fr"]) == nil)
    }

    @Test func domainsAreWrittenAsTheDNSCarriesThem() {
        let pairs = [
            ("müller.example", "xn--mller-kva.example"), ("bücher.example", "xn--bcher-kva.example"),
            ("пример.example", "xn--e1afmkfd.example"), ("例え.example", "xn--r8jz45g.example"),
            ("plain.example", "plain.example"), ("[192.0.2.1]", "[192.0.2.1]"),
        ]
        for (name, ascii) in pairs {
            #expect(Domain(name).ascii == ascii)
            #expect(Domain(ascii) == Domain(name))
        }
        for bad in ["", "a..b", "a b.example", "a@b", "[x y]", "[", String(repeating: "é", count: 70), "a\r\nb"] {
            #expect(Domain(bad).ascii == nil, "\(bad)")
        }
    }
}
