import ArgumentParser

/// The relay.
@main
struct Lazaretd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lazaretd", abstract: "Relays mail as the organisations' policies decide.")
}
