import Engines
import Foundation
import Glibc
import Testing
import Vocabulary

@Suite struct ClamdEngineTests {
    private static let bounds = EngineBounds(seconds: 120, largest: 8 << 20)

    @Test(.enabled(if: RealClamd.isInstalled, Comment(rawValue: RealClamd.missing)))
    func findsWhatItsSignaturesKnowOverBothKindsOfSocket() throws {
        let clamd = try RealClamd()
        for address in [clamd.local, clamd.network] {
            let engine = ClamdEngine("house", at: address, bounds: Self.bounds)
            #expect(engine.scan(RealClamd.eicar, name: "eicar.com") == .infected("Lazaret.Test.Eicar.UNOFFICIAL"))
            #expect(engine.scan(Array("good morning".utf8), name: nil) == .clean)
            #expect(engine.scan([], name: nil) == .clean)
            // Several pieces of the stream.
            #expect(engine.scan([UInt8](repeating: 0x41, count: 3 << 20), name: nil) == .clean)
            guard case .ready(let state) = engine.readiness() else {
                Issue.record("clamd does not tell its version")
                return
            }
            #expect(state.version?.hasPrefix("ClamAV ") == true)
            // It has no official signatures, so nothing tells its signatures apart: answers are not to be kept.
            #expect(state.mark == nil && state.newest == nil)
        }
    }

    @Test(.enabled(if: RealClamd.isInstalled, Comment(rawValue: RealClamd.missing)))
    func whatIsBeyondEithersLimitIsUnknownNeverClean() throws {
        let clamd = try RealClamd(streamLimit: "1M")
        let large = [UInt8](repeating: 0x41, count: 2 << 20)
        let engine = ClamdEngine("house", at: clamd.local, bounds: Self.bounds)
        // clamd may close before its word on the limit is read; then all that is known is that it gave no answer.
        guard case .unknown(let reasons, let sentence) = engine.scan(large, name: nil) else {
            Issue.record("a content over clamd's limit got an answer")
            return
        }
        #expect(reasons == .overLimit || reasons == .engineDown, "\(sentence)")
        let own = ClamdEngine("house", at: clamd.local, bounds: EngineBounds(seconds: 120, largest: 1000))
        #expect(own.scan([UInt8](repeating: 0x41, count: 1000), name: nil) == .clean)
        guard case .unknown(.overLimit, _) = own.scan([UInt8](repeating: 0x41, count: 1001), name: nil) else {
            Issue.record("a content over our limit got an answer")
            return
        }
    }

    /// While clamd reloads, again and again, no virus is called clean and clean mail is answered.
    @Test(.enabled(if: RealClamd.isInstalled, Comment(rawValue: RealClamd.missing)))
    func aReloadUnderLoadNeverMakesAVirusClean() throws {
        let clamd = try RealClamd()
        let engine = ClamdEngine("house", at: clamd.local, bounds: Self.bounds)
        let end = ContinuousClock.now + .seconds(2)
        var seen = 0
        while ContinuousClock.now < end {
            Self.say("zRELOAD\0", to: clamd.local)
            for _ in 0..<5 {
                #expect(engine.scan(RealClamd.eicar, name: nil) != .clean)
                if engine.scan(Array("good day".utf8), name: nil) == .clean { seen += 1 }
            }
        }
        #expect(seen > 0)
    }

    @Test(.enabled(if: RealClamd.isInstalled, Comment(rawValue: RealClamd.missing)))
    func oneThatIsKilledGivesNoAnswer() throws {
        let clamd = try RealClamd()
        let engine = ClamdEngine("house", at: clamd.local, bounds: Self.bounds)
        #expect(engine.scan(Array("good morning".utf8), name: nil) == .clean)
        clamd.server.kill()
        guard case .unknown(.engineDown, _) = engine.scan(Array("good morning".utf8), name: nil) else {
            Issue.record("a clamd that is gone gave an answer")
            return
        }
        guard case .down = engine.readiness() else {
            // Its last word is believed for some seconds.
            return
        }
    }

    private static func say(_ command: String, to address: EngineAddress) {
        guard case .unix(let path) = address else { return }
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var local = sockaddr_un()
        local.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &local.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
        withUnsafePointer(to: &local) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                _ = connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        _ = send(descriptor, command, command.utf8.count, Int32(MSG_NOSIGNAL))
        var reply = [UInt8](repeating: 0, count: 64)
        _ = recv(descriptor, &reply, reply.count, 0)
    }
}
