import Testing
import Vocabulary

@testable import Inspection

/// Both sides of the bounds on styles: just within them what is hidden breaks no word, just beyond them the text of the
/// page is unknown.
@Suite struct StyleLimitTests {
    struct Sample: CustomStringConvertible, Sendable {
        let limit: String
        let count: Int
        /// What stands around the letters that are hidden, with so many of what is bounded.
        let page: @Sendable (Int) -> (open: String, close: String)

        var description: String { limit }
    }

    private static func filling(_ count: Int, around text: String) -> String {
        String(repeating: " ", count: count - text.utf8.count) + text
    }

    static let samples = [
        Sample(limit: "attributeBytes of a style", count: StyleLimits.attributeBytes) { count in
            ("<span style='\(filling(count, around: "display:none"))'>", "</span>")
        },
        Sample(limit: "attributeBytes of a class list", count: StyleLimits.attributeBytes) { count in
            ("<style>.h{display:none}</style><span class='\(filling(count, around: "h"))'>", "</span>")
        },
        Sample(limit: "attributeBytes of what a rule is for", count: StyleLimits.attributeBytes) { count in
            ("<style>x,\(filling(count - 2, around: ".h")){display:none}</style><span class=h>", "</span>")
        },
        Sample(limit: "attributeBytes of a condition", count: StyleLimits.attributeBytes) { count in
            let condition = "@media" + filling(count - 6, around: "screen")
            return ("<style>\(condition){.h{display:none}}</style><span class=h>", "</span>")
        },
        Sample(limit: "valueBytes", count: StyleLimits.valueBytes) { count in
            let zeros = String(repeating: "0", count: count - "rgb(255,255,255)".utf8.count)
            return ("<span style='color:rgb(\(zeros)255,255,255)'>", "</span>")
        },
        Sample(limit: "valueBytes beside a picture", count: StyleLimits.valueBytes) { count in
            let zeros = String(repeating: "0", count: count - "url() rgb(0,0,0)".utf8.count)
            let picture = String(repeating: "iVBOR", count: 1_000)
            return ("<span style='background:url(\"\(picture)\") rgb(\(zeros)0,0,0)'>", "</span>")
        },
        Sample(limit: "valueBytes of an attribute", count: StyleLimits.valueBytes) { count in
            let zeros = String(repeating: "0", count: count - "rgb(255,255,255)".utf8.count)
            return ("<font color='rgb(\(zeros)255,255,255)'>", "</font>")
        },
        Sample(limit: "classes", count: StyleLimits.classes) { count in
            let classes = String(repeating: "x ", count: count - 1) + "h"
            return ("<style>.h{display:none}</style><span class='\(classes)'>", "</span>")
        },
        Sample(limit: "compounds", count: StyleLimits.compounds) { count in
            let open = String(repeating: "<i>", count: count - 1)
            let selector = String(repeating: "i ", count: count - 1) + "b"
            let close = "</b>" + String(repeating: "</i>", count: count - 1)
            return ("<style>\(selector){display:none}</style>\(open)<b>", close)
        },
        Sample(limit: "compounds of classes", count: StyleLimits.compounds) { count in
            let classes = (0..<count).map { "c\($0)" }
            let selector = classes.map { "." + $0 }.joined()
            return (
                "<style>\(selector){display:none}</style><span class='\(classes.joined(separator: " "))'>", "</span>"
            )
        },
        Sample(limit: "nameBytes", count: StyleLimits.nameBytes) { count in
            let name = String(repeating: "n", count: count)
            return ("<style>.\(name){display:none}</style><span class=\(name)>", "</span>")
        },
    ]

    private static func shown(_ sample: Sample, _ count: Int) -> ExtractedText {
        let (open, close) = sample.page(count)
        let page = "<div>to pay\(open)xx\(close)pal now</div>"
        return HTMLText.extract(Array(page.utf8), limits: InspectionLimits()).text
    }

    @Test(arguments: samples) func withinTheBoundWhatIsHiddenBreaksNoWord(sample: Sample) {
        let text = Self.shown(sample, sample.count)
        #expect(String(decoding: text.shown, as: UTF8.self) == "to paypal now")
    }

    @Test(arguments: samples) func withinTheBoundNothingIsMissing(sample: Sample) throws {
        #expect(try Self.missing(sample, sample.count) == [])
    }

    @Test(arguments: samples) func beyondTheBoundTheTextIsOverLimit(sample: Sample) throws {
        #expect(try Self.missing(sample, sample.count + 1) == .overLimit)
    }

    private static func missing(_ sample: Sample, _ count: Int) throws -> Reasons {
        let (open, close) = sample.page(count)
        let mail = Array(
            """
            From: a@b.example\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n\
            <div>to pay\(open)xx\(close)pal now</div>
            """.utf8)
        return try InnerLimitTests.inspect(mail).value(of: .messageText, argument: nil, subject: .message).missing
    }

    /// Rules for states that no page is opened in are left out, whatever their length.
    @Test func rulesThatAreNotLookedAtMakeNothingUnknown() {
        let long = String(repeating: "a ", count: StyleLimits.compounds + 1)
        let page = "<style>\(long):hover{color:red}\(long)::first-line{display:none}\(long){border:0}</style>words"
        #expect(HTMLText.extract(Array(page.utf8), limits: InspectionLimits()).isComplete)
    }
}
