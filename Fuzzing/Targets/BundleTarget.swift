import Bytecode
import Inspection
import Lexical
import Machine
import Suffixes
import Vocabulary

/// A bundle from loader to decision: what the verifier lets through is run on one message and comes to an end there.
enum BundleTarget {
    /// Enough for any honest bundle of this size, few enough for thousands of runs a minute.
    private static let steps: UInt64 = 200_000

    /// The digests are computed anew: they keep faults out, not somebody who means it.
    static func run(_ input: [UInt8], _ answer: inout Answer) throws {
        let program: Program
        do throws(BundleFault) {
            program = try Bundle.read(Bundle.resealed(input))
        } catch {
            answer.add(error.reason)
            return
        }
        let written = Bundle.write(program)
        let again = try Bundle.read(written)
        try promise(Bundle.write(again) == written, "a program is written as it was read")
        answer.add(Disassembler(program).text)

        var limits = MachineLimits()
        limits.steps = steps
        limits.evidenceVisits = Int(steps)
        let loaded: LoadedProgram
        do throws(LoadFault) {
            loaded = try LoadedProgram(program, patterns: PatternLibrary(), suffixes: SuffixLibrary(), limits: limits)
        } catch {
            answer.add(error.description)
            return
        }
        let envelope = SampleMail.envelope
        let judged = loaded.judge(facts: try SampleMail.facts(), envelope: envelope)
        try promise(
            judged.decisions.map(\.recipient) == envelope.recipients, "every recipient is given one decision")
        let declared = program.manifest.worstCaseCost
        try promise(
            judged.steps <= declared || judged.steps > steps,
            "\(judged.steps) steps are within the bound of \(declared)")
        for decision in judged.decisions {
            try promise(
                decision.trap == nil || judged.steps > steps, "a verified program traps over its steps alone")
        }
        answer.add(String(describing: judged.decisions))
    }

    /// A change within one section, with the lengths put right: a change anywhere is mostly one of a length, which the
    /// loader refuses before it reads on.
    static func mutated(_ input: [UInt8], by random: UInt32, _ change: ([UInt8]) -> [UInt8]) -> [UInt8]? {
        guard let sections = try? Bundle.sections(of: Bundle.resealed(input)), !sections.isEmpty else { return nil }
        let index = Int(random) % sections.count
        let changed = change(Array(input[sections[index]]))
        var bytes = input
        bytes.replaceSubrange(sections[index], with: changed)
        let length = UInt32(truncatingIfNeeded: changed.count)
        for byte in 0..<4 {
            bytes[16 + index * 40 + 4 + byte] = UInt8(truncatingIfNeeded: length >> UInt32(8 * byte))
        }
        return bytes
    }
}

/// The message that bundles are run on: something for every list of elements, and nothing that an engine would tell.
enum SampleMail {
    static let envelope = Envelope(
        sender: Address("eve@partner.example"),
        recipients: ["bob@acme.example", "ann@sub.acme.example"].compactMap { Address($0) },
        clientIP: IPAddress("192.0.2.7"), clientName: Domain("mx.partner.example"), receivedAt: 1_700_000_000)

    static let text = """
        Received: from mx.partner.example ([192.0.2.7]) by mx.acme.example; Tue, 14 Nov 2023 22:13:20 +0000
        From: "Eve, of Partner" <eve@partner.example>
        To: bob@acme.example, Ann <ann@sub.acme.example>
        Subject: =?utf-8?q?Invoice_4111_1111_1111_1111?=
        Date: Tue, 14 Nov 2023 22:13:20 +0000
        Message-ID: <1@partner.example>
        List-Id: <news.partner.example>
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary=b

        --b
        Content-Type: text/html; charset=utf-8

        <p>Pay <a href="http://login.partner.example/x">www.acme.example</a> the password is “x1y2”</p>
        --b
        Content-Type: application/octet-stream; name="invoice.pdf.exe"
        Content-Transfer-Encoding: base64
        Content-Disposition: attachment

        TVqQAAMAAAAEAAAA//8AALgAAAAAAAAAQAAAAAAAAAA=
        --b
        Content-Type: application/zip; name="a.zip"
        Content-Transfer-Encoding: base64

        UEsDBAoAAAAAAAAAIQCGphA2BQAAAAUAAAAFAAAAYS50eHRoZWxsb1BLAQIeAwoAAAAAAAAAIQCGphA2BQAAAAUAAAAFAAAAAAAAAAEA
        AACkgQAAAABhLnR4dFBLBQYAAAAAAQABADMAAAAoAAAAAAA=
        --b--
        """

    private static let typer = Result { try FileTyper() }

    /// Its facts, asked by nobody yet.
    static func facts() throws -> InspectedMessage {
        InspectedMessage(
            Array(text.utf8), envelope: envelope, settings: InspectionSettings(), typer: try typer.get())
    }
}
