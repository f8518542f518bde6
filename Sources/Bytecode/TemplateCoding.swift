import Vocabulary

extension TemplateText: BundleValue {
    func write(to writer: inout SectionWriter) {
        writer.array(pieces) { writer, piece in
            switch piece {
            case .literal(let text): writer.tagged(0) { $0.string(text) }
            case .placeholder(let placeholder): writer.tagged(1) { $0.name(placeholder) }
            }
        }
    }

    static func read(from reader: inout SectionReader) throws(BundleFault) -> TemplateText {
        TemplateText(
            try reader.array { (reader: inout SectionReader) throws(BundleFault) in
                switch try reader.tag(2) {
                case 0: .literal(try reader.string())
                default: .placeholder(try reader.name())
                }
            })
    }
}

extension MessageTemplate: BundleValue {
    func write(to writer: inout SectionWriter) {
        writer.string(name)
        writer.array(versions) {
            $0.string($1.language)
            $1.subject.write(to: &$0)
            $1.body.write(to: &$0)
        }
    }

    static func read(from reader: inout SectionReader) throws(BundleFault) -> MessageTemplate {
        let name = try reader.string()
        let versions = try reader.array { (reader: inout SectionReader) throws(BundleFault) in
            Version(
                language: try reader.string(), subject: try TemplateText.read(from: &reader),
                body: try TemplateText.read(from: &reader))
        }
        return MessageTemplate(name: name, versions: versions)
    }
}
