import Vocabulary

extension InspectedMessage {
    /// The language of each body, each code once. A body that tells none adds nothing; one that could not be read
    /// leaves its reasons.
    func bodyLanguages(_ bodies: [Int], missing: Reasons) -> FactValue {
        var value = FactValue(values: [], missing: missing)
        for body in bodies {
            let own = text(ofPart: body)
            value.missing.formUnion(own.missing)
            for text in own.texts {
                switch settings.languages.language(of: text.utf8) {
                case .language(let code):
                    let language = Value.text(Text(code))
                    if !value.values.contains(language) { value.values.append(language) }
                case .undecided: break
                case .unavailable:
                    noteMissingEngine(for: .bodyLanguage)
                    value.missing.formUnion(.engineDown)
                }
            }
        }
        return value
    }
}
