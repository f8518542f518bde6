import Foundation

/// Values in a column, as JSON: what only we read, and never search.
enum StoredText {
    static func encode(_ value: some Encodable) throws -> String {
        String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
    }

    static func decode<T: Decodable>(_ text: String) throws -> T {
        do {
            return try JSONDecoder().decode(T.self, from: Data(text.utf8))
        } catch {
            throw StoreFault(.failed, "a row of the database holds no \(T.self)")
        }
    }
}
