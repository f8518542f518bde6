import ArgumentParser
import Foundation
import Glibc
import PolicyTesting

enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
    case auto
    case always
    case never
}

struct ColorOptions: ParsableArguments {
    @Option(help: "Colours: auto, always or never.")
    var color: ColorChoice = .auto

    /// Colours where a person looks: a terminal, unless NO_COLOR is set.
    var paint: Paint {
        switch color {
        case .always: Paint(isOn: true)
        case .never: Paint(isOn: false)
        case .auto:
            Paint(isOn: isatty(STDOUT_FILENO) == 1 && (ProcessInfo.processInfo.environment["NO_COLOR"] ?? "").isEmpty)
        }
    }
}

enum TextOrJSON: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
}
