import Bytecode

/// A bundle as `disasm` shows it.
enum BundleText {
    /// - Throws: `CommandFailure` when the bundle does not verify.
    static func disassembly(of bytes: [UInt8], path: String) throws(CommandFailure) -> String {
        do throws(BundleFault) {
            return text(of: try Bundle.read(bytes))
        } catch {
            throw CommandFailure(.faulty, "\(path): \(error.reason)")
        }
    }

    private static func text(of program: Program) -> String {
        let manifest = program.manifest
        var lines = [
            "policy \(manifest.policy), edition \(manifest.edition), by \(manifest.compiler)",
            "facts: " + manifest.facts.map(\.rawValue).joined(separator: ", "),
            "steps at most: \(manifest.worstCaseCost)", "",
        ]
        for rule in program.rules {
            let place = program.places.indices.contains(rule.place) ? program.places[rule.place] : nil
            lines.append(
                "rule \(rule.name): when formula \(rule.when)"
                    + (rule.unless.isEmpty ? "" : ", unless \(rule.unless)") + ", at most \(rule.cost) steps"
                    + (place.map { "  # \($0.file):\($0.line)" } ?? ""))
        }
        lines.append("")
        for (index, instruction) in program.code.enumerated() { lines.append(line(instruction, at: index)) }
        return lines.joined(separator: "\n")
    }

    /// Fields that an opcode does not use are left out; the table of opcodes says what the others mean.
    private static func line(_ instruction: Instruction, at index: Int) -> String {
        let row = instruction.opcode.row
        var fields: [String] = []
        if let register = row.register { fields.append("\(register) \(instruction.register)") }
        if let small = row.small { fields.append("\(small) \(instruction.small)") }
        if let immediate = row.immediate { fields.append("\(immediate) \(instruction.immediate)") }
        let number = String(index)
        let name = row.mnemonic + String(repeating: " ", count: max(0, 18 - row.mnemonic.count))
        return String(repeating: " ", count: max(0, 5 - number.count)) + number + "  " + name
            + fields.joined(separator: ", ")
    }
}
