import PolicyTesting
import Testing
import Vocabulary

@Suite struct ReportTests {
    private func judged() -> DryRunResult {
        DryRunResult(mail: "a \"b\"\u{2028}.eml", outcome: .judged(judgement()), elapsedMicroseconds: 1234)
    }

    private func judgement() -> Judgement {
        let place = SourcePlace(file: "policy.lazaret", line: 3, column: 5, length: 9)
        let rule = RuleVerdict(
            name: "no-clips", verdict: .fires,
            evidence: [Evidence(fact: "type", part: "1.2/clip.mp4", excerpt: "mp4", span: place)])
        let doubtful = RuleVerdict(name: "viruses.infected", verdict: .undetermined, unknown: [.damaged, .overLimit])
        let decision = Decision(
            recipient: Address("bob@acme.example"), direction: .inbound, disposition: .quarantine,
            areas: ["media"], reason: nil, rules: [rule, doubtful], exempted: [Exempted(rule: "big", by: "unless")],
            actions: [PlannedAction(rule: "no-clips", action: .log("held"))])
        let envelope = Envelope(recipients: [decision.recipient], guessed: ["recipients"])
        return Judgement(decisions: [decision], envelope: envelope)
    }

    /// Other people's scripts read these lines.
    @Test func aLineOfADryRunHasTheKeysOfTheContractInTheirOrder() {
        #expect(
            DryRunJSON.lines(of: judged()) == [
                #"{"mail":"a \"b\"\u2028.eml","recipient":"bob@acme.example","direction":"inbound","#
                    + #""disposition":"quarantine","quarantine":["media"],"reason":null,"rules":["#
                    + #"{"name":"no-clips","verdict":"fires","unknown":[],"evidence":[{"fact":"type","#
                    + #""part":"1.2/clip.mp4","excerpt":"mp4","span":{"file":"policy.lazaret","line":3,"column":5,"#
                    + #""length":9}}]},{"name":"viruses.infected","verdict":"undetermined","#
                    + #""unknown":["damaged","over-limit"],"evidence":[]}],"exempted":[{"rule":"big","by":"unless"}],"#
                    + #""actions":[{"rule":"no-clips","action":"log \"held\""}],"error":null,"#
                    + #""elapsedMicroseconds":1234,"guessed":["recipients"],"withheld":[],"engines":[]}"#
            ])
    }

    @Test func aMailThatWasNotJudgedHasOneLineWithItsError() {
        let result = DryRunResult(mail: "x", outcome: .unreadable("Permission denied"), elapsedMicroseconds: 5)
        #expect(
            DryRunJSON.lines(of: result) == [
                #"{"mail":"x","recipient":null,"direction":null,"disposition":null,"quarantine":[],"reason":null,"#
                    + #""rules":[],"exempted":[],"actions":[],"error":"Permission denied","elapsedMicroseconds":5,"#
                    + #""guessed":[],"withheld":[],"engines":[]}"#
            ])
        #expect(result.isFault)
        #expect(!judged().isFault)
    }

    @Test func theTableCountsDispositionsRulesAndDoubts() {
        var table = DryRunTable(paint: Paint(isOn: false))
        let lines = table.add(judged())
        #expect(lines.count == 1)
        #expect(
            lines[0] == "quarantine  a \"b\"\u{FFFD}.eml  bob@acme.example  → media  no-clips"
                + "  cannot tell: viruses.infected (damaged, over-limit)  big exempted by unless")
        _ = table.add(DryRunResult(mail: "y", outcome: .unprocessable("two workers failed"), elapsedMicroseconds: 9))
        let summary = table.summary().joined(separator: "\n")
        #expect(summary.contains("2 mails, 1 decision\n"))
        #expect(summary.contains("quarantine       1  100.0 %"))
        #expect(summary.contains("1  no-clips"))
        #expect(summary.contains("1  viruses.infected"))
        #expect(summary.contains("y: two workers failed"))
        #expect(summary.contains("guessed"))
    }

    @Test func aRunWithoutSignaturesSaysWhatToDo() {
        let place = SourcePlace(file: "policy.lazaret", line: 3, column: 5, length: 9)
        let rule = RuleVerdict(
            name: "viruses.infected", verdict: .undetermined, unknown: [.engineDown],
            evidence: [Evidence(fact: "virus", part: nil, excerpt: "engine-down", span: place)])
        let decision = Decision(
            recipient: Address("bob@acme.example"), direction: .inbound, disposition: .defer, areas: [], reason: nil,
            rules: [rule], exempted: [], actions: [])
        let judgement = Judgement(decisions: [decision], envelope: Envelope(recipients: [decision.recipient]))
        var table = DryRunTable(paint: Paint(isOn: false))
        _ = table.add(DryRunResult(mail: "a", outcome: .judged(judgement), elapsedMicroseconds: 1))
        #expect(table.summary().contains { $0.contains("--signatures") })
        let explanation = Explanation(paint: Paint(isOn: false), shownPath: { $0 }, sourceLine: { _ in nil })
        #expect(explanation.lines(judgement, mail: "a").contains { $0.contains("--signatures") })
        #expect(!explanation.lines(self.judgement(), mail: "a").contains { $0.contains("--signatures") })
    }

    @Test func nothingOfAMailSteersTheTerminal() {
        var table = DryRunTable(paint: Paint(isOn: false))
        let line = table.add(
            DryRunResult(mail: "a\u{1B}[2Jb\u{202E}c\n", outcome: .unreadable("x\u{7}"), elapsedMicroseconds: 0))[0]
        #expect(!line.unicodeScalars.contains { $0.value < 0x20 || $0 == "\u{202E}" })
    }

    @Test func theInspectionsKeysAreThoseOfTheContract() {
        let child = InspectionNode(
            path: "1", name: "a.zip", names: ["a.zip", "b.zip"], declaredType: "image/png", type: "zip",
            kinds: ["zip", "archive"], size: 12, depth: 0, sha256: "00", encryption: .archive, signature: nil,
            macros: nil, anomalies: [ReportedAnomaly(name: "two-names", range: 3..<9, sentence: "It has two names.")],
            unread: [.encryptedArchive], virus: [EngineFinding(engine: "clamav", infected: true, names: ["Eicar"])],
            text: "hidden")
        let report = InspectionReport(
            encrypted: true, signed: nil, malformed: false, ambiguous: true,
            root: InspectionNode(path: "", kinds: [], children: [child]))
        let text = InspectionJSON.object(report, mail: "m", withText: false).compact
        #expect(text.hasPrefix(#"{"mail":"m","encrypted":true,"signed":null,"malformed":false,"ambiguous":true,"#))
        let expected: [String] = [
            #""children":[{"path":"1","name":"a.zip","names":["a.zip","b.zip"],"declaredType":"image/png","#,
            #""type":"zip","kinds":["zip","archive"],"size":12,"depth":0,"sha256":"00","#,
            #""encryption":"archive","signature":null,"macros":null,"anomalies":[{"name":"two-names","#,
            #""range":[3,9],"sentence":"It has two names."}],"unread":["encrypted (archive)"],"#,
            #""virus":{"clamav":{"infected":true,"names":["Eicar"],"unknown":[],"explanation":null,"#,
            #""elapsedMicroseconds":0}},"children":[]}]"#,
        ]
        #expect(text.contains(expected.joined()))
        #expect(InspectionJSON.object(report, mail: "m", withText: true).compact.contains(#""text":"hidden""#))
        let tree = InspectionTree.lines(report, mail: "m", paint: Paint(isOn: false))
        #expect(tree.count == 5)
        #expect(tree[2].hasPrefix("└── 1  “a.zip”  zip (archive)"))
        #expect(tree[2].contains("clamav: Eicar"))
    }

    @Test func progressSaysCountRateAndTimeLeft() {
        #expect(Progress.text(done: 50, total: 150, elapsed: .seconds(5)) == "50 of 150 · 10/s · 10 s left")
        #expect(Progress.text(done: 3, total: nil, elapsed: .seconds(2)) == "3 · 1.5/s")
        #expect(Progress.text(done: 1, total: 20_000, elapsed: .seconds(1)) == "1 of 20000 · 1.0/s · 5 h 33 min left")
    }

    @Test func prettyAndCompactJSONSayTheSame() {
        let value = OrderedJSON.object([
            ("z", .list([.number(1), .null])), ("a", .object([])), ("e", .list([])), ("s", .string("é\u{1}\\")),
        ])
        #expect(value.compact == #"{"z":[1,null],"a":{},"e":[],"s":"é\u0001\\"}"#)
        #expect(value.pretty.filter { $0 != "\n" && $0 != " " } == value.compact)
    }
}
