import Diagnostics
import Foundation
import Semantics
import Testing

/// The design's sample uses the whole grammar: what this edition does not do yet is said so, and nothing else is.
@Suite struct SampleTests {
    static var sample: String {
        let place = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../SyntaxTests/Samples/sample.lazaret")
        return (try? String(contentsOf: place, encoding: .utf8)) ?? ""
    }

    static let surroundings = """

        === module standard.viruses
        rule infected {
            when virus
            then quarantine malware
        }

        === module standard.media
        parameter largest = 5 MB
        parameter area = media

        rule clips {
            when any file where (type is any of (audio, video) and size > largest)
            then quarantine area
        }

        === list partners.txt
        eve@partner.example
        *@partner.example
        """

    @Test func theSampleIsAPolicy() {
        let result = check(Self.sample + Self.surroundings)
        #expect(!Self.sample.isEmpty)
        #expect(result.diagnostics.allSatisfy { $0.severity == .warning }, "\(rendered(result))")
    }
}
