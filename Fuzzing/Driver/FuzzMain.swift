import Glibc

/// libFuzzer's loop. SwiftPM names the entry of an executable itself, so libFuzzer's own `main` is not used.
@_silgen_name("LLVMFuzzerRunDriver")
private func runFuzzer(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ callback: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// libFuzzer's own change of an input, in its place; the new length.
@_silgen_name("LLVMFuzzerMutate")
private func change(_ data: UnsafeMutablePointer<UInt8>?, _ size: Int, _ most: Int) -> Int

/// Names the target to the processes that libFuzzer starts of itself.
private let variable = "LAZARET_FUZZ_TARGET"

private let target = getenv(variable).flatMap { FuzzTarget.named(String(cString: $0)) }

/// `lazaret-fuzz TARGET [OPTIONS OF LIBFUZZER]`, `--list`, or `--seeds INTO FILES…`.
@_cdecl("lazaret_fuzz_main")
public func fuzzMain(_ count: CInt, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> CInt {
    let words = (0..<Int(count)).compactMap { arguments[$0].map { String(cString: $0) } }
    if words.dropFirst().first == "--list" {
        for target in FuzzTarget.all { print(target.name, target.most) }
        return 0
    }
    if words.count > 3, words[1] == "--seeds" { return Seeds(into: words[2]).gather(words.dropFirst(3)) }
    var rest = arguments
    var left = count
    if words.count > 1, FuzzTarget.named(words[1]) != nil {
        setenv(variable, words[1], 1)
        // libFuzzer would take the target's name for a folder of inputs.
        arguments[1] = arguments[0]
        rest += 1
        left -= 1
    } else if getenv(variable) == nil {
        print("usage: lazaret-fuzz TARGET [OPTIONS]; the targets are told by --list")
        return 2
    }
    return runFuzzer(&left, &rest) { data, size in
        let input = Array(UnsafeBufferPointer(start: data, count: size))
        do {
            // By the bytes, so that a replay does what the run did.
            try target?.run(input, isRepeated: input.reduce(0, ^) & 7 == 0)
        } catch {
            // libFuzzer keeps the input of a run that aborts.
            print("==== \(error)")
            fflush(nil)
            abort()
        }
        return 0
    }
}

/// What libFuzzer calls for a new input: its own change, within one section where the input is a bundle.
@_cdecl("LLVMFuzzerCustomMutator")
public func mutate(_ data: UnsafeMutablePointer<UInt8>, _ size: Int, _ most: Int, _ seed: UInt32) -> Int {
    guard target?.name == "bundle", seed & 15 != 0 else { return change(data, size, most) }
    let input = Array(UnsafeBufferPointer(start: data, count: size))
    let mutated = BundleTarget.mutated(input, by: seed >> 4) { section in
        var room = section + [UInt8](repeating: 0, count: min(64, max(0, most - size)))
        let length = room.withUnsafeMutableBufferPointer { change($0.baseAddress, section.count, $0.count) }
        return Array(room.prefix(length))
    }
    guard let mutated, mutated.count <= most else { return change(data, size, most) }
    data.update(from: mutated, count: mutated.count)
    return mutated.count
}
