import Bytecode

/// A bundle as `disasm` shows it.
enum BundleText {
    /// - Throws: `CommandFailure` when the bundle does not verify.
    static func disassembly(of bytes: [UInt8], path: String) throws(CommandFailure) -> String {
        do throws(BundleFault) {
            return Disassembler.text(of: try Bundle.read(bytes))
        } catch {
            throw CommandFailure(.faulty, "\(path): \(error)")
        }
    }
}
