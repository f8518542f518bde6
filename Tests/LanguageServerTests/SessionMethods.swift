@testable import LanguageServer

enum SessionMethods {
    static var all: [String] { Session.features.keys.sorted() }
}
