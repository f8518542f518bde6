import Bytecode
import Testing
import Vocabulary

/// Templates of a bundle that somebody else wrote.
@Suite struct TemplateVerifierTests {
    private func refusal(_ harm: (inout Program) -> Void) throws -> String {
        var program = try SamplePolicy.program()
        program.templates = [template("held", ["en", "fr"]), template("refused", ["en"])]
        try Verifier.verify(program)
        return SamplePolicy.refusal(of: program, harm)
    }

    private func template(_ name: String, _ languages: [String]) -> MessageTemplate {
        MessageTemplate(
            name: name,
            versions: languages.map {
                .init(language: $0, subject: TemplateText("About {subject}"), body: TemplateText("{evidence}"))
            })
    }

    @Test func comeBackAsTheyWere() throws {
        var program = try SamplePolicy.program()
        program.templates = [template("held", ["en", "fr"]), template("refused", ["en"])]
        #expect(try Bundle.read(Bundle.write(program)) == program)
    }

    @Test func stand() throws {
        #expect(
            try refusal { $0.templates.reverse() } == "templates are not in the order of their names")
        #expect(
            try refusal { $0.templates[1].name = "held" } == "templates are not in the order of their names")
        #expect(try refusal { $0.templates[0].versions = [] } == "template held has no words")
        #expect(
            try refusal { $0.templates[0].versions.reverse() } == "languages of a template are not in order")
    }

    @Test func areInLanguagesThatAFieldCanName() throws {
        for bad in ["", "EN", "e", "en-\r\nBcc: x", "en-x", "en--GB", "fr-é!"] {
            #expect(try refusal { $0.templates[1].versions[0].language = bad } == "a template is in no language")
        }
        #expect(try refusal { $0.templates[1].versions[0].language = "en-GB" } == "accepted")
    }

    @Test func areThereForTheActionsThatNameThem() throws {
        let notice = Action.notify(whom: .administrator, template: "gone", evenUnauthenticated: false)
        for action in [notice, .disclaimer(template: "gone")] {
            #expect(
                try refusal { $0.consequences[0].actions.append(.plain(action)) } == "there is no template gone")
        }
        let found = Action.disclaimer(template: "held")
        #expect(try refusal { $0.consequences[0].actions.append(.plain(found)) } == "accepted")
    }
}
