import Foundation
import Testing

/// The inputs that the fuzzer is started with, among them each that once found a fault, run without the fuzzer.
@Suite struct ReplayTests {
    private static let corpus = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Corpus")

    private static func inputs(of name: String) throws -> [(name: String, bytes: [UInt8])] {
        let folder = corpus.appendingPathComponent(name)
        return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map { file in
            ("\(name)/\(file)", Array(try Data(contentsOf: folder.appendingPathComponent(file))))
        }
    }

    @Test(arguments: FuzzTarget.all.map(\.name)) func promisesAreKept(_ name: String) throws {
        let target = try #require(FuzzTarget.named(name))
        try target.run([])
        let inputs = try Self.inputs(of: name)
        #expect(!inputs.isEmpty, "\(name) has no input in Fuzzing/Corpus")
        for input in inputs {
            #expect(throws: Never.self, "\(input.name)") { try target.run(input.bytes) }
        }
    }

    /// A few changes of each kept input: no more than a smoke test of the targets themselves.
    @Test(arguments: FuzzTarget.all.map(\.name)) func promisesAreKeptForChangedInputs(_ name: String) throws {
        let target = try #require(FuzzTarget.named(name))
        for input in try Self.inputs(of: name) {
            var state = UInt64(input.bytes.count) &* 0x9E37_79B9_7F4A_7C15 | 1
            func below(_ bound: Int) -> Int {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return Int(truncatingIfNeeded: state >> 33) % max(1, bound)
            }
            for _ in 0..<4 where !input.bytes.isEmpty {
                var bytes = input.bytes
                bytes[below(bytes.count)] ^= 1 << UInt8(below(8))
                let place = below(bytes.count)
                bytes.removeSubrange(place..<min(bytes.count, place + below(8)))
                #expect(throws: Never.self, "\(input.name) changed to \(Data(bytes).base64EncodedString())") {
                    try target.run(bytes)
                }
            }
        }
    }

    @Test func everyInputHasATargetAndIsSmall() throws {
        var total = 0
        for folder in try FileManager.default.contentsOfDirectory(atPath: Self.corpus.path) {
            let target = try #require(FuzzTarget.named(folder), "no target is called \(folder)")
            for input in try Self.inputs(of: folder) {
                #expect(input.bytes.count <= target.most, "\(input.name) is longer than inputs of \(folder) may be")
                total += input.bytes.count
            }
        }
        #expect(total <= 512 << 10, "the kept inputs are small, together too")
    }

    /// A broken promise must show.
    @Test func aTargetThatBreaksAPromiseFails() {
        let forgetful = FuzzTarget("forgetful", most: 1, seeds: []) { _, answer in
            answer.add(UInt64.random(in: 0...(.max)))
        }
        #expect(throws: Breach.self) { try forgetful.run([]) }
        let broken = FuzzTarget("broken", most: 1, seeds: []) { bytes, _ in try promise(bytes.isEmpty, "nothing") }
        #expect(throws: Never.self) { try broken.run([]) }
        #expect(throws: Breach.self) { try broken.run([1]) }
    }
}
