import Vocabulary

/// Checks that templates stand in their order, in languages that a field of a message can name, and that each action
/// finds the template it asks for: whoever writes notices takes both for granted.
struct TemplateVerifier {
    let program: Program

    func verify() throws(BundleFault) {
        var last: String?
        for template in program.templates {
            try Verifier.require(
                last.map { $0 < template.name } ?? true, "templates are not in the order of their names")
            last = template.name
            try verify(template)
        }
        let names = Set(program.templates.map(\.name))
        for consequence in program.consequences + program.answerTables.flatMap(\.consequences) {
            for action in consequence.actions {
                guard let name = action.template else { continue }
                try Verifier.require(names.contains(name), "there is no template \(name)")
            }
        }
    }

    private func verify(_ template: MessageTemplate) throws(BundleFault) {
        try Verifier.require(!template.versions.isEmpty, "template \(template.name) has no words")
        var last: String?
        for version in template.versions {
            let language = version.language
            try Verifier.require(LanguageTag.isPlausible(language), "a template is in no language")
            try Verifier.require(last.map { $0 < language } ?? true, "languages of a template are not in order")
            last = language
        }
    }
}
