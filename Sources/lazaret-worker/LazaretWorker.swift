import Glibc
import Workers

/// The inspection process: frames in, frames out. Everything it knows is behind `Evaluation`.
@main
struct LazaretWorker {
    static func main() {
        exit(WorkerLoop.run(InspectionService()))
    }
}
