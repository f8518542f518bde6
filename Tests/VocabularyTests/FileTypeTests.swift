import Foundation
import Testing
import Vocabulary

/// The lattice of file types keeps its promises.
@Suite struct FileTypeTests {
    private func type(_ name: String) throws -> FileType {
        try #require(FileType.named(name), "no type \(name)")
    }

    @Test func namesAreUniqueKebabWords() {
        #expect(Set(FileType.all.map(\.name)).count == FileType.all.count)
        for type in FileType.all {
            #expect(type.name.wholeMatch(of: /[a-z0-9]+(-[a-z0-9]+)*/) != nil, "\(type.name)")
            #expect(FileType.named(type.name) == type)
        }
    }

    @Test func everyTypeReachesARootWithoutACycle() {
        for type in FileType.all {
            var waiting = [type]
            var steps = 0
            while let next = waiting.popLast(), steps < 1_000 {
                steps += 1
                #expect(next == type || !next.isSubtype(of: type), "\(next) lies on both sides of \(type)")
                waiting += next.parents
            }
            #expect(steps < 1_000)
        }
    }

    @Test func everyParentThatIsWrittenExists() throws {
        // A misspelt parent would silently be dropped: these are the only types meant to stand alone.
        let roots = FileType.all.filter { $0.parents.isEmpty }.map(\.name)
        #expect(
            Set(roots) == [
                "text", "document", "image", "media", "archive", "executable", "mail", "cryptographic", "font",
                "database", "data", "macro-enabled", "empty", "unknown",
            ])
    }

    @Test func subtypesAreTransitive() {
        for type in FileType.all {
            #expect(type.isSubtype(of: type))
            for parent in type.parents {
                for other in FileType.all where parent.isSubtype(of: other) { #expect(type.isSubtype(of: other)) }
            }
        }
    }

    @Test(arguments: [
        ("mp4", "media"), ("mp3", "audio"), ("docm", "word"), ("docm", "office"), ("docm", "macro-enabled"),
        ("iso", "disk-image"), ("iso", "archive"), ("gzip", "archive"), ("exe", "executable"), ("jar", "executable"),
        ("vbs", "script"), ("hta", "html"), ("cmd", "bat"), ("svg", "image"), ("msg", "ole"), ("deb", "archive"),
    ])
    func liesUnder(lower: String, upper: String) throws {
        #expect(try type(lower).isSubtype(of: type(upper)))
        #expect(try !type(upper).isSubtype(of: type(lower)))
    }

    @Test(arguments: [
        ("docx", "macro-enabled"), ("docx", "archive"), ("script", "executable"), ("jar", "archive"), ("pdf", "office"),
    ])
    func doesNotLieUnder(lower: String, upper: String) throws {
        #expect(try !type(lower).isSubtype(of: type(upper)))
    }

    @Test(arguments: [
        ("html", TextKind.extractable), ("vbs", .extractable), ("png", .none), ("zip", .none), ("exe", .none),
        ("pdf", .notYet), ("docm", .notYet), ("unknown", .notYet), ("eml", .none), ("mp4", .none),
        ("svg", .extractable),
    ])
    func hasText(name: String, kind: TextKind) throws {
        #expect(try type(name).textKind == kind)
    }

    @Test func everyTypeIsDocumented() {
        for type in FileType.all {
            #expect(type.documentation.hasSuffix("."), "\(type)")
            #expect(type.extensions.allSatisfy { $0 == $0.lowercased() })
            #expect(type.mediaTypes.allSatisfy { $0 == $0.lowercased() && $0.contains("/") }, "\(type)")
        }
    }

    @Test func foundByExtensionAndMediaType() throws {
        #expect(FileType.withExtension("DOCM") == [try type("docm")])
        #expect(FileType.withMediaType("Application/PDF") == [try type("pdf")])
        #expect(FileType.named("vidoe") == nil)
    }

    @Test func storedByName() throws {
        let json = try JSONEncoder().encode([type("docm")])
        #expect(String(decoding: json, as: UTF8.self) == "[\"docm\"]")
        #expect(try JSONDecoder().decode([FileType].self, from: json) == [type("docm")])
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([FileType].self, from: Data("[\"no-such\"]".utf8))
        }
    }
}

@Suite struct FileTypeNameTests {
    @Test func everyTypeCanBeWrittenInAPolicy() {
        for type in FileType.all {
            let first = type.name.utf8.first ?? 0
            #expect((0x61...0x7a).contains(first), "\(type.name) does not start with a letter")
            #expect(
                type.name.utf8.allSatisfy { (0x61...0x7a).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2d })
        }
    }
}
