import Engines
import Foundation
import Synchronization
import Testing
import Vocabulary

/// An engine in this process that does as it is told and counts how often it was asked.
private final class ScriptedEngine: AntivirusEngine {
    let name: String
    let isElsewhere: Bool
    private let mark: String?
    private let asked = Mutex(0)
    private let script: @Sendable ([UInt8]) -> EngineAnswer

    init(
        _ name: String, mark: String? = "1", isElsewhere: Bool = true,
        _ script: @escaping @Sendable ([UInt8]) -> EngineAnswer
    ) {
        self.name = name
        self.mark = mark
        self.isElsewhere = isElsewhere
        self.script = script
    }

    var count: Int { asked.withLock { $0 } }
    var signatures: SignatureState { SignatureState(engine: name, mark: mark) }

    func scan(_ bytes: [UInt8], name: String?) -> EngineAnswer {
        asked.withLock { $0 += 1 }
        return script(bytes)
    }
}

@Suite struct AntivirusPanelTests {
    private static func contents(_ texts: String...) -> [EngineContent] { texts.map { EngineContent(Array($0.utf8)) } }

    @Test func everyEngineAnswersForItself() {
        let clean = ScriptedEngine("a") { _ in .clean }
        let finds = ScriptedEngine("b") { $0 == Array("bad".utf8) ? .infected("Bad") : .clean }
        let down = ScriptedEngine("c") { _ in .unknown(.engineDown, "gone") }
        let work = AntivirusPanel([clean, finds, down]).scan(Self.contents("good", "bad"))
        #expect(work.map(\.state.engine) == ["a", "b", "c"])
        #expect(work[0].answers == [.clean, .clean])
        #expect(work[1].answers == [.clean, .infected("Bad")])
        #expect(work[2].answers == [.unknown(.engineDown, "gone"), .unknown(.engineDown, "gone")])
    }

    /// Four engines that each wait a while take about as long as one.
    @Test func enginesAreAskedAtOnce() {
        let engines = (0..<4).map { number in
            ScriptedEngine("\(number)") { _ in
                Thread.sleep(forTimeInterval: 0.5)
                return .clean
            }
        }
        let start = ContinuousClock.now
        _ = AntivirusPanel(engines).scan(Self.contents("a"))
        #expect(start.duration(to: .now) < .seconds(1.8))
    }

    @Test func whatIsKnownIsNotAskedAgain() {
        let engine = ScriptedEngine("a") { $0.count == 3 ? .infected("Bad") : .clean }
        let panel = AntivirusPanel([engine])
        #expect(panel.scan(Self.contents("good", "bad", "good"))[0].remembered == 1)
        #expect(engine.count == 2)
        let again = panel.scan(Self.contents("bad", "good"))[0]
        #expect(again.answers == [.infected("Bad"), .clean] && again.remembered == 2)
        #expect(engine.count == 2)
    }

    @Test func withoutAMarkOfItsSignaturesNothingIsRemembered() {
        let engine = ScriptedEngine("a", mark: nil) { _ in .clean }
        let panel = AntivirusPanel([engine])
        _ = panel.scan(Self.contents("good"))
        _ = panel.scan(Self.contents("good"))
        #expect(engine.count == 2)
    }

    @Test func cleanIsForgottenAfterItsTime() {
        var limits = EngineLimits()
        limits.cleanSeconds = 0
        let engine = ScriptedEngine("a") { $0.count == 3 ? .infected("Bad") : .clean }
        let panel = AntivirusPanel([engine], limits: limits)
        _ = panel.scan(Self.contents("good", "bad"))
        _ = panel.scan(Self.contents("good", "bad"))
        #expect(engine.count == 3)
    }

    @Test func noMoreThanTheLimitIsRemembered() {
        var limits = EngineLimits()
        limits.cachedAnswers = 4
        let engine = ScriptedEngine("a") { _ in .clean }
        let panel = AntivirusPanel([engine], limits: limits)
        for text in ["1", "2", "3", "4", "5"] { _ = panel.scan(Self.contents(text)) }
        #expect(engine.count == 5)
        _ = panel.scan(Self.contents("5"))
        #expect(engine.count == 5)
        _ = panel.scan(Self.contents("1"))
        #expect(engine.count == 6)
    }

    @Test func oneThatFailsAgainAndAgainIsLeftAlone() {
        let engine = ScriptedEngine("a") { _ in .unknown(.engineDown, "gone") }
        let answers = AntivirusPanel([engine]).scan(Self.contents("1", "2", "3", "4"))[0].answers
        #expect(engine.count == EngineLimits().failuresOfMessage)
        for answer in answers {
            guard case .unknown(.engineDown, _) = answer else {
                Issue.record("\(answer)")
                continue
            }
        }
        // What an engine in this process says of one content says nothing of the next.
        let own = ScriptedEngine("b", isElsewhere: false) { _ in .unknown(.engineDown, "odd") }
        _ = AntivirusPanel([own]).scan(Self.contents("1", "2", "3", "4"))
        #expect(own.count == 4)
    }

    @Test func timeForOneMessageIsBounded() {
        var limits = EngineLimits()
        limits.messageSeconds = 0
        let engine = ScriptedEngine("a") { _ in .clean }
        let answers = AntivirusPanel([engine], limits: limits).scan(Self.contents("1"))[0].answers
        #expect(engine.count == 0)
        guard case .unknown(.overLimit, _) = answers[0] else {
            Issue.record("\(answers[0])")
            return
        }
    }
}
