import CWallProbe
import Glibc
import Walls
import Workers

/// A process that was taken over: raises the walls and then tries one way out.
///
///     wall-probe walled|open ATTEMPT TEMPORARY SECRET
///     wall-probe worker
///
/// Prints `escaped` or `refused ERRNO`; what ends it by a signal prints nothing.
@main
struct WallProbe {
    static func main() {
        let arguments = CommandLine.arguments
        if arguments.dropFirst() == ["worker"] { exit(WorkerLoop.run(GreedyWorker())) }
        guard arguments.count == 5, let attempt = Attempts.all[arguments[2]] else {
            print("attempts:", Attempts.all.keys.sorted().joined(separator: " "))
            exit(64)
        }
        _ = Attempts.handed
        signal(SIGPIPE, SIG_IGN)
        let scene = Scene(temporary: arguments[3], secret: arguments[4])
        if arguments[1] != "open" {
            do {
                _ = try Confinement(temporary: scene.temporary).raise()
            } catch {
                print("no walls: \(error)")
                exit(70)
            }
        }
        let result = attempt(scene)
        print(result >= 0 ? "escaped" : "refused \(-result)")
        exit(result >= 0 ? 1 : 0)
    }
}

/// Where the attempts are made.
struct Scene {
    /// The only folder that stays writable.
    var temporary: String
    /// A file that the walls do not name.
    var secret: String
}
