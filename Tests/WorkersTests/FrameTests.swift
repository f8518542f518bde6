import Testing
import Workers

/// Frames survive being cut anywhere and refuse what is none.
@Suite struct FrameTests {
    @Test func aFrameIsTheSameHoweverItsBytesArrive() throws {
        let frames = [
            Frame(kind: .inspect, json: Array("{}".utf8), attachment: Array(0...200)), Frame(kind: .ready, json: []),
            Frame(kind: .fault, json: Array("{\"reason\":\"x\"}".utf8)),
        ]
        let bytes = frames.flatMap(\.encoded)
        for step in [1, 2, 3, 7, 64, bytes.count] {
            var reader = FrameReader(limit: 1000)
            var seen: [Frame] = []
            var index = 0
            while index < bytes.count {
                reader.append(bytes[index..<min(index + step, bytes.count)])
                index += step
                while let frame = try reader.next() { seen.append(frame) }
            }
            #expect(seen == frames)
            #expect(!reader.isInsideFrame)
        }
    }

    @Test func theLimitHoldsOnBothSides() throws {
        let frame = Frame(kind: .inspect, json: [], attachment: Array(repeating: 0, count: 95))
        var exact = FrameReader(limit: 100)
        exact.append(frame.encoded)
        #expect(try exact.next() == frame)
        var tight = FrameReader(limit: 99)
        tight.append(frame.encoded.prefix(4))
        #expect(throws: FrameFault.tooLong(100)) { try tight.next() }
    }

    @Test func lengthsThatContradictAreRefused() {
        var short = FrameReader(limit: 100)
        short.append([4, 0, 0, 0, 2, 0, 0, 0, 0])
        #expect(throws: FrameFault.inconsistentLengths) { try short.next() }
        var inner = FrameReader(limit: 100)
        inner.append([6, 0, 0, 0, 2, 2, 0, 0, 0, 0])
        #expect(throws: FrameFault.inconsistentLengths) { try inner.next() }
        var kind = FrameReader(limit: 100)
        kind.append([5, 0, 0, 0, 77, 0, 0, 0, 0])
        #expect(throws: FrameFault.unknownKind(77)) { try kind.next() }
    }
}
