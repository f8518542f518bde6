/// Descriptors that a worker finds beside the standard three.
enum WorkerDescriptor {
    /// The socket of the broker that makes its connections, where engines are in other processes.
    static let broker: Int32 = 3
}
