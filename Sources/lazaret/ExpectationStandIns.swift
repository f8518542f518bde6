import Diagnostics
import PolicyTesting
import Syntax

/// Tests that expect nothing do not check. So that what comes out of them can be written into them, each gets an
/// expectation that stands in until then.
struct ExpectationStandIns {
    /// The policy with the stand-ins.
    let folder: PolicyFolder
    /// The tests that got one, by name.
    let tests: Set<String>

    init(_ folder: PolicyFolder) {
        var changed: [(path: String, bytes: [UInt8])] = []
        var tests: Set<String> = []
        for file in folder.files {
            let source = SourceFile(path: file.path, bytes: file.bytes)
            var bytes = file.bytes
            for declaration in Parser.parse(file: source).tree.declarations.reversed() {
                guard case .test(let test) = declaration, !test.steps.contains(where: Self.isExpectation) else {
                    continue
                }
                let end = test.span.end - 1
                guard bytes.indices.contains(end), bytes[end] == UInt8(ascii: "}") else { continue }
                tests.insert(test.title.value)
                let line = source.lineRange(source.lineIndex(of: end)).lowerBound
                let isAlone = bytes[line..<end].allSatisfy { $0 == 0x20 || $0 == 0x09 }
                let lineEnd = ExpectationUpdate.lineEnd(of: file.bytes)
                let text = isAlone ? "    expect deliver\(lineEnd)" : " expect deliver "
                bytes.insert(contentsOf: Array(text.utf8), at: isAlone ? line : end)
            }
            if bytes != file.bytes { changed.append((folder.shownPath(file.path), bytes)) }
        }
        self.folder = folder.replacing(changed)
        self.tests = tests
    }

    private static func isExpectation(_ step: TestDeclaration.Step) -> Bool {
        if case .expect = step { return true }
        return false
    }
}
