import Glibc

/// Strings as C wants them, for as long as a call lasts.
enum CStrings {
    static func with<Result>(
        _ strings: [String], _ body: (UnsafeBufferPointer<UnsafePointer<CChar>?>) -> Result
    ) -> Result {
        let copies = strings.map { strdup($0) }
        defer {
            for copy in copies { free(copy) }
        }
        return copies.map { UnsafePointer($0) }.withUnsafeBufferPointer(body)
    }
}
