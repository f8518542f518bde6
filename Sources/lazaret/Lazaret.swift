import ArgumentParser

@main
struct Lazaret: ParsableCommand {
    func run() {}
}
