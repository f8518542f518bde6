import Bytecode
import Foundation
import Testing

@Suite struct OpcodeTests {
    @Test func everyOpcodeHasItsRow() {
        #expect(Opcode.rows.count == Opcode.allCases.count)
        #expect(Set(Opcode.rows.map(\.mnemonic)).count == Opcode.allCases.count)
        for opcode in Opcode.allCases {
            #expect(!opcode.row.sentence.hasSuffix("."))
            #expect(opcode.row.steps >= 0)
        }
    }

    /// `docs/bytecode.md` lists the table as it is.
    @Test func theDocumentationListsTheTable() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = try String(contentsOf: root.appendingPathComponent("docs/bytecode.md"), encoding: .utf8)
        for opcode in Opcode.allCases {
            let row = opcode.row
            let cells = [
                "\(opcode.rawValue)", "`\(row.mnemonic)`", row.small ?? "", row.register ?? "", row.immediate ?? "",
                "\(row.steps)", row.sentence,
            ]
            let line = "| " + cells.joined(separator: " | ") + " |"
            #expect(text.contains(line), "docs/bytecode.md lacks: \(line)")
        }
    }

    @Test func anInstructionTakesEightBytes() {
        #expect(MemoryLayout<Instruction>.stride == 8)
    }

    @Test func loopHeadsSurvivePacking() {
        for binder in 0..<BytecodeLimits.binders {
            for list in [LoopHead(list: .attachments, binder: binder), LoopHead(list: .urls, binder: binder)] {
                #expect(LoopHead(packed: list.packed) == list)
            }
        }
        #expect(LoopHead(packed: 0x0f) == nil)
        #expect(LoopHead(packed: 0x20) == nil)
    }
}
