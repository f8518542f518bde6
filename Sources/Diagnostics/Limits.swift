/// The bounds of a report.
public struct DiagnosticLimits: Sendable {
    /// Diagnostics kept in one run; more say nothing new and would only fill a screen. Unit: diagnostics.
    public var diagnosticsPerRun = 500
    /// Longest part of a source line shown by the text renderer. Unit: columns.
    public var columnsPerLine = 240
    /// Longest part of a source line looked at by the text renderer; holds the columns shown whatever their script.
    /// Unit: bytes.
    public var bytesPerLine = 2048

    /// The defaults.
    public init() {}
}
