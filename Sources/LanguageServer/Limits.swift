/// Purpose of the room: the language server, the policy author's helper inside an editor (LSP 3.17).
/// Takes: framed JSON-RPC messages, files through `DeskFiles`, a `PatternChecker`. Gives: framed answers and diagnostics.
/// Fails: never by a policy's text; a broken frame ends the conversation. Must not import: what reads mail or runs rules.

/// The bounds of the conversation with an editor. Passed in as a value.
public struct EditorLimits: Sendable {
    /// Longest header section of a frame; two short fields are usual. Unit: bytes.
    public var frameHeaderBytes = 4096
    /// Longest message; a whole file of the largest size, escaped, fits. Unit: bytes.
    public var messageBytes = 64 << 20
    /// Deepest nesting of a message's JSON. Unit: levels.
    public var messageNesting = 64
    /// Messages waiting at one place of the conversation, for whoever is busy or does not read; what an editor sends in one
    /// go while a large policy is checked is a hundredth. Unit: bytes.
    public var waitingBytes = 64 << 20
    /// Time for an editor to read what is left once it has ended the conversation. Unit: seconds.
    public var drainSeconds = 10
    /// Documents open at once. Unit: documents.
    public var openDocuments = 2000
    /// Entries of one answer to a request for completion; the editor asks again as the author types on. Unit: entries.
    public var completions = 500
    /// Symbols of one answer for the whole workspace. Unit: symbols.
    public var workspaceSymbols = 1000
    /// Text before the cursor that is looked at to complete; no declaration of a person is longer. Unit: bytes.
    public var contextBytes = 64 << 10
    /// Time without a keystroke before a policy is checked. Unit: milliseconds.
    public var checkDelay = 200
    /// Text of a policy that is checked at once when corrections are asked for before the check is due. Unit: bytes.
    public var immediateCheckBytes = 256 << 10

    /// The defaults.
    public init() {}
}
