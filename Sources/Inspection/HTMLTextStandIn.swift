/// Stands in until HTMLText.swift lands: delete this file then.
enum HTMLText {
    static func extract(_ bytes: [UInt8], limit: Int) -> (text: [UInt8], isComplete: Bool) {
        (Array("now".utf8), true)
    }
}
