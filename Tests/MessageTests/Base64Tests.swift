import Foundation
import Testing

@testable import Message

/// The quick ways through base64 against the encoder of Foundation: line ends and limits must show nowhere.
@Suite struct Base64Tests {
    private static let content: [UInt8] = (0..<1_000).map { UInt8(truncatingIfNeeded: ($0 &* 2_654_435_761) >> 7) }

    private func text(_ count: Int, width: Int, lineEnd: String) -> [UInt8] {
        let digits = Array(Data(Self.content.prefix(count)).base64EncodedString().utf8)
        var text: [UInt8] = []
        for start in stride(from: 0, to: digits.count, by: width) {
            text += digits[start..<min(start + width, digits.count)] + Array(lineEnd.utf8)
        }
        return text
    }

    @Test(arguments: ["\r\n", "\n", "\r", " \r\n", ""])
    func everyLengthAndWidthIsDecoded(lineEnd: String) {
        for count in Array(0..<80) + [999, 1_000] {
            for width in [4, 60, 61, 72, 76, 2_000] {
                let output = text(count, width: width, lineEnd: lineEnd).withUnsafeBufferPointer {
                    Base64Decoder.decode($0, limit: 5_000)
                }
                #expect(output.bytes == Array(Self.content.prefix(count)) && output.isComplete, "\(count), \(width)")
            }
        }
    }

    @Test func aLimitCutsWithinAnyQuantum() {
        let text = text(300, width: 76, lineEnd: "\r\n")
        for limit in 0..<320 {
            let output = text.withUnsafeBufferPointer { Base64Decoder.decode($0, limit: limit) }
            #expect(output.bytes == Array(Self.content.prefix(min(limit, 300))), "\(limit)")
            #expect(output.isComplete == (limit >= 300), "\(limit)")
        }
    }

    /// Each byte outside the alphabet is seen wherever in eight it stands.
    @Test func aForeignByteIsSeenAtEveryPlace() {
        let clean = text(300, width: 2_000, lineEnd: "")
        for place in 0..<40 {
            var spoilt = clean
            spoilt.insert(UInt8(ascii: "!"), at: place)
            let output = spoilt.withUnsafeBufferPointer { Base64Decoder.decode($0, limit: 5_000) }
            #expect(output.bytes == Array(Self.content.prefix(300)), "\(place)")
            #expect(output.faults.map(\.offset) == [place], "\(place)")
        }
    }
}
