import CTextCat
import Synchronization

/// Tells the language of a text by libexttextcat, which compares its groups of letters with those of known languages.
///
/// Purpose: text becomes an ISO 639-1 code. Takes UTF-8; gives a code, none for a text that is too short or between
/// languages, or `unavailable` where the models are not installed. The models are read once, when a language is first
/// asked for (some 20 ms). Limits: `LanguageLimits`. Safe to share: the handle is behind a lock.
public final class LanguageGuesser: Sendable {
    /// Where Debian's libexttextcat-data installs the models.
    public static let installedModels = "/usr/share/libexttextcat"

    private let models: Mutex<LanguageModels>

    /// A guesser with the models of a folder, which holds `fpdb.conf` and the files that it names.
    public init(models folder: String = LanguageGuesser.installedModels) {
        models = Mutex(LanguageModels(folder: folder))
    }

    /// What a text came to.
    enum Answer: Equatable {
        /// An ISO 639-1 code, lower case.
        case language(String)
        /// Too short, of no known language, or as near to one as to another.
        case undecided
        /// There are no models to compare with.
        case unavailable
    }

    func language(of text: [UInt8]) -> Answer {
        let sample = LanguageSample.letters(of: text)
        guard sample.letterBytes >= LanguageLimits.letterBytes else { return .undecided }
        guard let candidates = models.withLock({ $0.candidates(for: sample.bytes) }) else { return .unavailable }
        return Self.decide(candidates)
    }

    /// The nearest language, if no other one is almost as near.
    static func decide(_ candidates: [LanguageCandidate]) -> Answer {
        let coded = candidates.filter { !$0.code.isEmpty }.sorted { $0.distance < $1.distance }
        guard let best = coded.first else { return .undecided }
        let rival = coded.first { $0.code != best.code }
        if let rival, rival.distance - best.distance < best.distance / LanguageLimits.leadDivisor {
            return .undecided
        }
        return .language(best.code)
    }
}

/// The bounds of guessing a language.
enum LanguageLimits {
    /// Bytes of letters below which every answer would be a guess at random: some eight words of a Western language.
    static let letterBytes = 48
    /// Bytes of letters that are compared. Some hundred are enough; the rest of a long text changes nothing.
    static let sampleBytes = 8 << 10
    /// Bytes of a text in which letters are looked for.
    static let searchedBytes = 256 << 10
    /// A language is given if the next one is farther by one in this many.
    static let leadDivisor = 100
}

/// A language that a text may be in.
struct LanguageCandidate: Equatable {
    /// The ISO 639-1 code; empty for languages that have none.
    let code: String
    /// The smaller, the nearer.
    let distance: Int

    /// From the name of a model: `fr--utf8`, `zh-CN-utf8`, `sco--utf8`.
    init(model: String, distance: Int) {
        let language = model.prefix { $0 != "-" }
        code = language.utf8.count == 2 ? language.lowercased() : ""
        self.distance = distance
    }
}

/// The words of a text that tell its language: without numbers, links and addresses.
enum LanguageSample {
    static func letters(of text: [UInt8]) -> (bytes: [UInt8], letterBytes: Int) {
        var sample: [UInt8] = []
        var letterBytes = 0
        let words = text.prefix(LanguageLimits.searchedBytes).split { $0 <= 0x20 }
        for word in words where word.allSatisfy(mayStandInWord) {
            guard sample.count + word.count < LanguageLimits.sampleBytes else {
                // Writing without blanks is one word from end to end; it may be cut between two characters.
                if sample.isEmpty { return cut(word) }
                break
            }
            sample += word
            sample.append(0x20)
            letterBytes += word.count(where: isLetter)
        }
        return (sample, letterBytes)
    }

    private static func cut(_ word: ArraySlice<UInt8>) -> (bytes: [UInt8], letterBytes: Int) {
        var piece = word.prefix(LanguageLimits.sampleBytes)
        while let last = piece.last, last & 0xC0 == 0x80 { piece.removeLast() }
        if let last = piece.last, last >= 0xC0 { piece.removeLast() }
        return (Array(piece), piece.count(where: isLetter))
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        byte >= 0x80 || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private static func mayStandInWord(_ byte: UInt8) -> Bool {
        isLetter(byte) || "'-.,;:!?()\"".utf8.contains(byte)
    }
}

/// libexttextcat with its models, loaded when first used. Belongs to one guesser, which serves one caller at a time.
struct LanguageModels: ~Copyable {
    private let folder: String
    private var handle: UnsafeMutableRawPointer?
    private var isLoaded = false

    init(folder: String) {
        self.folder = folder
    }

    deinit {
        if let handle { textcat_Done(handle) }
    }

    /// The nearest languages of a text; nil without models.
    mutating func candidates(for text: [UInt8]) -> [LanguageCandidate]? {
        if !isLoaded {
            isLoaded = true
            handle = special_textcat_Init(folder + "/fpdb.conf", folder + "/")
        }
        guard let handle, let found = textcat_GetClassifyFullOutput(handle) else { return nil }
        defer { textcat_ReleaseClassifyFullOutput(handle, found) }
        let count = text.withUnsafeBytes {
            textcat_ClassifyFull(handle, $0.baseAddress?.assumingMemoryBound(to: CChar.self), $0.count, found)
        }
        // Negative for texts that it takes for too short.
        return (0..<max(0, Int(count))).compactMap { index in
            found[index].name.map {
                LanguageCandidate(model: String(cString: $0), distance: Int(found[index].score))
            }
        }
    }
}
