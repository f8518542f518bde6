import ArgumentParser
import Diagnostics
import Lexical
import PolicyTesting

struct ModuleOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A folder to look for modules in, before LAZARET_MODULES and the standard ones; may be given several times.",
            valueName: "dir"))
    var modulePath: [String] = []

    @Option(
        help: ArgumentHelp(
            "The list of public suffixes for `.registrable`, in place of the system's package `publicsuffix`.",
            valueName: "file"))
    var publicSuffixes: String?

    /// Reads a policy's files.
    ///
    /// - Throws: `CommandFailure` when they are not there.
    func folder(_ path: String) throws(CommandFailure) -> PolicyFolder {
        do throws(FileFault) {
            return try PolicyFolder(
                path, modulePaths: ModulePath.places(given: modulePath), publicSuffixes: publicSuffixes)
        } catch {
            throw CommandFailure(error, status: .faulty)
        }
    }
}

/// `--policy`: sources or a bundle.
struct PolicyOptions: ParsableArguments {
    @Option(help: ArgumentHelp("A policy's folder or file, or a compiled bundle.", valueName: "dir|file.lzb"))
    var policy: String

    @OptionGroup var modules: ModuleOptions

    var isBundle: Bool { policy.hasSuffix(".lzb") }

    /// A policy that can run, with its sources where they are at hand.
    struct Loaded {
        let bundle: [UInt8]
        let folder: PolicyFolder?
        let build: PolicyBuild?
    }

    /// Compiles the sources, or reads the bundle. A policy with errors prints its diagnostics.
    ///
    /// - Throws: `CommandFailure` when there is none, or it has errors.
    func load(_ paint: Paint) throws(CommandFailure) -> Loaded {
        if isBundle {
            return Loaded(bundle: try FileOnDisk.read(policy), folder: nil, build: nil)
        }
        return try Self.compiled(try modules.folder(policy), policy, paint)
    }

    /// Compiles a policy's sources. One with errors prints its diagnostics.
    ///
    /// - Throws: `CommandFailure` when it has errors.
    static func compiled(_ folder: PolicyFolder, _ path: String, _ paint: Paint) throws(CommandFailure) -> Loaded {
        let build = PolicyBuild(folder, patterns: PatternLibrary())
        guard let bundle = build.bundle else {
            Output.complain(build.text(coloured: paint.isOn))
            throw CommandFailure(.faulty, "\(path) has errors", diagnostics: build.objects)
        }
        return Loaded(bundle: bundle, folder: folder, build: build)
    }
}

/// Files as arguments name them.
enum FileOnDisk {
    /// - Throws: `CommandFailure` when it cannot be read.
    static func read(_ path: String, status: CommandStatus = .faulty) throws(CommandFailure) -> [UInt8] {
        do throws(FileFault) {
            return try PolicyFolder.readFile(path)
        } catch {
            throw CommandFailure(error, status: status)
        }
    }
}
