@main
struct LazaretWorker {
    static func main() {}
}
