import Vocabulary

/// Test results as JUnit XML, in the form that GitLab and Jenkins read: a suite for each policy, a case for each test.
public struct JUnitReport {
    private struct Suite {
        let name: String
        var cases: [String] = []
        var failures = 0
        var errors = 0
        var microseconds = 0
    }

    private var suites: [Suite] = []
    private let version: String

    /// - Parameter version: of the program, for the properties.
    public init(version: String) { self.version = version }

    /// Adds the results of a policy.
    public mutating func add(
        policy: String, _ results: [PolicyTestResult], drawing: FailureDrawing, shownPath: (String) -> String
    ) {
        var suite = Suite(name: policy)
        for result in results {
            suite.microseconds += result.elapsedMicroseconds
            var text =
                "    <testcase name=\"\(XMLText.escaped(result.name))\" classname=\"\(XMLText.escaped(policy))\""
                + " file=\"\(XMLText.escaped(shownPath(result.place.file)))\" line=\"\(result.place.line)\""
                + " time=\"\(Self.seconds(result.elapsedMicroseconds))\""
            let body = PolicyTestReport.details(result, drawing: drawing, shownPath: shownPath)
                .joined(separator: "\n")
            switch result.outcome {
            case .passed: text += "/>"
            case .failed(let failures):
                suite.failures += 1
                let message = failures.map(\.message).joined(separator: "; ")
                text += Self.fault("failure", message, type: "expectation", body)
            case .error(let reason):
                suite.errors += 1
                text += Self.fault("error", reason, type: "error", body)
            }
            suite.cases.append(text)
        }
        suites.append(suite)
    }

    /// Adds a policy whose tests were not run: a suite of one case, in error.
    public mutating func add(_ unrun: UnrunPolicy) {
        var suite = Suite(name: unrun.policy)
        suite.errors = 1
        suite.cases = [unrun.junitCase]
        suites.append(suite)
    }

    static func fault(_ element: String, _ message: String, type: String, _ body: String) -> String {
        ">\n      <\(element) message=\"\(XMLText.escaped(message))\" type=\"\(type)\">\(XMLText.escaped(body))"
            + "</\(element)>\n    </testcase>"
    }

    /// The whole document.
    public var text: String {
        let all = suites.reduce(into: (cases: 0, failures: 0, errors: 0, time: 0)) { sum, suite in
            sum.cases += suite.cases.count
            sum.failures += suite.failures
            sum.errors += suite.errors
            sum.time += suite.microseconds
        }
        var lines = [
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
            "<testsuites name=\"lazaret\" tests=\"\(all.cases)\" failures=\"\(all.failures)\" errors=\"\(all.errors)\""
                + " time=\"\(Self.seconds(all.time))\">",
        ]
        for suite in suites {
            lines.append(
                "  <testsuite name=\"\(XMLText.escaped(suite.name))\" tests=\"\(suite.cases.count)\""
                    + " failures=\"\(suite.failures)\" errors=\"\(suite.errors)\" skipped=\"0\""
                    + " time=\"\(Self.seconds(suite.microseconds))\">")
            lines += [
                "    <properties>",
                "      <property name=\"version\" value=\"\(XMLText.escaped(version))\"/>",
                "    </properties>",
            ]
            lines += suite.cases + ["  </testsuite>"]
        }
        return (lines + ["</testsuites>"]).joined(separator: "\n") + "\n"
    }

    private static func seconds(_ microseconds: Int) -> String {
        let digits = String(microseconds % 1_000_000)
        return "\(microseconds / 1_000_000)." + String(repeating: "0", count: 6 - digits.count) + digits
    }
}

/// Text within XML and HTML: what has a meaning there is escaped, what may not stand there at all is replaced.
enum XMLText {
    static func escaped(_ text: String) -> String {
        var result = ""
        result.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            case "\n", "\t": result.unicodeScalars.append(scalar)
            default: result.unicodeScalars.append(isShown(scalar) ? scalar : "\u{FFFD}")
            }
        }
        return result
    }

    /// Control characters are not allowed in XML; those of format could turn the direction of what stands beside them.
    private static func isShown(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: return false
        default: return scalar.value & 0xFFFE != 0xFFFE
        }
    }
}
